// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ism_versus_eqtl.h"

#include <cmath>

namespace diploscope::ui {

IsmVersusEqtl ismVersusEqtl(const GeneReport& report, SnvColour colour) {
    IsmVersusEqtl shown;
    shown.colour = colour;
    shown.gene = geneText(report.gene);
    shown.summary = driversText(report);
    shown.support = supportText(report);
    shown.xTitle = withUnit(QStringLiteral("ISM effect"), unitText(report.model.unit));
    shown.yTitle = withUnit(QStringLiteral("eQTL slope"), unitText(report.observedUnit));

    std::vector<size_t> pointOf(report.variants.size(), notShown);
    shown.snvs.reserve(report.variants.size());
    for (size_t i = 0; i < report.variants.size(); ++i) {
        const VariantResult& variant = report.variants[i];
        if (!variant.eqtl.slope || !std::isfinite(*variant.eqtl.slope) || !std::isfinite(variant.ism) ||
            variant.poorlyGenotyped)
            continue;
        pointOf[i] = shown.snvs.size();
        shown.snvs.push_back({variant.ism, *variant.eqtl.slope, shadeOf(variant, colour), i});
    }
    shown.drivers = driverMarks(report, pointOf);
    return shown;
}

} // namespace diploscope::ui
