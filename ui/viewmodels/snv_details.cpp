// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/snv_details.h"

#include "analysis/effect_background.h"
#include "analysis/report_columns.h"
#include "viewmodels/column_text.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_summary.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QObject>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

const QString dot = QStringLiteral(" · ");

/// Parts of a value, which a line may break between but not within.
QString unbrokenParts(const QStringList& values) {
    QStringList whole;
    for (const QString& value : values)
        whole << unbroken(value);
    return whole.join(QStringLiteral(", "));
}

/// "0.438 [0.340, 0.536], p = 1×10⁻¹²"; the standard error where the interval is not known.
QString slopeText(const EqtlEffect& effect) {
    QString slope = effectText(effect.slope);
    if (const auto interval = slopeInterval(effect))
        slope += QLatin1Char(' ') + bracketText(effectText(interval->low), effectText(interval->high));
    else if (effect.se)
        slope += QStringLiteral(" ± ") + effectText(effect.se);
    return unbrokenParts(effect.p ? QStringList{slope, pText(effect.p)} : QStringList{slope});
}

/// "22 of 80 people, left out of LD, lead, PIP and drivers"
QString missingText(const GeneReport& report, const VariantResult& variant) {
    QStringList values{
        QObject::tr("%1 of %2 people")
            .arg(countText(variant.missing), countText(static_cast<int64_t>(report.people.size())))};
    if (variant.poorlyGenotyped)
        values << QObject::tr("left out of LD, lead, PIP and drivers");
    return unbrokenParts(values);
}

/// Small probabilities are not 0.
QString probabilityText(double probability) {
    return probability < 0.01 ? QStringLiteral("< 0.01") : ratioText(probability);
}

QString fineMappingText(const GeneReport& report, const VariantResult& variant) {
    QStringList values{probabilityText(*variant.prunedPip)};
    if (*variant.pip - *variant.prunedPip >= 0.01)
        values << QObject::tr("%1 with idle effects").arg(probabilityText(*variant.pip));
    if (!report.fineMapping || variant.credibleSet == 0)
        return unbrokenParts(values << QObject::tr("in no credible set"));
    const auto& sets = report.fineMapping->sets;
    const CredibleSet& set = sets[static_cast<size_t>(variant.credibleSet - 1)];
    values << QObject::tr("credible set %1 of %2").arg(variant.credibleSet).arg(sets.size())
           << countedText(static_cast<int64_t>(set.variants.size()), counted::snvs);
    if (set.variants.size() > 1)
        values << QObject::tr("purity %1").arg(ratioText(set.minimumCorrelation));
    return unbrokenParts(values);
}

void addImported(const ImportedEffect& imported, std::vector<SnvDetails::Row>& rows) {
    const QString label = QObject::tr("imported");
    if (imported.slope) {
        QStringList values{QObject::tr("slope %1").arg(effectText(imported.slope))};
        if (imported.se)
            values.last() += QStringLiteral(" ± ") + effectText(imported.se);
        if (imported.p)
            values << pText(imported.p);
        rows.push_back({label, unbrokenParts(values << QString::fromStdString(imported.eqtlTable))});
    }
    if (imported.pip) {
        QStringList values{QStringLiteral("PIP ") + probabilityText(*imported.pip)};
        if (!imported.credibleSet.empty())
            values << QObject::tr("set %1").arg(QString::fromStdString(imported.credibleSet));
        rows.push_back({label, unbrokenParts(values << QString::fromStdString(imported.fineMappingTable))});
    }
}

const DriverResult* driverAt(const GeneReport& report, size_t variant) {
    const auto found =
        std::find_if(report.drivers.begin(), report.drivers.end(),
                     [variant](const DriverResult& driver) { return driver.variant == variant; });
    return found == report.drivers.end() ? nullptr : &*found;
}

/// What the variant's column is called.
QString labelOf(std::string_view column) {
    return titleText(columnNamed(variantColumns(), column));
}

