// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/furniture.h"
#include "charts/saturation_chart.h"

#include "support.h"

#include <algorithm>

using namespace diploscope;
using namespace diploscope::ui;

class SaturationChartTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    /// A dot is the base that stands there: who is not told takes it for an effect.
    void theLegendNamesAllSigns_data() {
        QTest::addColumn<bool>("paper");
        QTest::addColumn<bool>("coarse");
        QTest::newRow("on screen") << false << false;
        QTest::newRow("on paper") << true << false;
        QTest::newRow("of the gradient") << true << true;
    }
    void theLegendNamesAllSigns() {
        QFETCH(bool, paper);
        QFETCH(bool, coarse);
        SaturationShown shown;
        shown.first = 101;
        shown.coarse = coarse ? 3 : 0;
        SaturationShown::Row row{QStringLiteral("reference"), "ACGTA", Eigen::MatrixXd::Random(5, 4), {}, {}};
        row.letters = row.effects;
        shown.rows = {row};
        const ChartStyle style =
            paper ? ChartStyle::paper().value() : ChartStyle::screen(darkTheme()).value();
        const Figure figure = drawSaturation(shown, style, paper ? Medium::Paper : Medium::Screen);
        const LegendItem* legend = nullptr;
        for (const QGraphicsItem* item : figure.widget->childItems())
            if (const auto* found = dynamic_cast<const LegendItem*>(item))
                legend = found;
        QVERIFY(legend != nullptr);
        QCOMPARE(legend->entries().size(), coarse ? size_t{4} : size_t{3});
        const auto saying = [&](MarkShape shape) {
            const auto& all = legend->entries();
            const auto entry = std::find_if(all.begin(), all.end(), [shape](const LegendItem::Entry& one) {
                return one.look.shape == shape;
            });
            return entry == all.end() ? QString() : entry->text;
        };
        QCOMPARE(saying(MarkShape::Circle), QStringLiteral("base of the sequence"));
        QCOMPARE(saying(MarkShape::Triangle), QStringLiteral("raises"));
        QCOMPARE(saying(MarkShape::TriangleDown), QStringLiteral("lowers"));
    }
};

QTEST_MAIN(SaturationChartTest)
#include "tst_saturation_chart.moc"
