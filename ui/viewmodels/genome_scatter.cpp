// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/genome_scatter.h"

#include "analysis/genome_summary.h"
#include "analysis/provenance.h"
#include "stats/correlation.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/point_density.h"

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

using Gene = GenomeScatter::Gene;
using Kind = GenomeScatter::Kind;

constexpr size_t labelsPerRule = 3;
constexpr size_t fewestForDensity = 500; ///< fewer genes are seen one by one

bool known(const std::optional<double>& value) {
    return value && std::isfinite(*value);
}

QString nameOf(const GeneRow& gene) {
    return QString::fromStdString(gene.geneName.empty() ? gene.geneId : gene.geneName);
}

/// "r" where it is the table's own.
QString rOf(const std::string& model) {
    return QStringLiteral("r, ") + QString::fromStdString(model);
}

/// " · 12 lack r"; empty for none.
QString leftOut(size_t count, const QString& what) {
    return count == 0 ? QString()
                      : QStringLiteral(" · %1 lack %2").arg(countText(static_cast<int64_t>(count)), what);
}

QString geneCount(size_t count) {
    return countedText(static_cast<int64_t>(count), QStringLiteral("gene"), QStringLiteral("genes"));
}

std::optional<double> correlation(const std::vector<Gene>& genes) {
    Eigen::VectorXd x(static_cast<Eigen::Index>(genes.size()));
    Eigen::VectorXd y(x.size());
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        x[i] = genes[static_cast<size_t>(i)].x;
        y[i] = genes[static_cast<size_t>(i)].y;
    }
    return pearson(x, y).r;
}

/// By significance and sign of the model's own r.
void tellApart(GenomeScatter& shown, const GenomeTable& table) {
    const std::vector<double>& q = table.numbers(*table.findColumn("q"));
    std::array<bool, 3> present{};
    for (Gene& gene : shown.genes) {
        const double r = *table.genes()[gene.row].r;
        if (q[gene.row] <= FalseDiscoveryRate)
            gene.kind = r > 0 ? Kind::Positive : Kind::Negative;
        present[static_cast<size_t>(gene.kind)] = true;
    }
    const std::array<std::pair<Kind, QString>, 3> names{{{Kind::Positive, QStringLiteral("r > 0, FDR 0.05")},
                                                         {Kind::Negative, QStringLiteral("r < 0, FDR 0.05")},
                                                         {Kind::Other, QStringLiteral("other")}}};
    for (const auto& name : names)
        if (present[static_cast<size_t>(name.first)])
            shown.kinds.push_back(name);
}

/// Shades by the mean prediction, from the genes' first percentile to their last: a few genes with a score
/// far off would leave all others one colour.
void shadeByPrediction(GenomeScatter& shown, const GenomeTable& table) {
    std::vector<double> values;
    for (const Gene& gene : shown.genes)
        if (const auto& mean = table.genes()[gene.row].meanPredicted; known(mean))
            values.push_back(*mean);
    if (values.empty())
        return;
    std::sort(values.begin(), values.end());
    const size_t cut = values.size() / 100;
    const double lower = values[cut];
    const double upper = values[values.size() - 1 - cut];
    if (!(lower < upper))
        return;
    shown.shading = GenomeScatter::Shading::Prediction;
    shown.scaleTitle = QStringLiteral("Prediction");
    for (Gene& gene : shown.genes)
        gene.shade = std::clamp(
            (table.genes()[gene.row].meanPredicted.value_or(lower) - lower) / (upper - lower), 0.0, 1.0);
    const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(upper - lower))), 0, 6);
    const auto end = [&](double value, bool passed, char16_t sign) {
        return (passed ? QString(QChar(sign)) : QString()) + fixedText(value, decimals);
    };
    shown.scaleTicks = {{0, end(lower, values.front() < lower, u'≤')},
                        {0.5, fixedText((lower + upper) / 2, decimals)},
                        {1, end(upper, values.back() > upper, u'≥')}};
}

