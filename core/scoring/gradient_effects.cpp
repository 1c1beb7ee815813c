// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/gradient_effects.h"

#include "base/stage_clock.h"
#include "scoring/cached_scores.h"
#include "scoring/locus_scorer.h"
#include "sequence/sequence_key.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

/// \param panel of SNVs alone
Result<Eigen::VectorXd> gradientsOfSnvs(const SnvPanel& panel, const ReferenceWindow& wide,
                                        const ScoreMember& member, Method method,
                                        const std::shared_ptr<ScoreCache>& cache, const RunContext& context) {
    context.report("Computing the gradient", 0, 0);
    const ScoreScope scores = scoreScope(member, method);
    const ScoreScope scope{scores.modelChecksum, scores.output + "; gradient"}; // a gradient is no score
    const ReferenceWindow window =
        innerWindow(wide, member.predictor->info().input.length, member.shift, member.otherStrand);
    // An effect belongs to both sequences: that of the reference is where the gradient was taken. A key of
    // edits is of both.
    const std::string reference = modelInput(window, {});
    const Digest referenceKey = digestOf(reference);
    const Digest trial = trialOf(scores, reference);
    const std::vector<EditList> sequences = ismSequences(panel, window);
    std::vector<Digest> digests;
    for (const EditList& edits : sequences)
        digests.push_back(sequenceKey(window, referenceKey, edits));
    const auto olderKey = [&](size_t i) {
        return digestOf(reference + '>' + modelInput(window, sequences[i]));
    };
    Eigen::VectorXd effects(static_cast<Eigen::Index>(digests.size()));
    if (cache) {
        // No check compares gradients: they go with the scores of their window, where those are refuted.
        DS_ASSIGN(const auto known, findByEdits(*cache, scope, trial, digests, olderKey));
        if (std::all_of(known.begin(), known.end(), [](const auto& value) { return value.has_value(); })) {
            for (size_t v = 0; v < known.size(); ++v)
                effects(static_cast<Eigen::Index>(v)) = known[v]->score;
            return effects;
        }
    }
    if (digests.empty())
        return effects;

    DS_ASSIGN(const auto turn, awaitTurn(context));
    DS_ASSIGN(const std::unique_ptr<LocusPredictor> locus,
              member.predictor->prepare(window, member.output, method));
    DS_ASSIGN(const Eigen::MatrixXd gradient, locus->gradient(context));
    const std::string_view bases = window.bases();
    const auto column = [](char base) { return std::string_view("ACGT").find(base); };
    for (size_t v = 0; v < panel.snvs.size(); ++v) {
        const int64_t offset = panel.snvs[v].position - window.region.start;
        if (offset < 0 || offset >= window.length()) {
            effects(static_cast<Eigen::Index>(v)) = 0;
            continue;
        }
        const size_t ref = column(bases[static_cast<size_t>(offset)]);
        const auto alt = static_cast<Eigen::Index>(column(panel.snvs[v].alt.front()));
        effects(static_cast<Eigen::Index>(v)) =
            ref > 3 ? 0.0 : gradient(offset, alt) - gradient(offset, static_cast<Eigen::Index>(ref));
    }
    if (cache)
        DS_TRY(cache->store(keyedByEdits(scope), digests, {effects.data(), digests.size()}, trial));
    return effects;
}

} // namespace

Result<Eigen::VectorXd> gradientEffects(const SnvPanel& panel, const ReferenceWindow& wide,
                                        const ScoreMember& member, Method method,
                                        const std::shared_ptr<ScoreCache>& cache, const RunContext& context) {
    SnvPanel snvs;
    std::vector<Eigen::Index> places;
    for (size_t v = 0; v < panel.snvs.size(); ++v)
        if (isSnv(panel.snvs[v])) {
            snvs.snvs.push_back(panel.snvs[v]);
            places.push_back(static_cast<Eigen::Index>(v));
        }
    DS_ASSIGN(const Eigen::VectorXd ofSnvs, gradientsOfSnvs(snvs, wide, member, method, cache, context));
    Eigen::VectorXd effects =
        Eigen::VectorXd::Constant(static_cast<Eigen::Index>(panel.snvs.size()), std::nan(""));
    effects(places) = ofSnvs;
    return effects;
}

Result<Eigen::MatrixXd> gradientAt(const EditList& edits, std::span<const int64_t> offsets,
                                   const ReferenceWindow& wide, const ScoreMember& member, Method method,
                                   const RunContext& context) {
    const int64_t length = member.predictor->info().input.length;
    const int64_t inner = innerOffset(wide, length, member.shift);
    ReferenceWindow window = innerWindow(wide, length, member.shift, member.otherStrand);
    EditList own = edits;
    for (Edit& edit : own)
        edit.offset -= inner;
    std::vector<int64_t> rows;
    for (const int64_t offset : offsets)
        rows.push_back(indexInEdited(window, own, offset - inner));
    // A model's gradient is taken at the window's own bases.
    window.context = materialize(window, own);
    window.flank = 0;

    DS_ASSIGN(const auto turn, awaitTurn(context));
    DS_ASSIGN(const std::unique_ptr<LocusPredictor> locus,
              member.predictor->prepare(window, member.output, method));
    DS_ASSIGN(const Eigen::MatrixXd gradient, locus->gradient(context));
    Eigen::MatrixXd found = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(offsets.size()), 4);
    for (size_t i = 0; i < rows.size(); ++i)
        if (rows[i] >= 0 && rows[i] < length)
            found.row(static_cast<Eigen::Index>(i)) = gradient.row(rows[i]);
    return found;
}

} // namespace diploscope
