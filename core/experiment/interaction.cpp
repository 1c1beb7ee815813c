// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/interaction.h"

#include "experiment/edits.h"

#include <cmath>

namespace diploscope {

Result<Interactions> interactionsOf(PreparedLocus& locus, const std::vector<Variant>& variants,
                                    const RunContext& context) {
    if (locus.isListed())
        return fail(ErrorKind::Unsupported, AddsUp, toText(locus.locus().region),
                    "Choose a model that reads bases.");
    Experiment experiment{"Predicting pairs of variants", {}};
    for (const Variant& variant : variants)
        experiment.sequences.push_back({locus.editOf(variant)});
    struct Pair {
        Eigen::Index first, second;
    };
    std::vector<Pair> pairs;
    for (size_t v = 0; v < variants.size(); ++v)
        for (size_t w = v + 1; w < variants.size(); ++w)
            if (auto both = together(locus, std::vector<Variant>{variants[v], variants[w]})) {
                pairs.push_back({static_cast<Eigen::Index>(v), static_cast<Eigen::Index>(w)});
                experiment.sequences.push_back(std::move(*both));
            }
    DS_TRY(locus.checkRoom(experiment.sequences));
    DS_ASSIGN(const ExperimentScores scores, locus.run(experiment, context));

    Interactions found;
    found.counts.add(scores);
    const Eigen::VectorXd effects = scores.effects();
    const auto count = static_cast<Eigen::Index>(variants.size());
    found.effects = effects.head(count);
    found.pairs.setConstant(count, count, std::nan(""));
    for (size_t i = 0; i < pairs.size(); ++i) {
        const auto [v, w] = pairs[i];
        const double both = effects[count + static_cast<Eigen::Index>(i)];
        found.pairs(v, w) = found.pairs(w, v) = both - effects[v] - effects[w];
    }
    return found;
}

} // namespace diploscope