void observedPredicted(GenomeScatter& shown, const GenomeTable& table) {
    const bool reference = std::any_of(table.genes().begin(), table.genes().end(),
                                       [](const GeneRow& gene) { return known(gene.referenceScore); });
    // Rows stored by an earlier version tell no units.
    shown.xTitle = withUnit(QStringLiteral("Mean observed expression"),
                            unitText(provenanceLine(table.provenance(), "observed_unit")));
    shown.yTitle = withUnit(reference ? QStringLiteral("Prediction from the reference")
                                      : QStringLiteral("Mean prediction"),
                            unitText(provenanceLine(table.provenance(), "model_unit")));
    std::vector<double> x, y;
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const GeneRow& gene = table.genes()[row];
        const std::optional<double>& predicted = reference ? gene.referenceScore : gene.meanPredicted;
        if (!known(gene.meanObserved) || !known(predicted))
            continue;
        x.push_back(*gene.meanObserved);
        y.push_back(*predicted);
        shown.genes.push_back({.x = x.back(), .y = y.back(), .row = row});
    }
    if (shown.genes.empty()) {
        shown.text.empty = QStringLiteral("No gene has both a mean observed expression and a prediction.");
        return;
    }
    if (shown.genes.size() >= fewestForDensity) {
        const std::vector<double> density = pointDensity(x, y);
        // The square root, so that the sparse part is told apart too.
        for (size_t i = 0; i < density.size(); ++i)
            shown.genes[i].shade = std::sqrt(density[i]);
        shown.shading = GenomeScatter::Shading::Density;
        shown.scaleTitle = QStringLiteral("Density");
        shown.scaleTicks = {{0, QStringLiteral("low")}, {1, QStringLiteral("high")}};
    }
    shown.text.summary =
        QStringLiteral("r = %1 over %2").arg(ratioText(correlation(shown.genes)), geneCount(x.size())) +
        leftOut(table.rowCount() - x.size(), QStringLiteral("one"));
}

/// The significant genes at the edges of the cloud: of each sign the three with the largest |r|, then the
/// three with the smallest p.
void nameExtremes(GenomeScatter& shown, const GenomeTable& table) {
    const std::vector<double>& q = table.numbers(*table.findColumn("q"));
    const auto name = [&](std::vector<size_t>& order, auto telling) {
        const size_t count = std::min(order.size(), labelsPerRule);
        const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
        std::partial_sort(order.begin(), end, order.end(), [&](size_t a, size_t b) {
            return std::pair(-telling(a), a) < std::pair(-telling(b), b);
        });
        for (auto i = order.begin(); i != end; ++i)
            shown.labels.push_back({*i, nameOf(table.genes()[shown.genes[*i].row])});
        order.erase(order.begin(), end);
    };
    std::array<std::vector<size_t>, 2> ofSign;
    for (size_t i = 0; i < shown.genes.size(); ++i)
        if (q[shown.genes[i].row] <= FalseDiscoveryRate && !shown.behind[i])
            ofSign[shown.genes[i].y > 0 ? 0 : 1].push_back(i);
    for (auto& order : ofSign)
        name(order, [&](size_t i) { return std::abs(shown.genes[i].y); });
    for (auto& order : ofSign)
        name(order, [&](size_t i) { return shown.genes[i].x; });
}

void nullR(GenomeScatter& shown, const GenomeTable& table) {
    const bool published = table.null() == NullChoice::Published;
    const QString shortNull =
        published ? QStringLiteral("as published") : QString::fromUtf8(toText(table.null()).data());
    const QString null =
        published ? QStringLiteral("null as published") : shortNull + QStringLiteral(" null");
    shown.xTitle = QStringLiteral("−log₁₀ p, ") + null;
    shown.yTitle = QStringLiteral("r across people");
    shown.lines = {{.vertical = false, .value = 0}};
    shown.leastX = {0, 2};
    const std::vector<double>& p = table.numbers(*table.findColumn("p_null"));
    const std::vector<double>& allQ = table.numbers(*table.findColumn("q"));
    std::vector<double> x, q;
    size_t vanished = 0;
    size_t notTestable = 0;
    double farthest = 0;
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const std::optional<double>& r = table.genes()[row].r;
        if (!known(r))
            continue;
        if (table.genes()[row].nullTestable == 0.0) { // before p is asked for: not every null has one then
            ++notTestable;
            continue;
        }
        if (!std::isfinite(p[row]))
            continue;
        const double minusLogP = p[row] > 0 ? std::max(0.0, -std::log10(p[row])) : INFINITY;
        vanished += p[row] > 0 ? 0 : 1;
        if (p[row] > 0)
            farthest = std::max(farthest, minusLogP);
        shown.genes.push_back({.x = minusLogP, .y = *r, .row = row});
        q.push_back(allQ[row]);
    }
    if (shown.genes.empty()) {
        shown.text.empty = QStringLiteral("No gene has an r with a p under its own null: analyse genes whose "
                                          "expression is measured.");
        return;
    }
    for (Gene& gene : shown.genes) {
        // A p that underflowed stands at the right edge.
        gene.x = std::isfinite(gene.x) ? gene.x : std::max(farthest, 2.0);
        x.push_back(gene.x);
    }
    if (const auto line = fdrLine(x, q))
        shown.lines.push_back({true, *line, true, QStringLiteral("FDR 0.05")});
    shadeByPrediction(shown, table);
    const GenomeSummary summary = summarise(table);
    shown.text.summary =
        QStringLiteral("%1 of %2 at FDR 0.05, %3")
            .arg(countText(summary.significant), geneCount(static_cast<size_t>(summary.withR)), shortNull) +
        leftOut(table.rowCount() - x.size() - notTestable, QStringLiteral("r or p"));
    if (notTestable > 0)
        shown.text.summary +=
            QStringLiteral(" · %1 not testable").arg(countText(static_cast<int64_t>(notTestable)));
    if (vanished > 0)
        shown.text.summary +=
            QStringLiteral(" · %1 with p = 0 at the edge").arg(countText(static_cast<int64_t>(vanished)));
}

