// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/genome_figures.h"

#include "charts/genome_histogram_chart.h"
#include "charts/genome_scatter_chart.h"
#include "figure/figure_names.h"
#include "figures/plotted_values.h"

#include <array>

namespace diploscope::ui {
namespace {

/// Draws, and tells its values.
ReadyFigure histogramOf(GenomeFigure figure, const GenomeFigureSpec& spec) {
    const auto shown =
        std::make_shared<const GenomeHistogram>(genomeHistogram(figure, *spec.table, spec.focus.get()));
    ReadyFigure ready;
    ready.values = [shown] { return plottedBins(*shown); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        return figureOf(std::make_unique<GenomeHistogramChart>(*shown, style), {}, {}, medium);
    };
    return ready;
}

ReadyFigure scatterOf(GenomeFigure figure, const GenomeFigureSpec& spec) {
    const auto shown = std::make_shared<const GenomeScatter>(
        genomeScatter(figure, *spec.table, spec.focus.get(), spec.options));
    ReadyFigure ready;
    ready.values = [shown, table = spec.table] { return plottedGenes(*shown, *table); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<GenomeScatterChart>(*shown, style);
        std::vector<const MarkItem*> layers = chart->layers();
        std::vector<size_t> rows;
        for (const auto& gene : shown->genes)
            rows.push_back(gene.row);
        return figureOf(std::move(chart), std::move(layers), std::move(rows), medium);
    };
    return ready;
}

template <GenomeFigure figure>
ReadyFigure ofGenome(const FigureSpec& any) {
    const auto& spec = std::get<GenomeFigureSpec>(any);
    // Of all genes, whichever are in focus.
    const GenomeFigureText text = genomeFigureText(figure, *spec.table, spec.options);
    ReadyFigure ready = isHistogram(figure) ? histogramOf(figure, spec) : scatterOf(figure, spec);
    ready.summary = text.summary;
    ready.empty = text.empty;
    return ready;
}

constexpr FigureSize genomeSize{.widthMm = oneColumnMm, .heightMm = 75};

template <GenomeFigure figure>
constexpr FigureEntry entryOf(const char* name, FigureChoices choices = {}) {
    return {.name = name,
            .kind = FigureKind::Genome,
            .title = titleOf(figure),
            .size = genomeSize,
            .offered = genomeSize,
            .choices = choices,
            .maker = ofGenome<figure>};
}

/// In the order of GenomeFigure.
constexpr std::array genomeEntries{entryOf<GenomeFigure::ObservedPredicted>("figure_1B"),
                                   entryOf<GenomeFigure::NullR>("figure_2A"),
                                   entryOf<GenomeFigure::PredixcanR>("figure_2C"),
                                   entryOf<GenomeFigure::SupportedR>("figure_2E"),
                                   entryOf<GenomeFigure::DriverDistance>("figure_2F"),
                                   entryOf<GenomeFigure::NullHistogram>("r-histogram"),
                                   entryOf<GenomeFigure::LinearR>("linear-r"),
                                   entryOf<GenomeFigure::DriverCount>("driver-count"),
                                   entryOf<GenomeFigure::ModelModel>("model-model", {.otherModel = true})};
static_assert(areNamed(genomeEntries, genomeFigureNames), "core/figure/figure_names.h has other names");

} // namespace

std::span<const FigureEntry> genomeFigures() {
    return genomeEntries;
}

const FigureEntry& registered(GenomeFigure figure) {
    return genomeEntries.at(static_cast<size_t>(figure));
}

} // namespace diploscope::ui
