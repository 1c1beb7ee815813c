// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_locus.h"
#include "analysis/wanted_sequences.h"
#include "base/run_context.h"
#include "cache/score_cache.h"
#include "scoring/score_options.h"
#include "study/study.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

/// What genes ask the members of a score for, one after the other: for those who hand sequences to another
/// machine (sequence_folder.h) and take its scores (scores_elsewhere.h).
namespace diploscope {

/// One member's question of one gene.
struct AskedSequences {
    size_t gene = 0;   ///< in the list of genes
    size_t number = 0; ///< of the member
    const ScoreMember& member;
    const Locus& locus;
    const std::vector<EditList>& ism;
    const WantedSequences& wanted;

    [[nodiscard]] const EditList& editsOf(const WantedSequence& sequence) const {
        return sequence.index < ism.size() ? ism[sequence.index]
                                           : locus.haplotypes.distinct[sequence.index - ism.size()];
    }
    [[nodiscard]] EditList editsInWindow(const WantedSequence& sequence) const {
        EditList edits = editsOf(sequence);
        for (Edit& edit : edits)
            edit.offset -= wanted.offset;
        return edits;
    }
};

/// Genes with their places in a longer list.
using NumberedGenes = std::vector<std::pair<size_t, const StudyGene*>>;
[[nodiscard]] NumberedGenes numbered(const std::vector<const StudyGene*>& genes);

/// \param stage what it is, for progress \error as readLocus; what `take` gives; Cancelled
[[nodiscard]] Result<void> askEach(const Study& study, const NumberedGenes& genes,
                                   const std::shared_ptr<const Predictor>& predictor,
                                   const ScoreOptions& score, const char* stage, const RunContext& context,
                                   const std::function<Result<void>(const AskedSequences&)>& take);

/// What the score cache has of a question.
struct KeptScores {
    ScoreScope scope; ///< of the member, without keyedByEdits()
    Digest trial{};
    std::vector<Digest> keys;                       ///< of wanted.sequences
    std::vector<std::optional<StoredScore>> scores; ///< of each, if any
};

/// As analyses with this method look them up. \error of the cache
[[nodiscard]] Result<KeptScores> keptScores(const AskedSequences& asked, Method method, ScoreCache& cache);

/// Whether a sequence has one score under the model, which follows from its bases. \error Unsupported: a
/// table, an ensemble
[[nodiscard]] Result<void> hasScoresOfItsOwn(const Predictor& model);

} // namespace diploscope
