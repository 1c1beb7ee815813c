// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/genome_histogram.h"

#include "analysis/genome_summary.h"
#include "analysis/provenance.h"
#include "stats/drivers.h"
#include "stats/null_mixture.h"
#include "viewmodels/number_text.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

std::vector<GenomeHistogram::Bin> emptyBins(double from, double width, int count) {
    std::vector<GenomeHistogram::Bin> bins;
    for (int i = 0; i < count; ++i)
        bins.push_back({from + i * width, from + (i + 1) * width});
    return bins;
}

/// Counts one value; false where no bin holds it.
bool count(std::vector<GenomeHistogram::Bin>& bins, double value, size_t series, bool inFocus) {
    const double width = bins.front().to - bins.front().from;
    if (!(value >= bins.front().from && value <= bins.back().to))
        return false;
    const auto at = std::min(static_cast<size_t>((value - bins.front().from) / width), bins.size() - 1);
    ++bins[at].behind;
    if (inFocus)
        ++bins[at].counts[series];
    return true;
}

bool isIn(const std::vector<bool>* focus, size_t row) {
    return focus == nullptr || (*focus)[row];
}

QString noDriversUnder(const GenomeTable& table) {
    return QStringLiteral(
               "No drivers are known under %1: analyse genes with it, or import a table of drivers.")
        .arg(QString::fromStdString(table.model()));
}

QString genesText(int64_t count) {
    return countedText(count, QStringLiteral("gene"), QStringLiteral("genes"));
}

void driverDistance(GenomeHistogram& shown, const GenomeTable& table, const std::vector<bool>* focus) {
    constexpr double binWidth = 50;
    const bool ofGenes = phenotypesOf(table.provenance()) == GenePhenotypes;
    if (!ofGenes)
        shown.text.title = QStringLiteral("Driver distance to centre");
    shown.xTitle = ofGenes ? QStringLiteral("Distance to TSS, bp") : QStringLiteral("Distance to centre, bp");
    shown.yTitle = QStringLiteral("Drivers");
    shown.series = {QStringLiteral("main driver"), QStringLiteral("other")};
    shown.bins = emptyBins(-NearTss, binWidth, static_cast<int>(2 * NearTss / binWidth));
    int64_t all = 0;
    int64_t near = 0;
    for (size_t row = 0; row < table.rowCount(); ++row) {
        for (const DriverRow& driver : table.genes()[row].drivers) {
            ++all;
            if (driver.distanceToTss &&
                count(shown.bins, *driver.distanceToTss, driver.main == 1.0 ? 0 : 1, isIn(focus, row)))
                ++near;
        }
    }
    const QString drivers = countedText(all, QStringLiteral("driver"), QStringLiteral("drivers"));
    if (all == 0)
        shown.text.empty = noDriversUnder(table);
    else if (near == 0)
        shown.text.empty = (ofGenes ? QStringLiteral("None of %1 is within 1,000 bp of its gene's TSS.")
                                    : QStringLiteral("None of %1 is within 1,000 bp of its row's centre."))
                               .arg(drivers);
    else
        shown.text.summary = QStringLiteral("%1 of %2 within 1,000 bp").arg(countText(near), drivers);
}

/// So that a bin of the middle holds enough genes to mean something.
double binWidthOf(size_t genes) {
    return genes >= 2000 ? 0.02 : genes >= 200 ? 0.05 : 0.1;
}

double deviation(const std::vector<double>& values) {
    double sum = 0;
    double squares = 0;
    for (const double value : values) {
        sum += value;
        squares += value * value;
    }
    const auto n = static_cast<double>(values.size());
    return std::sqrt(std::max(0.0, squares / n - sum / n * sum / n));
}

void nullHistogram(GenomeHistogram& shown, const GenomeTable& table, const std::vector<bool>* focus) {
    shown.xTitle = QStringLiteral("r across people");
    shown.yTitle = QStringLiteral("Genes");
    shown.series = {QStringLiteral("FDR 0.05"), QStringLiteral("other genes")};
    shown.expectedName = QStringLiteral("expected");
    const std::vector<double>& q = table.numbers(*table.findColumn("q"));
    std::vector<double> r, sds;
    double largest = 0;
    for (const GeneRow& gene : table.genes()) {
        if (!gene.r || !std::isfinite(*gene.r))
            continue;
        r.push_back(*gene.r);
        largest = std::max(largest, std::abs(*gene.r));
    }
    const double width = binWidthOf(r.size());
    // Zero is between two bins, so that signs do not mix.
    const int half = std::max(1, static_cast<int>(std::ceil(largest / width - 1e-9)));
    shown.bins = emptyBins(-half * width, width, 2 * half);
    if (r.empty()) {
        shown.text.empty = QStringLiteral("No gene has an r.");
        return;
    }
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const GeneRow& gene = table.genes()[row];
        if (!gene.r || !std::isfinite(*gene.r))
            continue;
        count(shown.bins, *gene.r, q[row] <= FalseDiscoveryRate ? 0 : 1, isIn(focus, row));
        const double sd = gene.nullMean && gene.nullSd ? nullDeviation(*gene.nullMean, *gene.nullSd) : 0;
        if (sd > 0 && isIn(focus, row))
            sds.push_back(sd);
    }
    shown.text.summary = QStringLiteral("%1 with r, sd %2")
                             .arg(genesText(static_cast<int64_t>(r.size())), fixedText(deviation(r), 3));
    if (sds.empty())
        return;
    // What is expected in a bin's width round each point of the curve, which has about 200 of them. It is
    // symmetric, so half of it is computed.
    constexpr double seen = 0.002;              ///< of the curve's height
    const int halfBin = std::max(1, 50 / half); ///< in steps of the curve
    const double step = width / 2 / halfBin;
    std::vector<double> below;
    for (int i = -halfBin; i <= (2 * half + 1) * halfBin; ++i)
        below.push_back(expectedBelow(sds, i * step));
    const auto expected = [&](int i) {
        const auto at = static_cast<size_t>(std::abs(i));
        return below[at + 2 * static_cast<size_t>(halfBin)] - below[at];
    };
    for (int i = -2 * half * halfBin; i <= 2 * half * halfBin; ++i)
        if (expected(i) > seen * expected(0))
            shown.expected.emplace_back(i * step, expected(i));
    double squares = 0;
    for (const double sd : sds)
        squares += sd * sd;
    shown.text.summary += QStringLiteral("; %1 expected")
                              .arg(fixedText(std::sqrt(squares / static_cast<double>(sds.size())), 3));
}

