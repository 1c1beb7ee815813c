// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of the locus with every track on, panned and zoomed as by a person, without a display: the median of
// so many, wall and processor time.
#include "analysis/gene_statistics.h"
#include "charts/chart_view.h"
#include "figures/gene_figures.h"
#include "support.h"
#include "ui/report_fixture.h"

#include <QApplication>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

struct Size {
    const char* name;
    int people;
    int snvs;
};
/// An SNV is a mark of its effect, its eQTL, its PIP and its missing genotypes, and every third one of two
/// tables, too.
constexpr Size sizes[] = {{"100,000 marks", 40, 21'500},
                          {"316 x 3,000 genotypes", 316, 3'000},
                          {"1,000 x 3,000 genotypes", 1000, 3'000}};

std::shared_ptr<const GeneReport> invented(const Size& size) {
    GeneReport report = inventReport({.people = size.people, .snvs = size.snvs});
    inventStatistics(report);
    for (size_t v = 0; v < report.variants.size(); ++v) {
        report.variants[v].missing = 1 + static_cast<int64_t>(v % 3);
        report.variants[v].poorlyGenotyped = v % 50 == 7;
    }
    return std::make_shared<const GeneReport>(std::move(report));
}

/// A signal in a thousand steps, and three hundred peaks.
LocusLayout everyTrack(const TemporaryFolder& folder, const Region& window) {
    std::string signal, peaks;
    const int64_t step = window.length() / 1000;
    for (int64_t i = 0; i < 1000; ++i) {
        const int64_t start = window.start + i * step;
        signal += window.contig + '\t' + std::to_string(start) + '\t' + std::to_string(start + step) + '\t' +
                  std::to_string(i * i % 97) + '\n';
        if (i % 3 == 0)
            peaks += window.contig + '\t' + std::to_string(start) + '\t' + std::to_string(start + step / 2) +
                     "\tpeak" + std::to_string(i) + '\n';
    }
    writeText(folder / "signal.bedgraph", signal);
    writeText(folder / "peaks.bed", peaks);
    return {.places = {{std::string(GenotypesTrack), 2}, {std::string(LinkageTrack)}},
            .files = {folder / "signal.bedgraph", folder / "peaks.bed"}};
}

using Views = std::map<std::string, std::unique_ptr<ChartView>>;

ChartView& shown(const Size& size, Views& all) {
    std::unique_ptr<ChartView>& view = all[size.name];
    if (view)
        return *view;
    const auto report = invented(size);
    GeneFigureSpec spec{
        .report = report,
        .linkages = std::make_shared<const Linkages>(Linkages{linkageWith(*report, *leadOf(*report))})};
    const TemporaryFolder folder;
    if (!arrange(spec, everyTrack(folder, report->window)) || !spec.leftOut.empty())
        qFatal("the tracks are not there");
    view = std::make_unique<ChartView>(ChartView::Zoom::AlongX);
    view->resize(1200, 1000);
    view->setChartStyle(ChartStyle::screen(lightTheme()).value());
    view->setFigure(registered(GeneFigure::Locus).make(spec).draw, ChartView::Keep::Nothing);
    view->show();
    QCoreApplication::processEvents();
    return *view;
}

void frame(benchmark::State& state, const Size& size, bool zooms, Views& all) {
    ChartView& view = shown(size, all);
    static int turn = 0;
    for (auto unused : state) {
        const bool forward = ++turn % 40 < 20;
        if (zooms)
            view.zoomBy(forward ? 1.1 : 1 / 1.1, view.middle(), false);
        else
            view.panBy({forward ? 0.003 : -0.003, 0});
        view.viewport()->repaint();
    }
    size_t marks = 0;
    for (const FigureTrack& track : view.tracks())
        for (const MarkItem* layer : track.layers)
            marks += layer->marks().size();
    state.counters["tracks"] = static_cast<double>(view.tracks().size());
    state.counters["marks"] = static_cast<double>(marks);
}

} // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    Views views; // gone before the application
    for (const Size& size : sizes)
        for (const bool zooms : {false, true})
            benchmark::RegisterBenchmark(
                (std::string(zooms ? "zoom, " : "pan, ") + size.name).c_str(),
                [&size, zooms, &views](benchmark::State& state) { frame(state, size, zooms, views); })
                ->Iterations(1)
                ->Repetitions(80)
                ->ReportAggregatesOnly()
                ->ComputeStatistics("worst",
                                    [](const std::vector<double>& frames) {
                                        return *std::max_element(frames.begin(), frames.end());
                                    })
                ->UseRealTime()
                ->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
