// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/furniture.h"
#include "ui/drawn_text.h"

#include "support.h"

#include <QStringList>

using namespace diploscope;
using namespace diploscope::ui;

class FurnitureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    /// A legend without its heading does not say which SNV the genotypes are of, or what the marks are.
    void aLegendKeepsItsHeading_data() {
        QTest::addColumn<int>("entries");
        QTest::newRow("genotypes") << 3;
        QTest::newRow("one mark") << 1;
        QTest::newRow("a heading alone") << 0;
    }
    void aLegendKeepsItsHeading() {
        QFETCH(int, entries);
        const ChartStyle style = ChartStyle::paper().value();
        const QStringList names{QStringLiteral("GG (108)"), QStringLiteral("GC (201)"),
                                QStringLiteral("CC (91)")};
        std::vector<LegendItem::Entry> marks;
        for (int i = 0; i < entries; ++i)
            marks.push_back({names[i], style.theme.genotypes[static_cast<size_t>(i)]});
        LegendItem legend(QStringLiteral("dsv0009805 G/C"), marks, style, nullptr);
        for (double width = 45; width < 300; width += 1) {
            legend.setRect(QRectF(0, 0, width, legend.height(width)));
            test::TextRecorder recorder(QSize(400, 200));
            QPainter painter(&recorder);
            legend.paint(&painter, nullptr, nullptr);
            painter.end();
            QStringList words;
            const auto& drawn = recorder.texts();
            for (size_t i = 0; i < drawn.size(); ++i) {
                words << drawn[i].text;
                const QRectF& place = drawn[i].place;
                QVERIFY2(legend.rect().adjusted(-0.5, -0.5, 0.5, 0.5).contains(place),
                         qPrintable(QStringLiteral("%1 at %2").arg(drawn[i].text).arg(width)));
                for (size_t j = 0; j < i; ++j)
                    QVERIFY2(!place.adjusted(0.5, 0.5, -0.5, -0.5).intersects(drawn[j].place),
                             qPrintable(QStringLiteral("%1 at %2").arg(drawn[i].text).arg(width)));
            }
            // A narrow one breaks its words where it can.
            QString expected = QStringLiteral("dsv0009805 G/C") + names.mid(0, entries).join(QString());
            QCOMPARE(words.join(QString()).remove(u' '), expected.remove(u' '));
        }
        // As low as it can be: in one row where there is room for it.
        QCOMPARE(legend.height(legend.rowWidth()), legend.height(1000));
        QVERIFY(legend.height(legend.rowWidth() - 1) > legend.height(1000));
    }
};

QTEST_MAIN(FurnitureTest)
#include "tst_furniture.moc"
