// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genes_at_once.h"

#include "base/in_order.h"
#include "base/rate_meter.h"
#include "base/thread_share.h"
#include "scoring/machine_room.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <tuple>
#include <utility>

namespace diploscope {

namespace {

/// What a run has come to, told by the genes that are at work, one at a time.
class SharedProgress {
public:
    SharedProgress(const RunContext& context, size_t genes)
        : m_context(context), m_whole{"Analysing genes", 0, static_cast<int64_t>(genes), 0, {}} {}

    /// For one gene's work: its progress is the detail of the whole's.
    [[nodiscard]] RunContext contextOf(const std::string& gene, const std::stop_token& stop) {
        RunContext own{stop, {}, m_context.place, m_context.clock};
        if (m_context.onProgress)
            own.onProgress = [this](const Progress& told) {
                const std::lock_guard lock(m_mutex);
                Progress now = m_whole;
                now.detail = told.detail;
                m_context.onProgress(now);
            };
        return contextOfItem(own, {}, gene);
    }
    void addDone(bool given) {
        const std::lock_guard lock(m_mutex);
        ++m_whole.done;
        m_whole.given += given ? 1 : 0;
    }

private:
    const RunContext& m_context;
    std::mutex m_mutex;
    Progress m_whole;
};

/// Genes whose windows are the same, as those of two that begin at one base, ask for the same scores: each
/// waits for the one before it. Otherwise who is first would decide what comes from the cache, which is told.
class SharedWindows {
public:
    SharedWindows(const std::vector<const StudyGene*>& genes, const Predictor& predictor, int shifts)
        : m_before(genes.size()), m_isOver(genes.size()) {
        std::vector<std::pair<Region, size_t>> windows;
        for (size_t g = 0; g < genes.size(); ++g) {
            const Gene& gene = genes[g]->gene;
            windows.emplace_back(
                inputRegion(predictor.info().input, gene.region.contig, gene.tss(), gene.strand), g);
        }
        std::sort(windows.begin(), windows.end(), [](const auto& a, const auto& b) {
            return std::tie(a.first.contig, a.first.start, a.second) <
                   std::tie(b.first.contig, b.first.start, b.second);
        });
        for (size_t from = 0, to = 0; from < windows.size(); from = to) {
            std::vector<size_t> group;
            do
                group.push_back(windows[to++].second);
            while (to < windows.size() && windows[to].first.contig == windows[from].first.contig &&
                   windows[to].first.start - windows[to - 1].first.start <= 2 * int64_t{shifts});
            std::sort(group.begin(), group.end());
            for (size_t i = 1; i < group.size(); ++i)
                m_before[group[i]] = group[i - 1];
        }
    }

    class Turn {
    public:
        Turn(SharedWindows& windows, size_t gene) : m_windows(windows), m_gene(gene) {}
        ~Turn() {
            const std::lock_guard lock(m_windows.m_mutex);
            m_windows.m_isOver[m_gene] = true;
            m_windows.m_changed.notify_all();
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        SharedWindows& m_windows;
        size_t m_gene;
    };
    /// Waits until the gene before it is over, or a stop is requested.
    [[nodiscard]] Turn turn(size_t gene, const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [&] { return !m_before[gene] || m_isOver[*m_before[gene]]; });
        return {*this, gene};
    }

private:
    std::vector<std::optional<size_t>> m_before;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<bool> m_isOver; ///< under the mutex
};

/// How many genes are worked on at once, and the model as their threads ask it.
struct Hands {
    int threads = 1;
    std::shared_ptr<const Predictor> predictor;
};

Hands handsFor(const GenomeRun& run, const RunContext& context, const std::stop_token& stop) {
    const bool fits = fitsOneThread(*run.predictor, run.options.method);
    const int threads = run.threads > 0 ? run.threads : availableThreads();
    // A turn at the machine is had with all of it; who waits in it for another gene's window would wait for
    // ever.
    if (context.place)
        return {fits ? threads : 1, onAllThreads(run.predictor, false, stop)};
    return {threads, fits ? run.predictor : onAllThreads(run.predictor, true, stop)};
}

/// Whoever waits for another gene's end waits for a stop, too.
class StopOnThrow {
public:
    explicit StopOnThrow(std::stop_source& stop) : m_stop(stop) {}
    ~StopOnThrow() {
        if (std::uncaught_exceptions() > m_before)
            m_stop.request_stop();
    }
    StopOnThrow(const StopOnThrow&) = delete;
    StopOnThrow& operator=(const StopOnThrow&) = delete;

private:
    std::stop_source& m_stop;
    int m_before = std::uncaught_exceptions();
};

} // namespace

Result<void> analyzeAtOnce(const Study& study, const std::vector<const StudyGene*>& genes,
                           const GenomeRun& run, const RunContext& context,
                           const std::function<bool(const StudyGene&)>& isKnown,
                           const std::function<Result<void>(const Gene&, const Analysis&)>& take) {
    // What ends the run ends the genes at work, too.
    std::stop_source ends;
    const std::stop_callback asked(context.stop, [&ends] { ends.request_stop(); });
    const Hands hands = handsFor(run, context, ends.get_token());
    SharedProgress progress(context, genes.size());
    SharedWindows windows(genes, *run.predictor, run.options.score ? run.options.score->shifts : 0);
    const auto analyze = [&](int64_t i) -> Analysis {
        const StopOnThrow onThrow(ends);
        const auto turn = windows.turn(static_cast<size_t>(i), ends.get_token());
        DS_TRY(context.checkpoint());
        const StudyGene& gene = *genes[static_cast<size_t>(i)];
        if (isKnown(gene))
            return std::shared_ptr<const GeneReport>();
        const OneThread alone;
        return analyzeGene(study, gene, hands.predictor, run.cache, run.options,
                           progress.contextOf(gene.gene.name, ends.get_token()));
    };
    Result<void> taken;
    parallelInOrder(static_cast<int64_t>(genes.size()), hands.threads, analyze,
                    [&](int64_t i, Analysis report) {
                        const StopOnThrow onThrow(ends);
                        taken = take(genes[static_cast<size_t>(i)]->gene, report);
                        if (!taken)
                            ends.request_stop();
                        progress.addDone(report && (!*report || (*report)->scoresComputed == 0));
                        return taken.has_value();
                    });
    return taken;
}

} // namespace diploscope
