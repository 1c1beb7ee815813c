// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/window_trials.h"

#include <string>
#include <string_view>

namespace diploscope {

namespace {

/// A trial is of what a model computes of a window; what of that is kept, and how it is keyed, stands behind
/// it.
std::string computedOf(std::string_view output) {
    for (const std::string_view ending : {"; by edits", "; gradient"})
        if (output.ends_with(ending))
            output.remove_suffix(ending.size());
    return std::string(output);
}

} // namespace

Result<std::set<Digest>> windowTrials(const Study& study, const std::shared_ptr<const Predictor>& predictor,
                                      const ScoreOptions& score, const std::vector<ScoreScope>& scopes,
                                      const RunContext& context) {
    std::set<Digest> trials;
    const auto total = static_cast<int64_t>(study.genes().size());
    int64_t done = 0;
    for (const StudyGene& gene : study.genes()) {
        DS_TRY(context.checkpoint());
        context.report("Looking at windows", done++, total);
        for (const ScoreMember& member : membersOf(predictor, score)) {
            const ModelInfo& model = member.predictor->info();
            InputShape wide = model.input;
            wide.length += 2 * int64_t{score.shifts};
            wide.tssIndex += score.shifts;
            DS_ASSIGN(const ReferenceWindow window, study.window(gene.gene, wide));
            const std::string bases =
                modelInput(innerWindow(window, model.input.length, member.shift, member.otherStrand), {});
            for (const ScoreScope& scope : scopes)
                if (scope.modelChecksum == model.checksum)
                    trials.insert(trialOf({scope.modelChecksum, computedOf(scope.output)}, bases));
        }
    }
    return trials;
}

} // namespace diploscope
