// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/genome_figures.h"

#include "charts/genome_histogram_chart.h"
#include "charts/genome_scatter_chart.h"

namespace diploscope::ui {
namespace {

/// \param track of the chart, but for the chart
Figure figureOf(std::unique_ptr<PlotChart> chart, FigureTrack track, Medium medium) {
    if (medium == Medium::Screen)
        chart->hideHeader();
    Figure figure;
    track.chart = chart.get();
    figure.tracks.push_back(std::move(track));
    figure.widget = std::move(chart);
    return figure;
}

} // namespace

FigureMaker genomeFigure(GenomeFigure figure, const std::shared_ptr<const GenomeTable>& table,
                         const std::shared_ptr<const std::vector<bool>>& focus,
                         const GenomeFigureOptions& options) {
    if (isHistogram(figure)) {
        const auto shown =
            std::make_shared<const GenomeHistogram>(genomeHistogram(figure, *table, focus.get()));
        return [shown](const ChartStyle& style, Medium medium) {
            return figureOf(std::make_unique<GenomeHistogramChart>(*shown, style), {}, medium);
        };
    }
    const auto shown =
        std::make_shared<const GenomeScatter>(genomeScatter(figure, *table, focus.get(), options));
    return [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<GenomeScatterChart>(*shown, style);
        FigureTrack track{nullptr, chart->layers(), {}};
        for (const auto& gene : shown->genes)
            track.datum.push_back(gene.row);
        return figureOf(std::move(chart), std::move(track), medium);
    };
}

} // namespace diploscope::ui
