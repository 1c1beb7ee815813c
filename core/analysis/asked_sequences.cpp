// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/asked_sequences.h"

#include "scoring/cached_scores.h"
#include "scoring/locus_scorer.h"

#include <fmt/format.h>

namespace diploscope {

NumberedGenes numbered(const std::vector<const StudyGene*>& genes) {
    NumberedGenes all;
    for (size_t i = 0; i < genes.size(); ++i)
        all.emplace_back(i, genes[i]);
    return all;
}

Result<void> askEach(const Study& study, const NumberedGenes& genes,
                     const std::shared_ptr<const Predictor>& predictor, const ScoreOptions& score,
                     const char* stage, const RunContext& context,
                     const std::function<Result<void>(const AskedSequences&)>& take) {
    const std::vector<ScoreMember> members = membersOf(predictor, score);
    for (size_t i = 0; i < genes.size(); ++i) {
        DS_TRY(context.checkpoint());
        const auto& [place, gene] = genes[i];
        context.report(stage, static_cast<int64_t>(i), static_cast<int64_t>(genes.size()));
        DS_ASSIGN(const Locus locus,
                  readLocus(study, gene->gene, predictor->info().input, score.shifts, context));
        const std::vector<EditList> ism = referenceAndIsm(panelOf(locus), locus.window);
        for (size_t m = 0; m < members.size(); ++m) {
            const WantedSequences wanted = wantedOf(members[m], locus.window, ism, locus.haplotypes.distinct);
            DS_TRY(take({place, m, members[m], locus, ism, wanted}));
        }
    }
    return {};
}

Result<KeptScores> keptScores(const AskedSequences& asked, Method method, ScoreCache& cache) {
    KeptScores kept;
    kept.scope = scoreScope(asked.member, method);
    kept.trial = trialOf(kept.scope, asked.wanted.reference);
    for (const WantedSequence& sequence : asked.wanted.sequences)
        kept.keys.push_back(sequence.key);
    DS_ASSIGN(kept.scores, cache.findAny(keyedByEdits(kept.scope), kept.keys, kept.trial));
    return kept;
}

Result<void> hasScoresOfItsOwn(const Predictor& model) {
    const std::string& name = model.info().name;
    if (model.info().scoresOf == ScoresOf::Listed)
        return fail(
            ErrorKind::Unsupported,
            fmt::format("{} is a table, which lists its scores: there is no sequence to score.", name), {},
            "Choose a model that reads bases.");
    if (!model.members().empty())
        return fail(ErrorKind::Unsupported,
                    fmt::format("{} is the mean of {} models, each with scores of its own.", name,
                                model.members().size()),
                    {}, "Write the sequences of each of its models, and read the scores of each.");
    return {};
}

} // namespace diploscope