void addDriver(const DriverResult& driver, std::vector<SnvDetails::Row>& rows) {
    QStringList values{QObject::tr("gain %1").arg(percentText(driver.driver.gain))};
    if (driver.driver.main)
        values.prepend(QObject::tr("main"));
    rows.push_back({labelOf("driver"), unbrokenParts(values)});
    if (driver.allelic.mean) {
        values = {effectText(driver.allelic.mean)};
        if (driver.allelic.p)
            values << pText(driver.allelic.p);
        rows.push_back({titleText(columnNamed(reportDriverColumns(), "allelic_change")),
                        unbrokenParts(values << QStringLiteral("n = %1").arg(countText(driver.allelic.n)))});
    }
    values.clear();
    if (driver.bootstrapInterval)
        values << QObject::tr("slope %1")
                      .arg(bracketText(effectText(driver.bootstrapInterval->low),
                                       effectText(driver.bootstrapInterval->high)));
    if (driver.verdictShare)
        values << QObject::tr("same sign in %1").arg(percentText(*driver.verdictShare));
    if (!values.isEmpty())
        rows.push_back({QObject::tr("resampled"), unbrokenParts(values)});
}

/// "larger than 99.2 % of 1,203 common SNVs and 464 random changes, 500 bp to 2 kb from the TSS"; empty where
/// nobody has measured it.
QString distanceFact(const GeneReport& report, const VariantResult& variant) {
    return (report.gene.centre ? QObject::tr("%1 from the centre") : QObject::tr("%1 from TSS"))
        .arg(distanceText(variant.distanceToTss));
}

QString sizeText(const GeneReport& report, const VariantResult& variant) {
    if (!report.background)
        return {};
    const auto share = report.background->shareBelow(variant.ism, variant.distanceToTss);
    if (!share)
        return {};
    const size_t place = EffectBackground::binOf(variant.distanceToTss);
    const EffectBackground::Bin& bin = report.background->bins[place];
    QStringList what;
    if (const int64_t common = static_cast<int64_t>(bin.effects.size()) - bin.substitutions; common > 0)
        what << countedText(common, counted::commonSnvs);
    if (bin.substitutions > 0)
        what << countedText(bin.substitutions, counted::randomChanges);
    // 100.0 % would say that none is as large, which is so of the largest alone.
    const QString whole = what.size() == 2 ? QObject::tr("%1 and %2").arg(what[0], what[1]) : what.value(0);
    const QString where = QString::fromStdString(EffectBackground::binName(place));
    const bool isCentre = report.gene.centre.has_value();
    if (*share >= 1)
        return (isCentre ? QObject::tr("larger than all of %1, %2 from the centre")
                         : QObject::tr("larger than all of %1, %2 from the TSS"))
            .arg(whole, where);
    return (isCentre ? QObject::tr("larger than %1 % of %2, %3 from the centre")
                     : QObject::tr("larger than %1 % of %2, %3 from the TSS"))
        .arg(QString::number(std::min(100 * *share, 99.9), 'f', 1), whole, where);
}

std::vector<SnvDetails::Row> rowsOf(const GeneReport& report, size_t index) {
    const VariantResult& variant = report.variants[index];
    std::vector<SnvDetails::Row> rows;
    rows.push_back(
        {labelOf("ism"),
         unbroken(effectText(variant.ism) +
                  (variant.ismSpread ? QStringLiteral(" ± ") + effectText(*variant.ismSpread) : QString()))});
    if (const QString size = sizeText(report, variant); !size.isEmpty())
        rows.push_back({QObject::tr("how large"), size});
    for (const ReportColumn& column : variantColumns())
        if (column.told)
            if (const Cell cell = column.value(report, index); cell.isKnown())
                rows.push_back({titleText(column), unbroken(cellText(column.format, cell))});
    rows.push_back({labelOf("eqtl_slope"), slopeText(variant.eqtl)});
    if (report.lead == index)
        rows.push_back({labelOf("lead"), QObject::tr("the gene’s lead variant")});
    else if (variant.givenLead.slope)
        rows.push_back({labelOf("eqtl_slope_given_lead"), slopeText(variant.givenLead)});
    if (variant.missing > 0)
        rows.push_back({labelOf("missing_genotypes"), missingText(report, variant)});
    if (variant.pip && variant.prunedPip)
        rows.push_back({labelOf("pip_pruned"), fineMappingText(report, variant)});
    if (index < report.imported.size())
        addImported(report.imported[index], rows);
    if (const DriverResult* driver = driverAt(report, index))
        addDriver(*driver, rows);
    return rows;
}

/// Do the model's and the observed effect have one sign (METHODS 8)?
Verdict signVerdict(const GeneReport& report, const VariantResult& variant) {
    return verdictOf(variant.ism, variant.eqtl.slope, report.scoreRounding);
}

