// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ism_track.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

IsmTrack ismTrack(const GeneReport& report, Attribution attribution, SnvColour colour) {
    const bool gradient =
        attribution == Attribution::Gradient &&
        std::any_of(report.variants.begin(), report.variants.end(),
                    [](const VariantResult& variant) { return variant.gradient.has_value(); });
    IsmTrack shown;
    shown.colour = colour;
    shown.method =
        gradient ? QStringLiteral("gradient at the reference") : QStringLiteral("in-silico mutagenesis");
    shown.gene = geneText(report.gene);
    shown.summary = variantCountText(report) + QStringLiteral(" · ") + driversText(report);
    shown.contig = QString::fromStdString(report.gene.region.contig);
    shown.xTitle = positionTitle(shown.contig);
    shown.yTitle = withUnit(gradient ? QStringLiteral("Gradient effect") : QStringLiteral("ISM effect"),
                            unitText(report.model.unit));
    shown.windowStart = static_cast<double>(report.window.start + 1);
    shown.windowEnd = static_cast<double>(report.window.end);
    shown.tss = static_cast<double>(report.gene.tss() + 1);
    shown.strand = report.gene.strand;
    shown.isCentre = report.gene.centre.has_value();

    std::vector<size_t> pointOf(report.variants.size(), notShown);
    shown.snvs.reserve(report.variants.size());
    for (size_t i = 0; i < report.variants.size(); ++i) {
        const VariantResult& variant = report.variants[i];
        const double effect = gradient ? variant.gradient.value_or(std::nan("")) : variant.ism;
        if (!std::isfinite(effect))
            continue;
        pointOf[i] = shown.snvs.size();
        shown.snvs.push_back(
            {static_cast<double>(variant.position + 1),
             static_cast<double>(variant.position + static_cast<int64_t>(variant.ref.size())), effect,
             shadeOf(variant, colour), i});
    }
    shown.drivers = driverMarks(report, pointOf);
    return shown;
}

} // namespace diploscope::ui
