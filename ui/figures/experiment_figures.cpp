// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/experiment_figures.h"

#include "charts/before_after_chart.h"
#include "charts/saturation_chart.h"
#include "figure/figure_names.h"
#include "figures/plotted_values.h"

#include <array>
#include <numeric>

namespace diploscope::ui {
namespace {

ReadyFigure beforeAfterFigure(const FigureSpec& any) {
    const auto shown = std::get<ExperimentFigureSpec>(any).moves;
    ReadyFigure ready;
    if (!shown || shown->people.empty()) {
        ready.empty = QStringLiteral("Nobody has both an observed and a predicted expression.");
        ready.draw = [](const ChartStyle& style, Medium medium) {
            return figureOf(std::make_unique<BeforeAfterChart>(BeforeAfter{}, style), {}, {}, medium);
        };
        return ready;
    }
    ready.summary = shown->summary;
    ready.values = [shown] { return plottedMoves(*shown); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<BeforeAfterChart>(*shown, style);
        std::vector<const MarkItem*> layers{&chart->after()};
        std::vector<size_t> people(shown->people.size());
        std::iota(people.begin(), people.end(), size_t{0});
        return figureOf(std::move(chart), std::move(layers), std::move(people), medium);
    };
    return ready;
}

ReadyFigure saturationFigure(const FigureSpec& any) {
    const auto shown = std::get<ExperimentFigureSpec>(any).saturation;
    ReadyFigure ready;
    const bool isThere = shown && !shown->rows.empty();
    if (isThere)
        ready.summary = shown->summary;
    else
        ready.empty = QStringLiteral("No stretch was saturated.");
    const auto drawn = isThere ? shown : std::make_shared<const SaturationShown>();
    ready.values = [drawn] { return plottedBases(*drawn); };
    ready.draw = [drawn](const ChartStyle& style, Medium medium) {
        return drawSaturation(*drawn, style, medium);
    };
    return ready;
}

/// In the order of ExperimentFigure.
constexpr std::array tried{
    FigureEntry{.name = "before-after",
                .kind = FigureKind::Experiment,
                .title = "predictions before and after",
                .size = {.widthMm = oneColumnMm, .heightMm = 72},
                .offered = {.widthMm = oneColumnMm, .heightMm = 75},
                .choices = {.moves = true},
                .maker = beforeAfterFigure},
    FigureEntry{.name = "saturation",
                .kind = FigureKind::Experiment,
                .title = "saturation mutagenesis",
                .size = {.widthMm = twoColumnsMm, .heightMm = 110},
                .offered = {.widthMm = twoColumnsMm, .heightMm = 110},
                .choices = {.stretch = true},
                .maker = saturationFigure},
};
static_assert(areNamed(tried, experimentFigureNames), "core/figure/figure_names.h has other names");

} // namespace

std::span<const FigureEntry> experimentFigures() {
    return tried;
}

const FigureEntry& registered(ExperimentFigure figure) {
    return tried.at(static_cast<size_t>(figure));
}

} // namespace diploscope::ui
