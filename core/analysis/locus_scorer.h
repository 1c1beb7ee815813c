// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/score_cache.h"
#include "predict/predictor.h"

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace diploscope {

/// Scores sequences of one window: looks each up in the cache by content, runs the model on what is left
/// (equal sequences once), and stores every finished batch at once, so that a killed run goes on where it
/// stopped. The model is made ready only when the first sequence is not in the cache. One thread at a time.
class LocusScorer {
public:
    struct Settings {
        std::shared_ptr<const Predictor> predictor;
        OutputChoice output;
        Method method = Method::Fast;
        std::shared_ptr<ScoreCache> cache; ///< null: no cache
    };
    LocusScorer(Settings settings, ReferenceWindow window);

    /// \param scores as many as sequences, NaN; filled as they become known, so that a partial result can be
    /// shown \param stage what the sequences are, for progress: "Predicting haplotypes" \param onBatch called
    /// after every batch, on this thread \error what the model, the cache or a stop request give; finished
    /// batches stay stored.
    [[nodiscard]] Result<void> score(std::span<const EditList> sequences, std::span<double> scores,
                                     std::string_view stage, const RunContext& context,
                                     const std::function<void()>& onBatch);

    [[nodiscard]] int64_t computed() const { return m_computed; }
    [[nodiscard]] int64_t fromCache() const { return m_fromCache; }

private:
    [[nodiscard]] Result<Eigen::VectorXd> predictBatch(std::span<const EditList> batch,
                                                       const RunContext& context);

    Settings m_settings;
    ReferenceWindow m_window;
    ScoreScope m_scope;
    std::unique_ptr<LocusPredictor> m_locus;
    int64_t m_computed = 0;
    int64_t m_fromCache = 0;
};

} // namespace diploscope
