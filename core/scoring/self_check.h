// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"
#include "scoring/check_sample.h"

#include <Eigen/Core>

#include <map>
#include <optional>
#include <span>
#include <string>

namespace diploscope {

/// What comparing exact shortcuts with whole forward passes found. Differences are relative to the size of
/// what a score is the sum of (OutputChoice::magnitude).
struct SelfCheck {
    int64_t checked = 0;
    double largestDifference = 0;       ///< of a score
    double largestEffectDifference = 0; ///< of a score less the reference's
    std::string skipped;                ///< why nothing could be checked: no LibTorch
    /// A sequence that differs, and the sentence about it. The comparison ends with the first.
    std::optional<std::pair<Digest, Error>> refuted;

    void add(const SelfCheck& other);
};

/// What to do about scores that a check refuted.
inline constexpr const char* DoNotUse =
    "Do not use these scores, none of which was kept: run with --plain, and "
    "report this. Where scores of the gene were imported, import right ones.";

/// What whole passes over sequences of one window gave, by content: a check that is stopped leaves here what
/// it has got, and the next one goes on from there.
using WholePasses = std::map<Digest, Eigen::RowVectorXd>;

/// Does a check have anything to compare: is there a shortcut at all?
[[nodiscard]] bool canBeChecked(const Predictor& predictor, Method method);

/// Scores `sequences` and the reference by Method::Plain, as far as `known` has not got them, and compares. A
/// score, the reference's too, may differ by 1e-4 (plain fp32) or 1e-8 (fp64) of its magnitude; an effect by
/// a tenth of that, and by a hundred times that of itself. Nothing is stored. Where whole passes cannot be
/// had, that is said in `skipped`. A model whose Fast is its Plain has nothing to check. A difference is no
/// error of this function: see SelfCheck::refuted. \error what the model gives.
[[nodiscard]] Result<SelfCheck> checkAgainstPlain(const Predictor& predictor, const ReferenceWindow& window,
                                                  const OutputChoice& output, const ScoredSequence& reference,
                                                  std::span<const ScoredSequence> sequences,
                                                  WholePasses& known, const RunContext& context);

/// The same for few sequences: each is made the reference of a window of its own, and so computed whole, by
/// Method::Fast. Of the shortcut nothing is left then, and LibTorch, which takes longer to load than a small
/// window takes to score, is not needed where the model itself does without. Tolerances are those of the
/// precision of Fast. \error what the model gives.
[[nodiscard]] Result<SelfCheck> checkAsReferences(const Predictor& predictor, const ReferenceWindow& window,
                                                  const OutputChoice& output, const ScoredSequence& reference,
                                                  std::span<const ScoredSequence> sequences,
                                                  WholePasses& known, const RunContext& context);

/// Scores of the same model that somebody else computed: those of `reference` and `sequences` against whole
/// passes made here, each the reference of a window of its own where Method::Fast has a shortcut. Tolerances
/// are those of the precision here. \param reference of score NaN: nobody has it, and that of its pass counts
/// \error what the model gives; a difference is SelfCheck::refuted, of which the error is a Mismatch
[[nodiscard]] Result<SelfCheck> checkForeign(const Predictor& predictor, const ReferenceWindow& window,
                                             const OutputChoice& output, const ScoredSequence& reference,
                                             std::span<const ScoredSequence> sequences, Method method,
                                             const RunContext& context);

} // namespace diploscope
