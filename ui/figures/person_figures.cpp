// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/person_figures.h"

#include "charts/chart_stack.h"
#include "charts/haplotypes_chart.h"
#include "charts/waterfall_chart.h"
#include "figure/figure_names.h"
#include "figures/plotted_values.h"
#include "viewmodels/gene_text.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace diploscope::ui {
namespace {

ReadyFigure haplotypesFigure(const FigureSpec& spec) {
    const auto story = std::get<PersonFigureSpec>(spec).story;
    ReadyFigure ready;
    ready.summary = story->words;
    const bool isReference = std::all_of(story->rows.begin(), story->rows.end(),
                                         [](const PersonStory::Row& row) { return row.alleles.empty(); });
    if (isReference)
        ready.empty = QStringLiteral("Both copies are the reference.");
    ready.values = [story] { return plottedHaplotypes(*story); };
    ready.draw = [story](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<HaplotypesChart>(*story, style);
        std::vector<const MarkItem*> layers{&chart->alleles()};
        std::vector<size_t> data;
        for (const auto& [row, allele] : HaplotypesChart::sourcesOf(*story))
            data.push_back(story->rows[row].alleles[allele].variant);
        return figureOf(std::move(chart), std::move(layers), std::move(data), medium);
    };
    return ready;
}

Figure drawWaterfalls(const PersonStory& story, const ChartStyle& style, Medium medium) {
    auto stack = std::make_unique<ChartStack>(Qt::Vertical, style);
    if (medium == Medium::Paper) {
        const QStringList notes = story.largest.isEmpty() ? QStringList() : QStringList{story.largest};
        stack->setHeader(story.gene, story.title, story.words, notes);
    }
    stack->setLegend({}, WaterfallChart::legendOf(style.theme));
    const AxisRange scores = WaterfallChart::scoresOf(story);
    Figure figure;
    for (size_t path = 0; path < story.paths.size(); ++path) {
        auto* chart = new WaterfallChart(story, path, scores, style, stack.get());
        std::vector<size_t> data;
        for (const PersonStory::Step& step : story.paths[path].steps)
            data.push_back(step.variant.value_or(notShown));
        figure.tracks.push_back({chart, {&chart->withoutOthers()}, std::move(data)});
        stack->add(chart, static_cast<double>(WaterfallChart::rowsOf(story.paths[path])));
    }
    figure.widget = std::move(stack);
    return figure;
}

ReadyFigure waterfallFigure(const FigureSpec& spec) {
    const auto story = std::get<PersonFigureSpec>(spec).story;
    ReadyFigure ready;
    ready.summary = story->words;
    const size_t changes =
        std::accumulate(story->paths.begin(), story->paths.end(), size_t{0},
                        [](size_t sum, const PersonStory::Path& path) { return sum + path.changes; });
    if (changes == 0)
        ready.empty = QStringLiteral("No step leads from one sequence to the other: both are the same.");
    ready.values = [story] { return plottedSteps(*story); };
    ready.draw = [story](const ChartStyle& style, Medium medium) {
        return drawWaterfalls(*story, style, medium);
    };
    return ready;
}

/// In the order of PersonFigure.
constexpr std::array personEntries{
    FigureEntry{.name = "haplotypes",
                .kind = FigureKind::Person,
                .title = "haplotypes along the locus",
                .size = {.widthMm = twoColumnsMm, .heightMm = 50},
                .offered = {.widthMm = twoColumnsMm, .heightMm = 50},
                .choices = {},
                .maker = haplotypesFigure},
    FigureEntry{.name = "waterfall",
                .kind = FigureKind::Person,
                .title = "from step to step",
                .size = {.widthMm = oneColumnMm, .heightMm = 120},
                .offered = {.widthMm = oneColumnMm, .heightMm = 120},
                .choices = {},
                .maker = waterfallFigure},
};
static_assert(areNamed(personEntries, personFigureNames), "core/figure/figure_names.h has other names");

} // namespace

std::span<const FigureEntry> personFigures() {
    return personEntries;
}

const FigureEntry& registered(PersonFigure figure) {
    return personEntries.at(static_cast<size_t>(figure));
}

} // namespace diploscope::ui
