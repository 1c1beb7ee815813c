// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/person_story.h"

#include <memory>
#include <string>

namespace diploscope::test {

/// A gene of invented alleles, and whoever carries them.
inline Gene personsGene() {
    return {"ENSG1", "1", "GENE1", "protein_coding", {"22", 10'500, 12'000}, Strand::Forward, {}};
}
inline Variant personsSnv(int64_t position, const std::string& alt = "C") {
    return {"22", position, "A", alt};
}

/// Steps one after the other from a score; each left out alone is worth a tenth more than in its turn.
inline Waterfall inventWaterfall(double from, const std::vector<std::pair<int64_t, double>>& steps) {
    Waterfall made;
    made.from = made.to = from;
    for (const auto& [position, change] : steps) {
        WaterfallStep step;
        step.in = personsSnv(position);
        step.effect = 0.9 * change;
        step.change = change;
        step.score = made.to + change;
        step.leaveOneOut = 1.1 * change;
        made.to = step.score;
        made.steps.push_back(step);
    }
    for (WaterfallStep& step : made.steps)
        step.without = made.to - step.leaveOneOut;
    return made;
}

/// ANN: twelve alleles on the first copy, two on the second, of which one is on both.
inline PersonPaths inventPaths() {
    PersonPaths paths;
    paths.sample = "ANN";
    paths.window = {"22", 10'000, 12'048};
    std::vector<std::pair<int64_t, double>> many;
    for (int i = 0; i < 12; ++i)
        many.emplace_back(10'100 + 150 * i, (i % 2 == 0 ? 1 : -1) * 0.5 / (i + 1));
    const std::vector<std::pair<int64_t, double>> few{{10'100, 0.5}, {11'950, -0.125}};
    paths.paths[0].which = "1";
    paths.paths[1].which = "2";
    paths.paths[1].fromCopy = paths.paths[1].toCopy = 2;
    for (const auto& [position, change] : many)
        paths.paths[0].to.push_back(personsSnv(position));
    for (const auto& [position, change] : few)
        paths.paths[1].to.push_back(personsSnv(position));
    paths.found.each = {inventWaterfall(0.25, many), inventWaterfall(0.25, few)};
    paths.idOf[personsSnv(10'100)] = "rs100";
    return paths;
}

inline std::shared_ptr<const ui::PersonStory> inventStory() {
    return std::make_shared<const ui::PersonStory>(
        ui::personStory(inventPaths(), personsGene(), "log expression"));
}

} // namespace diploscope::test
