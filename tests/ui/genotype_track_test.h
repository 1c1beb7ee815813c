// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "figures/gene_figures.h"
#include "report_fixture.h"

#include <QTest>

#include <cmath>
#include <memory>
#include <string_view>
#include <vector>

/// What tests of rows of haplotypes and of LD of pairs share.
namespace diploscope::test {

/// Two people, three SNVs at 101, 111 and 121 of a window of 1 to 200.
inline std::shared_ptr<GeneReport> smallReport() {
    auto report = std::make_shared<GeneReport>(inventReport({.people = 2, .snvs = 3, .drivers = 0}));
    report->window = {"chr1", 0, 200};
    constexpr auto Ref = HaplotypeAllele::Reference;
    constexpr auto Alt = HaplotypeAllele::Alternate;
    const std::vector<std::vector<HaplotypeAllele>> haplotypes{{Alt, Ref, Alt, Ref},
                                                               {Alt, Ref, Ref, HaplotypeAllele::Other},
                                                               {Alt, Ref, Alt, HaplotypeAllele::Missing}};
    for (size_t v = 0; v < 3; ++v) {
        report->variants[v].position = 100 + 10 * static_cast<int64_t>(v);
        report->variants[v].genotypes = haplotypesWith(haplotypes[v]);
    }
    report->people[0].haplotype1 = 1;
    report->people[0].haplotype2 = 4;
    report->people[1].haplotype1 = std::nan("");
    report->people[1].haplotype2 = 2;
    report->people[0].observed = 9;
    report->people[1].observed.reset();
    return report;
}

inline ui::GeneFigureSpec specWith(const std::shared_ptr<const GeneReport>& report,
                                   const ui::LocusLayout& layout) {
    ui::GeneFigureSpec spec{.report = report};
    if (!arrange(spec, layout))
        qFatal("not arranged");
    return spec;
}

inline const ui::FigureTrack* trackOf(const ui::ChartView& view, std::string_view key) {
    for (const ui::FigureTrack& track : view.tracks())
        if (track.key == key)
            return &track;
    return nullptr;
}

/// The locus in a view that is shown.
inline std::unique_ptr<ui::ChartView> viewOf(const ui::GeneFigureSpec& spec, QSize size = {1200, 800}) {
    using namespace ui;
    auto view = std::make_unique<ChartView>(ChartView::Zoom::AlongX);
    view->resize(size);
    view->setChartStyle(ChartStyle::screen(lightTheme()).value());
    view->setFigure(registered(GeneFigure::Locus).make(spec).draw, ChartView::Keep::Nothing);
    view->show();
    QTest::qWait(30);
    return view;
}

} // namespace diploscope::test
