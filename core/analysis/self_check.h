// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "predict/predictor.h"

#include <span>
#include <vector>

namespace diploscope {

/// A sequence that Method::Fast has scored, to be scored again.
struct ScoredSequence {
    EditList edits; ///< on the window that was scored
    double score = 0;
};

/// What comparing exact shortcuts with whole forward passes found. Differences are relative to the size of
/// what a score is the sum of (OutputChoice::magnitude).
struct SelfCheck {
    int64_t checked = 0;
    double largestDifference = 0;       ///< of a score
    double largestEffectDifference = 0; ///< of a score less the reference's
    std::string skipped;                ///< why nothing could be checked: no LibTorch

    void add(const SelfCheck& other);
};

/// By default every so many newly computed sequences one is checked; the first one early, so that every gene
/// of any size has one.
inline constexpr int kSelfCheckEvery = 500;
inline constexpr int kFirstSelfCheck = 200;

/// Is the `computed`-th newly computed sequence (from 1) one to be checked? \param every 0: none is
[[nodiscard]] bool isChecked(int64_t computed, int every);

/// Scores `sequences` and the reference by Method::Plain and compares. A score may differ by 1e-4 (plain
/// fp32) or 1e-8 (fp64) of its magnitude; an effect by a tenth of that, and by a hundred times that of
/// itself. Nothing is stored. Where whole passes cannot be had, that is said in `skipped`. A model whose Fast
/// is its Plain has nothing to check. \error Internal, naming the sequence and the numbers; what the model
/// gives.
[[nodiscard]] Result<SelfCheck> checkAgainstPlain(const Predictor& predictor, const ReferenceWindow& window,
                                                  const OutputChoice& output, double referenceScore,
                                                  std::span<const ScoredSequence> sequences,
                                                  const RunContext& context);

} // namespace diploscope
