// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_text.h"

#include "viewmodels/number_text.h"

#include <QStringList>

#include <algorithm>

namespace diploscope::ui {

QString geneText(const Gene& gene) {
    return QString::fromStdString(gene.name.empty() ? gene.id : gene.name);
}

QString variantText(const VariantResult& variant) {
    if (!variant.id.empty() && variant.id != ".")
        return QString::fromStdString(variant.id);
    return QStringLiteral("%1:%2").arg(QString::fromStdString(variant.chrom)).arg(variant.position + 1);
}

QString otherAllele(const VariantResult& variant) {
    return QString::fromStdString(variant.effectAllele == variant.ref ? variant.alt : variant.ref);
}

QString unitText(const std::string& unit) {
    QString text = QString::fromStdString(unit);
    text.replace(QLatin1String("log10"), QStringLiteral("log₁₀"));
    text.replace(QLatin1String("log2"), QStringLiteral("log₂"));
    return text;
}

QString withUnit(const QString& quantity, const QString& unit) {
    return unit.isEmpty() ? quantity : quantity + QStringLiteral(", ") + unit;
}

QString regionText(const Region& region) {
    return QStringLiteral("%1:%2–%3")
        .arg(QString::fromStdString(region.contig), countText(region.start + 1), countText(region.end));
}

QString driversText(const GeneReport& report) {
    if (!report.linearR)
        return QStringLiteral("no drivers: predictions do not differ");
    if (!report.additive)
        return QStringLiteral("not additive (R_lin = %1)").arg(ratioText(report.linearR));
    const auto count = [&report](Verdict verdict) {
        return std::count_if(report.drivers.begin(), report.drivers.end(),
                             [verdict](const DriverResult& driver) { return driver.verdict == verdict; });
    };
    if (report.drivers.empty())
        return QStringLiteral("no drivers");
    QStringList parts{countedText(static_cast<int64_t>(report.drivers.size()), QStringLiteral("driver"),
                                  QStringLiteral("drivers"))};
    if (const auto n = count(Verdict::Supported); n > 0)
        parts << countText(n) + QStringLiteral(" supported");
    if (const auto n = count(Verdict::Unsupported); n > 0)
        parts << countText(n) + QStringLiteral(" unsupported");
    if (const auto n = count(Verdict::Undefined); n > 0)
        parts << countText(n) + QStringLiteral(" undefined");
    return parts.join(QStringLiteral(" · "));
}

std::vector<DriverMark> driverMarks(const GeneReport& report, const std::vector<size_t>& pointOf) {
    std::vector<DriverMark> marks;
    for (const DriverResult& driver : report.drivers) {
        if (pointOf[driver.variant] == notShown)
            continue;
        marks.push_back({pointOf[driver.variant], variantText(report.variants[driver.variant]),
                         driver.verdict, driver.driver.gain, driver.driver.main});
    }
    return marks;
}

} // namespace diploscope::ui
