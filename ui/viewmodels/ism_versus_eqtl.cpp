// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ism_versus_eqtl.h"

#include "viewmodels/model_track.h"
#include "viewmodels/number_text.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace diploscope::ui {

IsmVersusEqtl ismVersusEqtl(const GeneReport& report, SnvColour colour) {
    IsmVersusEqtl shown;
    shown.colour = colour;
    shown.gene = geneText(report.gene);
    shown.title = QStringLiteral("model and eQTL effect");
    shown.agree = QStringLiteral("supported");
    shown.disagree = QStringLiteral("unsupported");
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

IsmVersusEqtl effectsOfTwo(const GeneReport& report, const GeneReport& other, SnvColour colour) {
    const auto axisTitle = [](const GeneReport& one) {
        return withUnit(QStringLiteral("ISM effect by %1").arg(shownName(one.model.name)),
                        unitText(one.model.unit));
    };
    IsmVersusEqtl shown;
    shown.colour = colour;
    shown.gene = geneText(report.gene);
    shown.title = QStringLiteral("effects by two models");
    shown.agree = agreementText(SignAgreement::Same);
    shown.disagree = agreementText(SignAgreement::Opposite);
    shown.xTitle = axisTitle(other);
    shown.yTitle = axisTitle(report);
    std::vector<size_t> pointOf(report.variants.size(), notShown);
    std::array<int64_t, 3> counts{};
    std::vector<double> x, y;
    for (size_t i = 0; i < report.variants.size(); ++i) {
        const std::optional<size_t> at = sameInOther(report, i, other);
        if (!at)
            continue;
        const VariantResult& variant = report.variants[i];
        x.push_back(other.variants[*at].ism);
        y.push_back(variant.ism);
        pointOf[i] = shown.snvs.size();
        shown.snvs.push_back({x.back(), y.back(), shadeOf(variant, colour), i});
        ++counts[static_cast<size_t>(
            signAgreement(y.back(), report.scoreRounding, x.back(), other.scoreRounding))];
    }
    shown.drivers = driverMarks(report, pointOf);
    const auto isSeen = [](const std::vector<double>& effects, double rounding) {
        return std::any_of(effects.begin(), effects.end(),
                           [rounding](double effect) { return std::abs(effect) > rounding; });
    };
    std::optional<double> r;
    if (isSeen(x, other.scoreRounding) && isSeen(y, report.scoreRounding))
        r = pearson(Eigen::Map<const Eigen::VectorXd>(x.data(), static_cast<Eigen::Index>(x.size())),
                    Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size())))
                .r;
    QStringList parts{QStringLiteral("r = %1 between them").arg(ratioText(r))};
    for (const SignAgreement agreement :
         {SignAgreement::Same, SignAgreement::Opposite, SignAgreement::NoEffect})
        if (const int64_t count = counts[static_cast<size_t>(agreement)]; count > 0)
            parts << QStringLiteral("%1 %2").arg(agreementText(agreement), countText(count));
    shown.summary = parts.join(QStringLiteral(" · "));
    return shown;
}

} // namespace diploscope::ui
