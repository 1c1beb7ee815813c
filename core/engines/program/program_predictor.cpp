// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/program/program_predictor.h"

#include "base/parallel.h"
#include "engines/torch/plain_locus.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

namespace diploscope {

namespace {

class ProgramLocus final : public LocusPredictor {
public:
    ProgramLocus(std::shared_ptr<ProgramPool> pool, ReferenceWindow window, const OutputChoice& output)
        : m_pool(std::move(pool)), m_window(std::move(window)), m_output(output) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override;
    /// One request for each program.
    int64_t batchSize() const override { return int64_t{m_pool->spec().batchSize} * m_pool->spec().workers; }
    Result<Eigen::MatrixXd> gradient(const RunContext& context) override;

private:
    /// \param rows where the values of `sequences` go
    [[nodiscard]] Result<void> predictPart(std::span<const EditList> sequences, const ProgramHello& hello,
                                           Eigen::Ref<Eigen::MatrixXd> rows, const RunContext& context);

    std::shared_ptr<ProgramPool> m_pool;
    ReferenceWindow m_window;
    OutputChoice m_output;
};

Result<void> ProgramLocus::predictPart(std::span<const EditList> sequences, const ProgramHello& hello,
                                       Eigen::Ref<Eigen::MatrixXd> rows, const RunContext& context) {
    std::vector<std::string> inputs;
    for (const EditList& edits : sequences)
        inputs.push_back(modelInput(m_window, edits));
    DS_ASSIGN(const std::vector<double> numbers,
              m_pool->ask({inputs, m_output.bins, m_output.tracks, {}}, context));
    const size_t outputs = numbers.size() / inputs.size();
    for (size_t i = 0; i < inputs.size(); ++i) {
        Eigen::Index column = 0;
        for (size_t bin = 0; bin < m_output.bins.size(); ++bin)
            for (size_t track = 0; track < m_output.tracks.size(); ++track) {
                const size_t at = hello.chooses ? static_cast<size_t>(column)
                                                : static_cast<size_t>(m_output.bins[bin]) *
                                                          static_cast<size_t>(hello.trackCount) +
                                                      static_cast<size_t>(m_output.tracks[track]);
                rows(static_cast<Eigen::Index>(i), column++) = numbers[i * outputs + at];
            }
    }
    return {};
}

Result<Eigen::MatrixXd> ProgramLocus::predict(std::span<const EditList> sequences,
                                              const RunContext& context) {
    DS_ASSIGN(const ProgramHello hello, m_pool->hello(context));
    const auto part = static_cast<size_t>(std::min(m_pool->spec().batchSize, hello.batchSize));
    const size_t parts = (sequences.size() + part - 1) / part;
    Eigen::MatrixXd values(static_cast<Eigen::Index>(sequences.size()),
                           static_cast<Eigen::Index>(m_output.bins.size() * m_output.tracks.size()));
    std::mutex mutex;
    std::optional<Error> failed; // the first; under the mutex
    parallelFor(static_cast<int64_t>(parts), m_pool->spec().workers, [&](int64_t number) {
        {
            const std::lock_guard lock(mutex);
            if (failed)
                return;
        }
        const size_t first = static_cast<size_t>(number) * part;
        const size_t count = std::min(part, sequences.size() - first);
        const Result<void> done = predictPart(
            sequences.subspan(first, count), hello,
            values.middleRows(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(count)), context);
        const std::lock_guard lock(mutex);
        if (!done && !failed)
            failed = done.error();
    });
    if (failed)
        return fail(*std::move(failed));
    return values;
}

Result<Eigen::MatrixXd> ProgramLocus::gradient(const RunContext& context) {
    DS_ASSIGN(const ProgramHello hello, m_pool->hello(context));
    if (!hello.gradient)
        return LocusPredictor::gradient(context);
    const std::vector<EditList> reference(1);
    DS_ASSIGN(const Eigen::MatrixXd values, predict(reference, context));
    const Eigen::RowVectorXd weights = m_output.scoreGradient(values.row(0));
    const std::vector<std::string> input{modelInput(m_window, {})};
    DS_ASSIGN(
        const std::vector<double> numbers,
        m_pool->ask(
            {input, m_output.bins, m_output.tracks, {weights.data(), static_cast<size_t>(weights.size())}},
            context));
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, 4, Eigen::RowMajor>;
    const Eigen::MatrixXd asRead =
        Eigen::Map<const RowMajor>(numbers.data(), static_cast<Eigen::Index>(numbers.size() / 4), 4);
    return onForwardStrand(asRead, m_window);
}

} // namespace

ProgramPredictor::ProgramPredictor(ModelInfo info, std::shared_ptr<ProgramPool> pool)
    : m_info(std::move(info)), m_pool(std::move(pool)) {}

Result<std::unique_ptr<LocusPredictor>> ProgramPredictor::prepare(const ReferenceWindow& window,
                                                                  const OutputChoice& output, Method) const {
    DS_TRY(checkRequest(m_info, window, output));
    return std::unique_ptr<LocusPredictor>(std::make_unique<ProgramLocus>(m_pool, window, output));
}

std::string ProgramPredictor::computation(Method) const {
    return m_pool->spec().reply == ReplyType::Float32 ? "program fp32" : "program fp64";
}

} // namespace diploscope