void predixcanR(GenomeScatter& shown, const GenomeTable& table) {
    shown.xTitle = QStringLiteral("r, PrediXcan");
    shown.yTitle = rOf(table.model());
    for (const bool vertical : {false, true})
        for (const double value : {-NotableR, NotableR})
            shown.lines.push_back({.vertical = vertical, .value = value, .threshold = true});
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const GeneRow& gene = table.genes()[row];
        if (known(gene.predixcanR) && known(gene.r))
            shown.genes.push_back({.x = *gene.predixcanR, .y = *gene.r, .row = row});
    }
    if (shown.genes.empty()) {
        const bool any = std::any_of(table.genes().begin(), table.genes().end(),
                                     [](const GeneRow& gene) { return known(gene.predixcanR); });
        shown.text.empty = any ? QStringLiteral("No gene has an r of both PrediXcan and this model.")
                               : QStringLiteral("No PrediXcan database: name one in the study, or train one "
                                                "with `diploscope predixcan train`.");
        return;
    }
    tellApart(shown, table);
    const GenomeSummary::Predixcan summary = summarise(table).predixcan;
    shown.means = {*summary.meanR, *summary.meanModelR};
    shown.text.summary =
        QStringLiteral("%1 with both · mean r %2 and %3")
            .arg(geneCount(shown.genes.size()), ratioText(summary.meanR), ratioText(summary.meanModelR));
}

/// Up to three numbers that show how marks grow, the largest mark's too. \param most of a gene
std::vector<int> legendSizes(double most) {
    const int largest = static_cast<int>(std::clamp(most, 1.0, double(GenomeScatter::mostDriversShown)));
    std::vector<int> sizes;
    for (const int size : {1, 2, 5, 10})
        if (size < largest)
            sizes.push_back(size);
    sizes.push_back(largest);
    if (sizes.size() > 3)
        sizes = {sizes.front(), sizes[sizes.size() / 2], sizes.back()};
    return sizes;
}

/// Of the genes whose drivers the paper looked for: |r| > 0.2.
void supportedR(GenomeScatter& shown, const GenomeTable& table) {
    shown.xTitle = QStringLiteral("r across people");
    shown.yTitle = QStringLiteral("Fraction of drivers supported");
    shown.lines = {{.vertical = true, .value = 0}};
    shown.leastY = {0, 1};
    double most = 0;
    bool anyDrivers = false;
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const GeneRow& gene = table.genes()[row];
        if (!known(gene.r) || !known(gene.fractionSupported) || !known(gene.driverCount))
            continue;
        anyDrivers = true;
        if (std::abs(*gene.r) <= NotableR)
            continue;
        most = std::max(most, *gene.driverCount);
        shown.genes.push_back({.x = *gene.r,
                               .y = *gene.fractionSupported,
                               .kind = *gene.r > 0 ? Kind::Positive : Kind::Negative,
                               .drivers = *gene.driverCount,
                               .row = row});
    }
    if (shown.genes.empty()) {
        shown.text.empty = anyDrivers
                               ? QStringLiteral("No gene with drivers has |r| above 0.2.")
                               : QStringLiteral("No drivers are known under %1: analyse genes with it, or "
                                                "import a table of drivers.")
                                     .arg(QString::fromStdString(table.model()));
        return;
    }
    shown.kinds = {{Kind::Positive, QStringLiteral("r > 0.2")}, {Kind::Negative, QStringLiteral("r < −0.2")}};
    shown.sizes = legendSizes(most);
    const GenomeSummary::Drivers drivers = summarise(table).drivers;
    shown.text.summary = geneCount(shown.genes.size()) +
                         QStringLiteral(" · supported %1 where r > 0.2, %2 where r < −0.2")
                             .arg(ratioText(drivers.supportedPositive), ratioText(drivers.supportedNegative));
    if (drivers.undecidable > 0) // by sign, as the paper counts
        shown.text.summary +=
            QStringLiteral(" · %1 of %2 undecidable")
                .arg(countText(drivers.undecidable),
                     countedText(drivers.drivers, QStringLiteral("driver"), QStringLiteral("drivers")));
}

