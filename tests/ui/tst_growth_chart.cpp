// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/growth_chart.h"
#include "export/figure_export.h"

#include "support.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestGrowthChart : public QObject {
    Q_OBJECT

    const std::vector<GrowthCurve> m_curves{
        {"people", "statistics", {{400, 0.1, 30}, {4'000, 1, 60}, {40'000, 20, 300}}},
        {"SNVs", "statistics", {{1'000, 0.5, 40}, {100'000, 0.05, 40}}}};

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    /// In powers of ten of the smallest size and of what it took.
    void marksAreMultiples() {
        const ChartStyle style = ChartStyle::paper().value();
        const GrowthChart chart(m_curves, &GrowthPoint::cpuSeconds, "Processor time", style);
        QCOMPARE(chart.marks().marks().size(), size_t{5});
        for (const Mark& mark : chart.marks().marks()) {
            QVERIFY(mark.source < 2);
            if (mark.x == 0)
                QCOMPARE(mark.y, 0.0);
            else if (mark.source == 1)
                QVERIFY(std::abs(mark.x - 2) < 1e-12 && std::abs(mark.y + 1) < 1e-12);
            else if (mark.x > 1.5)
                QVERIFY(std::abs(mark.y - std::log10(200)) < 1e-12);
        }
        // All of them are seen, and what is in proportion to the largest.
        QVERIFY(chart.fullY().lower < -1 && chart.fullY().upper > std::log10(200));
        QVERIFY(chart.fullX().upper > 2);
    }

    /// Two things that grow differ in shape, too.
    void thingsDiffer() {
        const ChartStyle style = ChartStyle::paper().value();
        const GrowthChart chart(m_curves, &GrowthPoint::peakMegabytes, "Peak memory", style);
        std::map<uint32_t, std::set<std::pair<int, int>>> looks;
        for (const Mark& mark : chart.marks().marks())
            looks[mark.source].insert({mark.colour, static_cast<int>(mark.shape)});
        QCOMPARE(looks[0].size(), size_t{1});
        QCOMPARE(looks[1].size(), size_t{1});
        QVERIFY(looks[0].begin()->first != looks[1].begin()->first);
        QVERIFY(looks[0].begin()->second != looks[1].begin()->second);
    }

    void isPrinted() {
        const auto figure = growthFigure(m_curves, ChartStyle::paper().value());
        const auto drawn = drawFigure(*figure, {174, 85, 300}, {"Growth", {}}, FigureFormat::Svg);
        DS_VERIFY(drawn);
        const QByteArray svg = drawn->bytes().value();
        for (const char* word : {"Processor time", "Peak memory", "people", "SNVs", "in proportion"})
            QVERIFY2(svg.contains(word), word);
    }
};

QTEST_MAIN(TestGrowthChart)
#include "tst_growth_chart.moc"
