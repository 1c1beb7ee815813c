// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_text.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"

#include <QObject>
#include <QStringList>

#include <algorithm>
#include <cstdlib>

namespace diploscope::ui {

QString shownName(const std::string& name) {
    constexpr QChar isolate(0x2068);
    constexpr QChar endOfIsolate(0x2069);
    QString shown;
    bool fromRight = false;
    for (const QChar letter : QString::fromStdString(name)) {
        const QChar::Category category = letter.category();
        const bool steers = category == QChar::Other_Control || category == QChar::Other_Format ||
                            category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
        shown += steers ? QChar(QChar::ReplacementCharacter) : letter;
        fromRight = fromRight || letter.direction() == QChar::DirR || letter.direction() == QChar::DirAL;
    }
    return fromRight ? isolate + shown + endOfIsolate : shown;
}

QString breakable(const QString& text) {
    constexpr int longWord = 16;
    QString broken;
    int letters = 0;
    for (const QChar letter : text) {
        letters = letter.isSpace() ? 0 : letters + 1;
        broken += letter;
        if (letters == longWord && !letter.isHighSurrogate()) {
            broken += QChar(0x200B);
            letters = 0;
        }
    }
    return broken;
}

QString geneText(const Gene& gene) {
    return shownName(gene.name.empty() ? gene.id : gene.name);
}

QString variantText(const VariantResult& variant) {
    if (!variant.id.empty() && variant.id != ".")
        return shownName(variant.id);
    return QStringLiteral("%1:%2").arg(QString::fromStdString(variant.contig)).arg(variant.position + 1);
}

QString variantCountText(const GeneReport& report) {
    const bool areSnvs = std::all_of(report.variants.begin(), report.variants.end(),
                                     [](const VariantResult& variant) { return isSnv(variant); });
    return countedText(static_cast<int64_t>(report.variants.size()),
                       areSnvs ? counted::snvs : counted::variants);
}

QString growthText(const Variant& variant) {
    const auto growth = static_cast<int64_t>(variant.alt.size()) - static_cast<int64_t>(variant.ref.size());
    if (growth == 0)
        return {};
    return (growth > 0 ? QStringLiteral("+%1 bp") : QStringLiteral("−%1 bp"))
        .arg(countText(std::abs(growth)));
}

QString variantWithGrowth(const VariantResult& variant) {
    const QString growth = growthText(variant);
    return growth.isEmpty() ? variantText(variant) : variantText(variant) + QLatin1Char(' ') + growth;
}

QString placeText(const Variant& variant) {
    constexpr size_t longest = 12;
    const auto shown = [](const std::string& allele) {
        return allele.size() <= longest ? QString::fromStdString(allele)
                                        : QStringLiteral("%1 bp").arg(allele.size());
    };
    return QStringLiteral("%1:%2 %3>%4")
        .arg(shownName(variant.contig), countText(variant.position + 1), shown(variant.ref),
             shown(variant.alt));
}

QString variantWithAlleles(const VariantResult& variant) {
    if (variant.ref.size() != 1 || variant.alt.size() != 1)
        return variantText(variant);
    return QStringLiteral("%1 %2/%3")
        .arg(variantText(variant), otherAllele(variant), QString::fromStdString(variant.effectAllele));
}

std::optional<size_t> mainDriver(const GeneReport& report) {
    for (const DriverResult& driver : report.drivers)
        if (driver.driver.main)
            return driver.variant;
    return std::nullopt;
}

QString otherAllele(const VariantResult& variant) {
    return QString::fromStdString(variant.effectAllele == variant.ref ? variant.alt : variant.ref);
}

std::array<QString, 3> genotypesOf(const VariantResult& variant) {
    const QString effect = QString::fromStdString(variant.effectAllele);
    const QString other = otherAllele(variant);
    if (effect.size() != 1 || other.size() != 1)
        return {QObject::tr("0 copies"), QObject::tr("1 copy"), QObject::tr("2 copies")};
    std::array<QString, 3> texts{other + other, other + effect, effect + effect};
    if (variant.genotypes.hasOneCopies()) { // "GG, G": people with one copy are of the group, too
        const bool asTwo = variant.genotypes.haploidDosage() == HaploidDosage::AsTwo;
        texts[0] += QStringLiteral(", ") + other;
        texts[asTwo ? 2 : 1] += QStringLiteral(", ") + effect;
    }
    return texts;
}

QString genotypeOf(const VariantResult& variant, size_t person) {
    const uint8_t copies = variant.genotypes.copies(person);
    if (copies == SnvGenotypes::NoGenotype)
        return QObject::tr("no genotype");
    if (!variant.genotypes.hasOneCopy(person))
        return genotypesOf(variant)[copies].section(QStringLiteral(", "), 0, 0);
    const QString allele = copies > 0 ? QString::fromStdString(variant.effectAllele) : otherAllele(variant);
    return QObject::tr("one copy, %1").arg(allele);
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

QString positionTitle(const QString& contig) {
    const bool bare = contig.size() <= 2 && !contig.isEmpty();
    return QStringLiteral("Position on ") + (bare ? QStringLiteral("chromosome ") + contig : contig);
}

QString regionText(const Region& region) {
    return QStringLiteral("%1:%2–%3")
        .arg(QString::fromStdString(region.contig), countText(region.start + 1), countText(region.end));
}

bool hasNoEffects(const GeneReport& report) {
    return report.listed &&
           std::find(report.listed->has.begin(), report.listed->has.end(), true) == report.listed->has.end();
}

QString driversText(const GeneReport& report) {
    if (!report.complete)
        return QObject::tr("drivers not known yet");
    if (hasNoEffects(report))
        return QObject::tr("this model has no effects here, and so no drivers");
    if (!report.linearR)
        return QObject::tr("no drivers: predictions do not differ");
    if (!report.additive)
        return QObject::tr("not additive (R_lin = %1)").arg(ratioText(report.linearR));
    if (report.drivers.empty())
        return QObject::tr("no drivers");
    return driverCountText(static_cast<int64_t>(report.drivers.size()), report.support());
}

QString driverCountText(int64_t drivers, const Support& support) {
    QStringList parts{countedText(drivers, counted::drivers)};
    for (const auto& [standing, count] : {std::pair(Standing::Supported, support.supported),
                                          std::pair(Standing::Unsupported, support.unsupported),
                                          std::pair(Standing::Undecidable, support.undecidable),
                                          std::pair(Standing::Undefined, support.undefined)})
        if (count > 0)
            parts << countText(count) + QLatin1Char(' ') + standingText(standing);
    return parts.join(QStringLiteral(" · "));
}

QString correlationText(const GeneReport& report) {
    QString text = QStringLiteral("r = ") + ratioText(report.pearson.r);
    if (report.pearson.r && report.rInterval)
        text += QChar(QChar::Nbsp) +
                bracketText(ratioText(report.rInterval->low), ratioText(report.rInterval->high));
    return text;
}

QString standingText(Standing standing) {
    return translated(toText(standing));
}

QString doubtText(const GeneReport& report, const DriverResult& driver) {
    if (driver.standing() != Standing::Undecidable)
        return {};
    if (driver.doubt == Doubt::IntervalHoldsZero)
        return QObject::tr("the slope’s 95\u00a0% interval holds\u00a0%1").arg(0);
    return QObject::tr("the slope’s sign flips given the lead variant %1")
        .arg(report.lead ? variantText(report.variants[*report.lead]) : QString())
        .trimmed();
}

QString supportText(const GeneReport& report) {
    const Support support = report.support();
    if (support.withSign() == 0)
        return {};
    QString text = QObject::tr("by sign: %1 of %2 supported")
                       .arg(countText(support.bySign), countText(support.withSign()));
    if (const auto byGain = support.fractionByGain())
        text = QObject::tr("%1, %2 of the gain").arg(text, percentText(*byGain));
    return text;
}

std::vector<DriverMark> driverMarks(const GeneReport& report, const std::vector<size_t>& pointOf) {
    std::vector<DriverMark> marks;
    for (const DriverResult& driver : report.drivers) {
        if (pointOf[driver.variant] == notShown)
            continue;
        marks.push_back({pointOf[driver.variant], variantWithGrowth(report.variants[driver.variant]),
                         driver.standing(), driver.driver.gain, driver.driver.main});
    }
    return marks;
}

} // namespace diploscope::ui
