// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/saturation_shown.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <cmath>

namespace diploscope::ui {
namespace {

constexpr char fourBases[] = "ACGT";

Eigen::MatrixXd lettersOf(const Eigen::MatrixXd& effects, bool centred) {
    if (!centred)
        return effects;
    return effects.colwise() - effects.rowwise().mean(); // NaN where one of the four is
}

/// An effect is the prediction's where there is one, else the gradient's.
SaturationShown::Row shownRowOf(const QString& background, const Saturation& found,
                                const Eigen::MatrixXd* gradient, bool centred) {
    SaturationShown::Row row{background, found.bases, found.effects, {}, {}};
    if (gradient != nullptr && gradient->rows() == row.effects.rows()) {
        row.coarse = row.effects.array().isNaN() && !gradient->array().isNaN();
        if (row.coarse.any())
            row.effects = row.coarse.select(gradient->array(), row.effects.array());
        else
            row.coarse.resize(0, 4);
    }
    row.letters = lettersOf(row.effects, centred);
    return row;
}

QString summaryText(const SaturationShown& shown) {
    int64_t known = 0;
    std::optional<size_t> largest;
    double size = -1;
    size_t cell = 0;
    for (const SaturationShown::Row& row : shown.rows)
        for (Eigen::Index i = 0; i < row.effects.rows(); ++i)
            for (Eigen::Index b = 0; b < 4; ++b, ++cell) {
                const double effect = row.effects(i, b);
                if (std::isnan(effect) || row.bases[static_cast<size_t>(i)] == fourBases[b])
                    continue;
                ++known;
                if (std::abs(effect) > size) {
                    size = std::abs(effect);
                    largest = cell;
                }
            }
    QString mutants = countedText(known, QStringLiteral("mutant"), QStringLiteral("mutants"));
    if (shown.coarse > 0)
        mutants += QStringLiteral(", %1 of them by gradient").arg(countText(shown.coarse));
    return largest ? QStringLiteral("%1, largest %2").arg(mutants, shown.cellText(*largest)) : mutants;
}

QString backgroundText(const std::string& name) {
    const auto colon = name.rfind(':');
    const bool isHaplotype =
        colon != std::string::npos && colon + 2 == name.size() && (name.back() == '1' || name.back() == '2');
    return isHaplotype ? QStringLiteral("%1, haplotype %2")
                             .arg(shownName(name.substr(0, colon)), QString(QLatin1Char(name.back())))
                       : shownName(name);
}

} // namespace

QString coarseText() {
    return QStringLiteral("gradient, exact pending");
}

QString SaturationShown::cellText(size_t cell) const {
    if (rows.empty())
        return {};
    const size_t length = rows.front().bases.size();
    const size_t row = cell / (4 * length);
    const size_t place = cell / 4 % length;
    const size_t base = cell % 4;
    if (row >= rows.size())
        return {};
    const char own = rows[row].bases[place];
    const double effect =
        rows[row].effects(static_cast<Eigen::Index>(place), static_cast<Eigen::Index>(base));
    const QString at = QStringLiteral("%1:%2 %3")
                           .arg(shownName(contig), countText(first + static_cast<int64_t>(place)),
                                QString(QLatin1Char(own)));
    if (own == fourBases[base])
        return at;
    const bool isCoarse =
        rows[row].isCoarse(static_cast<Eigen::Index>(place), static_cast<Eigen::Index>(base));
    return QStringLiteral("%1>%2 %3")
        .arg(at, QString(QLatin1Char(fourBases[base])),
             std::isnan(effect) ? undefinedText()
             : isCoarse         ? QStringLiteral("≈ %1 (%2)").arg(changeText(effect), coarseText())
                                : changeText(effect));
}

double SaturationShown::largestEffect() const {
    double largest = 0;
    for (const Row& row : rows)
        for (const double effect : row.effects.reshaped())
            if (std::isfinite(effect))
                largest = std::max(largest, std::abs(effect));
    return largest;
}

SaturationShown saturationShown(const QString& gene, const QString& effectTitle,
                                const QStringList& backgrounds, const std::vector<Saturation>& rows,
                                std::optional<int64_t> focus, bool centred,
                                const std::vector<Eigen::MatrixXd>& gradients) {
    SaturationShown shown;
    shown.gene = gene;
    shown.effectTitle = effectTitle;
    shown.centred = centred;
    shown.focus = focus;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].effects.rows() == 0)
            continue;
        shown.rows.push_back(shownRowOf(backgrounds[static_cast<qsizetype>(i)], rows[i],
                                        i < gradients.size() ? &gradients[i] : nullptr, centred));
        shown.coarse += shown.rows.back().coarse.count();
    }
    if (shown.rows.empty())
        return shown;
    const Region& region = rows.front().region;
    shown.contig = region.contig;
    shown.first = region.start + 1;
    shown.xTitle = positionTitle(shownName(region.contig));
    shown.title =
        QStringLiteral("saturation of %1, %2")
            .arg(regionText(region), centred ? QStringLiteral("logo centred (effects less their mean)")
                                             : QStringLiteral("logo raw (effects)"));
    if (shown.coarse > 0)
        shown.title += QStringLiteral(" · ") + coarseText();
    shown.summary = summaryText(shown);
    return shown;
}

SaturationShown saturationShown(const ExperimentSubject& subject, const SaturationOutcome& outcome,
                                bool centred) {
    QStringList backgrounds;
    for (const std::string& name : outcome.backgrounds)
        backgrounds << backgroundText(name);
    std::optional<int64_t> focus;
    if (outcome.request.where == SaturationWish::Where::Variant && outcome.request.variant)
        focus = outcome.request.variant->position + 1;
    else if (outcome.request.where == SaturationWish::Where::Tss)
        focus = subject.gene.tss() + 1;
    return saturationShown(geneText(subject.gene),
                           withUnit(QStringLiteral("Effect"), unitText(subject.modelUnit)), backgrounds,
                           outcome.rows, focus, centred, outcome.gradients);
}

std::vector<std::array<QString, 5>> coherenceLines(const QStringList& backgrounds,
                                                   const std::vector<std::optional<Coherence>>& coherence) {
    std::vector<std::array<QString, 5>> lines;
    for (size_t row = 0; row < coherence.size(); ++row) {
        if (!coherence[row])
            continue;
        for (size_t t = 0; t < CoherenceThresholds.size(); ++t)
            lines.push_back({backgrounds[static_cast<qsizetype>(row)], percentText(CoherenceThresholds[t]),
                             fixedText(coherence[row]->attribution, 3),
                             countText(coherence[row]->basesAtLocus[t]),
                             countText(coherence[row]->distance[t])});
    }
    return lines;
}

} // namespace diploscope::ui