/// "observed rises, predicted falls: wrong sign"
QString verdictWords(const GeneReport& report, size_t index) {
    const VariantResult& variant = report.variants[index];
    if (report.listed && !report.listed->has[index])
        return QObject::tr("the table that is the model has no effect of it: no verdict");
    if (!std::isfinite(variant.ism))
        return QObject::tr("the model's effect is not known yet");
    if (!variant.eqtl.slope)
        return QObject::tr("the observed effect is undefined: no verdict");
    if (std::abs(variant.ism) <= report.scoreRounding)
        return QObject::tr("the model sees no effect: no verdict");
    if (*variant.eqtl.slope == 0)
        return QObject::tr("no observed effect: no verdict");
    const bool rises = variant.ism > 0;
    const QString words = signVerdict(report, variant) == Verdict::Supported
                              ? rises ? QObject::tr("observed and predicted both rise: right sign")
                                      : QObject::tr("observed and predicted both fall: right sign")
                          : rises ? QObject::tr("observed falls, predicted rises: wrong sign")
                                  : QObject::tr("observed rises, predicted falls: wrong sign");
    const QString doubt = doubtText(report, index);
    return doubt.isEmpty() ? words : QObject::tr("%1, but undecidable: %2").arg(words, doubt);
}

QString line(const QString& text) {
    return QStringLiteral("<br>") + text.toHtmlEscaped();
}

} // namespace

QString doubtText(const GeneReport& report, size_t index) {
    if (const DriverResult* driver = driverAt(report, index); driver != nullptr)
        return doubtText(report, *driver);
    const auto& p = report.variants[index].eqtl.p;
    return p && *p >= clearP ? QObject::tr("the observed effect is not clear") : QString();
}

SnvDetails snvDetails(const GeneReport& report, size_t index) {
    const VariantResult& variant = report.variants[index];
    SnvDetails details;
    details.name = variantText(variant);
    details.place = placeText(variant);
    details.facts = QStringLiteral("MAF %1").arg(fixedText(variant.maf, variant.maf < 0.01 ? 4 : 2)) + dot +
                    countedText(variant.carriers, counted::carriers) + dot + distanceFact(report, variant);
    details.rows = rowsOf(report, index);
    details.verdict = verdictWords(report, index);
    details.sign = doubtText(report, index).isEmpty() ? signVerdict(report, variant) : Verdict::Undefined;
    return details;
}

QString snvToolTip(const GeneReport& report, size_t index) {
    const VariantResult& variant = report.variants[index];
    QString html = QStringLiteral("<b>%1</b>").arg(variantText(variant).toHtmlEscaped()) +
                   line(placeText(variant)) +
                   line(QStringLiteral("MAF ") + fixedText(variant.maf, variant.maf < 0.01 ? 4 : 2) + dot +
                        QObject::tr("carrier fraction %1")
                            .arg(fixedText(variant.carrierFraction, variant.carrierFraction < 0.01 ? 4 : 2)) +
                        dot + distanceFact(report, variant));
    for (const SnvDetails::Row& row : rowsOf(report, index))
        html += line(row.label + QLatin1Char(' ') + row.value);
    if (driverAt(report, index) != nullptr)
        html += line(verdictWords(report, index));
    return html;
}

QString personText(const GeneReport& report, size_t index, std::optional<size_t> variant) {
    const PersonResult& person = report.people[index];
    QStringList parts{shownName(person.sample)};
    if (variant && *variant < report.variants.size() &&
        index < report.variants[*variant].genotypes.people()) {
        parts << genotypeOf(report.variants[*variant], index);
    }
    parts << QObject::tr("observed %1").arg(effectText(person.observed))
          << QObject::tr("predicted %1").arg(effectText(person.predicted)) +
                 (person.spread ? QStringLiteral(" ± ") + effectText(*person.spread) : QString());
    return parts.join(dot);
}

QString personToolTip(const GeneReport& report, size_t index, std::optional<size_t> variant) {
    const PersonResult& person = report.people[index];
    QStringList parts = personText(report, index, variant).split(dot);
    QString html = QStringLiteral("<b>%1</b>").arg(parts.takeFirst().toHtmlEscaped());
    for (const QString& part : parts)
        html += line(part);
    return html +
           line(QObject::tr("haplotypes %1, %2")
                    .arg(effectText(report.people[index].haplotype1),
                         effectText(report.people[index].haplotype2))) +
           (person.reads ? line(QObject::tr("their reads %1, %2")
                                    .arg(countText(person.reads->first), countText(person.reads->second)))
                         : QString());
}

} // namespace diploscope::ui
