// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/prepared_locus.h"

#include <functional>
#include <optional>
#include <vector>

namespace diploscope {

/// One difference between two sequences, made in its turn.
struct WaterfallStep {
    std::optional<Variant> in;  ///< what the step puts in
    std::optional<Variant> out; ///< and what it takes out, of a haplotype that is left for another
    double effect = 0;          ///< the same on the reference alone (ISM)
    double score = 0;           ///< after this step
    double change = 0;          ///< less the score before it
    double without = 0;         ///< of the whole second sequence without this step
    double leaveOneOut = 0;     ///< the second sequence's score less that

    /// Where it stands.
    [[nodiscard]] const Variant& place() const { return in ? *in : *out; }
};

/// From one sequence's score to another's, difference by difference, by |effect|, largest first (of equal
/// ones by place). Every score is a prediction, and the last one is the second sequence's.
struct Waterfall {
    double from = 0, to = 0;
    std::vector<WaterfallStep> steps;
};

/// Two sequences of a locus, sorted edits each.
struct SequencePair {
    EditList from; ///< empty: the reference
    EditList to;
};
struct Waterfalls {
    std::vector<Waterfall> each; ///< as the pairs
    ExperimentScores counts;
};
/// Steps and their order once effects on the reference are known, then their scores as they come (NaN: not
/// yet); before the self-check is through, which may still refute them. Called on the run's thread.
using WaterfallSink = std::function<void(const std::vector<Waterfall>&)>;
/// Where edits of both sequences overlap, they are one step: one allele goes and the other comes.
/// \error of the run; Unsupported where without an insertion deletions draw on more bases than were read.
/// Source: METHODS 12.
[[nodiscard]] Result<Waterfalls> waterfalls(PreparedLocus& locus, const std::vector<SequencePair>& pairs,
                                            const RunContext& context, const WaterfallSink& onSteps = {});

/// A person's two haplotypes from the reference, with what only some of the steps show.
[[nodiscard]] std::vector<SequencePair> fromReference(const PreparedLocus& locus, size_t person);

/// From one person's haplotypes to another's: the first to the first and the second to the second, or
/// crosswise where fewer steps lead there that way.
struct PersonPairing {
    std::vector<SequencePair> pairs; ///< of the first person's haplotype 1, then 2
    bool crosswise = false;
};
[[nodiscard]] PersonPairing betweenPeople(const PreparedLocus& locus, size_t person, size_t other);

} // namespace diploscope