void modelModel(GenomeScatter& shown, const GenomeTable& table, const GenomeFigureOptions& options) {
    shown.yTitle = rOf(table.model());
    shown.lines = {{.vertical = false, .value = 0}, {.vertical = true, .value = 0}};
    shown.diagonal = true;
    const std::vector<std::string> others = otherModels(table);
    const std::string other =
        options.otherModel.empty() && !others.empty() ? others.front() : options.otherModel;
    shown.xTitle = other.empty() ? QStringLiteral("r, another model") : rOf(other);
    if (const auto column = table.findColumn("r_" + other); column && !other.empty()) {
        const std::vector<double>& r = table.numbers(*column);
        for (size_t row = 0; row < table.rowCount(); ++row)
            if (const GeneRow& gene = table.genes()[row]; known(gene.r) && std::isfinite(r[row]))
                shown.genes.push_back({.x = r[row], .y = *gene.r, .row = row});
    }
    if (shown.genes.empty()) {
        shown.text.empty = others.empty() ? QStringLiteral("No other model has been run on these genes.")
                                          : QStringLiteral("No gene has an r under both models.");
        return;
    }
    // One scale for both.
    for (const Gene& gene : shown.genes)
        for (std::vector<double>* least : {&shown.leastX, &shown.leastY})
            least->insert(least->end(), {gene.x, gene.y});
    tellApart(shown, table);
    shown.text.summary = QStringLiteral("%1 under both · r = %2 between them")
                             .arg(geneCount(shown.genes.size()), ratioText(correlation(shown.genes)));
}

} // namespace

std::optional<double> fdrLine(const std::vector<double>& minusLogP, const std::vector<double>& q) {
    std::optional<double> least;
    std::optional<double> next;
    for (size_t i = 0; i < q.size(); ++i) {
        const double x = minusLogP[i];
        if (q[i] <= FalseDiscoveryRate)
            least = std::min(least.value_or(x), x);
        else
            next = std::max(next.value_or(x), x);
    }
    if (!least || !next)
        return least;
    return (*least + *next) / 2;
}

GenomeScatter genomeScatter(GenomeFigure figure, const GenomeTable& table, const std::vector<bool>* focus,
                            const GenomeFigureOptions& options) {
    GenomeScatter shown;
    shown.text.title = QString::fromUtf8(titleOf(figure));
    switch (figure) {
    case GenomeFigure::ObservedPredicted:
        observedPredicted(shown, table);
        break;
    case GenomeFigure::NullR:
        nullR(shown, table);
        break;
    case GenomeFigure::PredixcanR:
        predixcanR(shown, table);
        break;
    case GenomeFigure::SupportedR:
        supportedR(shown, table);
        break;
    case GenomeFigure::ModelModel:
        modelModel(shown, table, options);
        break;
    case GenomeFigure::DriverDistance:
    case GenomeFigure::NullHistogram:
    case GenomeFigure::LinearR:
    case GenomeFigure::DriverCount:
        break;
    }
    shown.behind.assign(shown.genes.size(), false);
    for (size_t i = 0; focus != nullptr && i < shown.genes.size(); ++i)
        shown.behind[i] = !(*focus)[shown.genes[i].row];
    if (figure == GenomeFigure::NullR)
        nameExtremes(shown, table);
    return shown;
}

} // namespace diploscope::ui
