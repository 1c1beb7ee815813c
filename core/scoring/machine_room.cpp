// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/machine_room.h"

#include "base/thread_share.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace diploscope {

namespace {

/// One thread is in it at a time, as often as it likes.
class Room {
public:
    Result<void> enter(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        const auto self = std::this_thread::get_id();
        if (!m_left.wait(lock, stop, [&] { return m_times == 0 || m_thread == self; }))
            return fail(ErrorKind::Cancelled, "Stopped on request.");
        m_thread = self;
        ++m_times;
        return {};
    }
    void leave() {
        {
            const std::lock_guard lock(m_mutex);
            --m_times;
        }
        m_left.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_left;
    std::thread::id m_thread;
    int m_times = 0;
};

class Stay {
public:
    explicit Stay(std::shared_ptr<Room> room) : m_room(std::move(room)) {}
    Stay(Stay&&) noexcept = default;
    Stay& operator=(Stay&&) = delete;
    ~Stay() {
        if (m_room)
            m_room->leave();
    }

private:
    std::shared_ptr<Room> m_room; ///< null: none was asked for
};

class LocusOnAllThreads final : public LocusPredictor {
public:
    LocusOnAllThreads(Stay stay, std::unique_ptr<LocusPredictor> locus)
        : m_stay(std::move(stay)), m_locus(std::move(locus)) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override {
        const AllThreads all;
        return m_locus->predict(sequences, context);
    }
    Result<Eigen::MatrixXd> gradient(const RunContext& context) override {
        const AllThreads all;
        return m_locus->gradient(context);
    }
    [[nodiscard]] int64_t batchSize() const override { return m_locus->batchSize(); }

private:
    Stay m_stay; ///< until the locus and its memory are gone
    std::unique_ptr<LocusPredictor> m_locus;
};

class OnAllThreads final : public Predictor {
public:
    OnAllThreads(std::shared_ptr<const Predictor> predictor, std::shared_ptr<Room> room, std::stop_token stop)
        : m_predictor(std::move(predictor)), m_room(std::move(room)), m_stop(std::move(stop)) {
        for (const auto& member : m_predictor->members())
            m_members.push_back(std::make_shared<const OnAllThreads>(member, m_room, m_stop));
    }

    [[nodiscard]] const ModelInfo& info() const override { return m_predictor->info(); }
    [[nodiscard]] std::string computation(Method method) const override {
        return m_predictor->computation(method);
    }
    [[nodiscard]] double editsPerWholePass() const override { return m_predictor->editsPerWholePass(); }
    [[nodiscard]] std::vector<std::shared_ptr<const Predictor>> members() const override { return m_members; }
    [[nodiscard]] Result<ListedEffects> listedEffects(const ReferenceWindow& window,
                                                      std::span<const Variant> variants) const override {
        return m_predictor->listedEffects(window, variants);
    }
    [[nodiscard]] Result<std::optional<ListedPredictions>>
    listedPredictions(const ReferenceWindow& window, std::span<const std::string> people) const override {
        return m_predictor->listedPredictions(window, people);
    }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override {
        if (m_room)
            DS_TRY(m_room->enter(m_stop));
        Stay stay(m_room);
        const AllThreads all;
        DS_ASSIGN(std::unique_ptr<LocusPredictor> locus, m_predictor->prepare(window, output, method));
        return std::unique_ptr<LocusPredictor>(
            std::make_unique<LocusOnAllThreads>(std::move(stay), std::move(locus)));
    }

private:
    std::shared_ptr<const Predictor> m_predictor;
    std::shared_ptr<Room> m_room; ///< null: any number of windows
    std::stop_token m_stop;
    std::vector<std::shared_ptr<const Predictor>> m_members;
};

} // namespace

bool fitsOneThread(const Predictor& predictor, Method method) {
    const auto members = predictor.members();
    // What depends on no library's threads is the same everywhere, and says nothing of how it is computed.
    return members.empty() ? predictor.computation(method).empty()
                           : std::all_of(members.begin(), members.end(), [method](const auto& member) {
                                 return fitsOneThread(*member, method);
                             });
}

std::shared_ptr<const Predictor> onAllThreads(std::shared_ptr<const Predictor> predictor, bool oneWindow,
                                              std::stop_token stop) {
    return std::make_shared<const OnAllThreads>(
        std::move(predictor), oneWindow ? std::make_shared<Room>() : nullptr, std::move(stop));
}

} // namespace diploscope