/// Of genes whose predictions differ between people, so that R_lin is defined.
void linearR(GenomeHistogram& shown, const GenomeTable& table, const std::vector<bool>* focus) {
    constexpr double binWidth = 0.05;
    const double least = DriverThresholds{}.minimumLinearR;
    shown.xTitle = QStringLiteral("r, sums of effects and predictions");
    shown.yTitle = QStringLiteral("Genes");
    const QString limit = fixedText(least, 1);
    shown.series = {QStringLiteral("above ") + limit, QStringLiteral("up to ") + limit};
    double smallest = 0;
    for (const GeneRow& gene : table.genes())
        smallest = std::min(smallest, gene.linearR.value_or(0));
    // A few hundredths below 0 are no reason to show all of -1 to 1.
    const int below = static_cast<int>(std::ceil(-smallest / binWidth - 1e-9));
    shown.bins = emptyBins(-below * binWidth, binWidth, below + static_cast<int>(std::lround(1 / binWidth)));
    shown.bins.back().to = 1; // and no rounding beyond, or short of it
    int64_t all = 0;
    int64_t additive = 0;
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const std::optional<double>& r = table.genes()[row].linearR;
        if (!r || !std::isfinite(*r))
            continue;
        ++all;
        additive += *r > least ? 1 : 0;
        count(shown.bins, std::min(*r, 1.0), *r > least ? 0 : 1, isIn(focus, row));
    }
    if (all == 0)
        shown.text.empty = QStringLiteral("How well effects add up is not known under %1: analyse genes with "
                                          "it, or import a table of drivers.")
                               .arg(QString::fromStdString(table.model()));
    else
        shown.text.summary =
            QStringLiteral("%1 of %2 above %3").arg(countText(additive), genesText(all), fixedText(least, 1));
}

/// A bin a number, up to where a few genes with very many would leave no width to all others. Genes of
/// notable r apart: they are those whose drivers the paper looked for.
void driverCount(GenomeHistogram& shown, const GenomeTable& table, const std::vector<bool>* focus) {
    constexpr int fewDrivers = 5;
    constexpr int mostShown = 30;
    shown.xTitle = QStringLiteral("Drivers of a gene");
    shown.yTitle = QStringLiteral("Genes");
    const QString limit = fixedText(NotableR, 1);
    shown.series = {QStringLiteral("|r| > ") + limit, QStringLiteral("other genes")};
    double most = 1;
    double least = 1;
    int64_t all = 0;
    int64_t none = 0;
    int64_t one = 0;
    int64_t few = 0;
    int64_t beyond = 0;
    for (const GeneRow& gene : table.genes()) {
        if (!gene.driverCount)
            continue;
        ++all;
        none += *gene.driverCount < 1 ? 1 : 0;
        one += *gene.driverCount == 1 ? 1 : 0;
        few += *gene.driverCount >= 1 && *gene.driverCount <= fewDrivers ? 1 : 0;
        beyond += *gene.driverCount > mostShown ? 1 : 0;
        most = std::max(most, std::min<double>(*gene.driverCount, mostShown));
        least = std::min(least, std::max(*gene.driverCount, 0.0));
    }
    shown.bins = emptyBins(least - 0.5, 1, static_cast<int>(most - least) + 1);
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const GeneRow& gene = table.genes()[row];
        if (gene.driverCount)
            count(shown.bins, *gene.driverCount, gene.r && std::abs(*gene.r) > NotableR ? 0 : 1,
                  isIn(focus, row));
    }
    if (all == 0)
        shown.text.empty = noDriversUnder(table);
    else
        shown.text.summary =
            QStringLiteral("%1: %2 without a driver, %3 with one, %4 with 1 to %5")
                .arg(genesText(all), countText(none), countText(one), countText(few), countText(fewDrivers));
    if (beyond > 0)
        shown.text.summary +=
            QStringLiteral(" · %1 above %2 not shown").arg(countText(beyond), countText(mostShown));
}

} // namespace

GenomeHistogram genomeHistogram(GenomeFigure figure, const GenomeTable& table,
                                const std::vector<bool>* focus) {
    GenomeHistogram shown;
    shown.focused = focus != nullptr;
    shown.text.title = QString::fromUtf8(titleOf(figure));
    if (figure == GenomeFigure::DriverDistance)
        driverDistance(shown, table, focus);
    else if (figure == GenomeFigure::LinearR)
        linearR(shown, table, focus);
    else if (figure == GenomeFigure::DriverCount)
        driverCount(shown, table, focus);
    else
        nullHistogram(shown, table, focus);
    return shown;
}

} // namespace diploscope::ui
