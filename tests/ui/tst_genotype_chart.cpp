// SPDX-License-Identifier: GPL-3.0-or-later
// The chart of means by genotype has an axis with numbers, genotypes below, and intervals that are drawn.
#include "charts/genotype_chart.h"
#include "charts/segment_item.h"
#include "report_fixture.h"

#include "support.h"

#include <QCategoryAxis>
#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QImage>
#include <QPainter>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

/// Three people without a copy, two with one, one with two.
Carriers sixPeople() {
    GeneReport report = inventReport({.people = 6, .snvs = 3, .drivers = 1});
    report.variants[0].genotypes = peopleWith({0, 0, 0, 1, 1, 2});
    const double observed[] = {1, 2, 4, 5, 7, -3};
    for (size_t i = 0; i < 6; ++i) {
        report.people[i].observed = observed[i];
        report.people[i].predicted = -observed[i];
    }
    return carriers(report, 0);
}

QStringList textsIn(const QGraphicsScene& scene) {
    QStringList texts;
    for (const QGraphicsItem* item : scene.items())
        if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
            text != nullptr && text->isVisible())
            texts << text->toPlainText().trimmed();
    return texts;
}

} // namespace

class TestGenotypeChart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void axesAndIntervals_data() {
        QTest::addColumn<bool>("paper");
        QTest::newRow("screen") << false;
        QTest::newRow("paper") << true;
    }
    void axesAndIntervals() {
        QFETCH(bool, paper);
        const auto style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        const Carriers shown = sixPeople();
        const Carriers::Measure& measure = shown.observed;
        const QColor line(200, 0, 200); // of nothing else
        QGraphicsScene scene;
        auto* chart =
            new GenotypeChart(shown, measure, line, *style, paper ? Medium::Paper : Medium::Screen, nullptr);
        scene.addItem(chart);
        chart->resize(320, 240);
        QCoreApplication::sendPostedEvents();

        const QStringList texts = textsIn(scene);
        int numbers = 0;
        for (QAbstractAxis* axis : chart->axes(Qt::Vertical))
            for (const QString& label : qobject_cast<QCategoryAxis*>(axis)->categoriesLabels())
                numbers += texts.contains(label.trimmed()) ? 1 : 0;
        QVERIFY2(numbers >= 2, qPrintable(texts.join(u'|')));
        for (const QString& genotype : shown.genotypes)
            QVERIFY2(texts.contains(paper ? genotype : shortGenotype(genotype)),
                     qPrintable(texts.join(u'|')));

        // Mean ± interval of the two genotypes of more than one person, within the plot.
        std::vector<SegmentItem::Segment> intervals;
        for (const QGraphicsItem* item : scene.items())
            if (const auto* segments = dynamic_cast<const SegmentItem*>(item);
                segments != nullptr && segments->isVisible())
                intervals.insert(intervals.end(), segments->segments().begin(), segments->segments().end());
        QCOMPARE(intervals.size(), size_t{2});
        const auto& means = measure.series.front().means;
        for (size_t copies = 0; copies < 2; ++copies) {
            QCOMPARE(intervals[copies].fromX, double(copies));
            QCOMPARE(intervals[copies].toX, double(copies));
            QCOMPARE(intervals[copies].fromY, means[copies].interval->low);
            QCOMPARE(intervals[copies].toY, means[copies].interval->high);
            QVERIFY(chart->fullY().lower < means[copies].interval->low &&
                    chart->fullY().upper > means[copies].interval->high);
        }
        QCOMPARE(chart->means().marks().size(), size_t{3});

        // And they are drawn: above and below the mark there is the line's colour, at each genotype's place.
        QImage image(320, 240, QImage::Format_RGB32);
        image.fill(style->theme.card);
        QPainter painter(&image);
        scene.render(&painter, image.rect(), QRectF(0, 0, 320, 240));
        painter.end();
        const QRectF plot = chart->mapRectToScene(chart->plotArea());
        for (size_t copies = 0; copies < 2; ++copies) {
            const double x = plot.left() + plot.width() * (double(copies) + 0.5) / 3;
            const auto yOf = [&](double value) {
                return plot.bottom() - plot.height() * (value - chart->fullY().lower) / chart->fullY().span();
            };
            const auto isMarked = [&](double value) { // within two pixels
                for (int dx = -2; dx <= 2; ++dx)
                    for (int dy = -2; dy <= 2; ++dy) {
                        const QColor pixel = image.pixelColor(int(x) + dx, int(yOf(value)) + dy);
                        if (pixel.green() + 60 < pixel.red() && pixel.green() + 60 < pixel.blue())
                            return true;
                    }
                return false;
            };
            QVERIFY(isMarked(means[copies].interval->low));
            QVERIFY(isMarked(means[copies].interval->high));
        }
    }
};

QTEST_MAIN(TestGenotypeChart)
#include "tst_genotype_chart.moc"
