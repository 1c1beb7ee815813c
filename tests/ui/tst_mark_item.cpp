// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/ism_track_chart.h"
#include "charts/mark_grid.h"
#include "charts/mark_item.h"
#include "ui/report_fixture.h"
#include "ui/thread_time.h"

#include "support.h"

#include <QChartView>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

/// Data (0..100, -1..1) on 200 x 100 units, so that y = 0 is at 60 and x = 50 at 110.
const PlotMap plainMap{QRectF(10, 10, 200, 100), {0, 100}, {-1, 1}};

MarkLayerLook plainLook() {
    MarkLayerLook look;
    look.palette.fill(qRgb(200, 0, 0));
    look.palette[1] = qRgb(0, 0, 200);
    look.size = 9;
    return look;
}

/// Paints as a view does (with a widget) or as an exporter does.
QImage painted(MarkItem& item, bool onScreen, double ratio = 1) {
    QImage image((QSizeF(220, 120) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    QPainter painter(&image);
    QWidget screen;
    item.paint(&painter, nullptr, onScreen ? &screen : nullptr);
    return image;
}

/// Centre of gravity of what is not white, in scene units.
QPointF centreOf(const QImage& image) {
    QPointF sum;
    double weight = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const double ink = 255 - qGreen(image.pixel(x, y));
            sum += QPointF(x + 0.5, y + 0.5) * ink;
            weight += ink;
        }
    }
    return sum / (weight * image.devicePixelRatio());
}

bool hasInk(const QImage& image, int x, int y) {
    return image.pixel(x, y) != qRgb(255, 255, 255);
}

} // namespace

class MarkItemTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void visible_data() {
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::addColumn<size_t>("first");
        QTest::addColumn<size_t>("last");
        QTest::newRow("all") << 0.0 << 10.0 << size_t{0} << size_t{5};
        QTest::newRow("ends belong to the range") << 2.0 << 4.0 << size_t{1} << size_t{4};
        QTest::newRow("equal x stay together") << 3.0 << 3.0 << size_t{2} << size_t{3};
        QTest::newRow("between two marks") << 2.2 << 2.8 << size_t{2} << size_t{2};
        QTest::newRow("left of all") << -5.0 << 0.5 << size_t{0} << size_t{0};
        QTest::newRow("right of all") << 5.5 << 9.0 << size_t{5} << size_t{5};
    }
    void visible() {
        QFETCH(double, lower);
        QFETCH(double, upper);
        const std::vector<Mark> marks{{.x = 1}, {.x = 2}, {.x = 3}, {.x = 4}, {.x = 5}};
        const auto [first, last] = visibleMarks(marks, {lower, upper});
        QTEST(first, "first");
        QTEST(last, "last");
    }

    void sortsAndDropsWhatIsNotFinite() {
        MarkItem item(nullptr);
        item.setMarks({{.x = 3, .source = 0},
                       {.x = NAN, .source = 1},
                       {.x = 1, .source = 2},
                       {.x = 1, .y = INFINITY, .source = 3},
                       {.x = 1, .source = 4}});
        QCOMPARE(item.marks().size(), size_t{3});
        QCOMPARE(item.marks()[0].source, 2U);
        QCOMPARE(item.marks()[1].source, 4U);
        QCOMPARE(item.marks()[2].source, 0U);
    }

    /// The image on screen and the shapes on paper put a mark in the same place, and it is where the map
    /// says.
    void screenAndPaperAgree_data() {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<int>("shape");
        QTest::addColumn<double>("ratio");
        QTest::newRow("circle") << 50.0 << 0.0 << 0 << 1.0;
        QTest::newRow("circle between pixels") << 31.17 << 0.313 << 0 << 1.0;
        QTest::newRow("circle at two device pixels a unit") << 31.17 << 0.313 << 0 << 2.0;
        QTest::newRow("triangle") << 31.17 << 0.313 << 1 << 1.0;
        QTest::newRow("square") << 77.7 << -0.5 << 2 << 1.5;
        QTest::newRow("diamond") << 77.7 << -0.5 << 3 << 1.0;
        QTest::newRow("triangle that points down") << 31.17 << 0.313 << 4 << 1.0;
    }
    void screenAndPaperAgree() {
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(int, shape);
        QFETCH(double, ratio);
        MarkItem item(nullptr);
        item.setLook(plainLook());
        item.setMap(plainMap);
        item.setMarks({{.x = x, .y = y, .shape = static_cast<MarkShape>(shape)}});
        const QPointF expected(10 + x * 2, 110 - (y + 1) * 50);
        const QPointF paper = centreOf(painted(item, false, ratio));
        const QPointF screen = centreOf(painted(item, true, ratio));
        QVERIFY2(std::hypot(paper.x() - expected.x(), paper.y() - expected.y()) < 0.05,
                 qPrintable(QString::number(paper.x())));
        QVERIFY2(std::hypot(screen.x() - expected.x(), screen.y() - expected.y()) < 0.2,
                 qPrintable(QString::number(screen.x())));
    }

    void stemsReachFromTheBaseline_data() {
        QTest::addColumn<bool>("onScreen");
        QTest::newRow("screen") << true;
        QTest::newRow("paper") << false;
    }
    void stemsReachFromTheBaseline() {
        QFETCH(bool, onScreen);
        MarkItem item(nullptr);
        MarkLayerLook look = plainLook();
        look.stemWidth = 2;
        item.setLook(look);
        item.setMap(plainMap);
        item.setMarks({{.x = 50, .y = 0.5}, {.x = 80, .y = -5}, {.x = 120, .y = 1}});
        const QImage image = painted(item, onScreen);
        QVERIFY(hasInk(image, 110, 50));
        QVERIFY(!hasInk(image, 110, 65)); // below the baseline
        QVERIFY(hasInk(image, 170, 105)); // cut at the plot's edge
        QVERIFY(!hasInk(image, 170, 114));
        QVERIFY(!hasInk(image, 215, 50)); // x out of range
    }

    void marksOutOfRangeAreNotDrawn() {
        MarkItem item(nullptr);
        item.setLook(plainLook());
        item.setMap(plainMap);
        item.setMarks({{.x = 50, .y = 1.2}, {.x = -1, .y = 0}});
        for (const bool onScreen : {true, false}) {
            const QImage image = painted(item, onScreen);
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    QVERIFY(!hasInk(image, x, y));
            }
        }
    }

    void laterMarksCoverEarlierOnes() {
        MarkItem item(nullptr);
        item.setLook(plainLook());
        item.setMap(plainMap);
        item.setMarks({{.x = 50, .colour = 0}, {.x = 50.2, .colour = 1}});
        for (const bool onScreen : {true, false})
            QCOMPARE(painted(item, onScreen).pixel(110, 60), qRgb(0, 0, 200));
    }

    /// What is blended four pixels at a time is what a painter draws, at the image's edges and half seen
    /// through, too. All stand on quarters of a pixel, where masks are exact.
    void manyMarksAreAsPainted_data() {
        QTest::addColumn<double>("opacity");
        QTest::addColumn<bool>("hollow");
        QTest::newRow("opaque") << 1.0 << false;
        QTest::newRow("seen through") << 0.6 << false;
        QTest::newRow("hollow") << 1.0 << true;
    }
    void manyMarksAreAsPainted() {
        QFETCH(double, opacity);
        QFETCH(bool, hollow);
        std::mt19937 random(5);
        const auto upTo = [&random](uint32_t many) { return static_cast<uint32_t>(random() % many); };
        MarkLayerLook look = plainLook();
        for (size_t i = 0; i < look.palette.size(); ++i)
            look.palette[i] = qRgb(int(i), int(255 - i), int(i * 7 % 256));
        look.opacity = opacity;
        look.ringWidth = 1.5;
        std::vector<Mark> marks;
        for (int i = 0; i < 300; ++i) {
            Mark mark{.x = upTo(801) / 8.0,
                      .y = (upTo(401) - 200.0) / 200,
                      .colour = static_cast<uint8_t>(upTo(256)),
                      .shape = static_cast<MarkShape>(upTo(5)),
                      .size = static_cast<float>(5 + upTo(4)),
                      .hollow = hollow};
            marks.push_back(mark);
        }
        // The plot fills the item's image but for what marks may hang over, so some are cut there.
        MarkItem item(nullptr);
        item.setLook(look);
        item.setMap(plainMap);
        item.setMarks(marks);
        const QImage screen = painted(item, true);
        const QImage paper = painted(item, false);
        const std::array<int (*)(QRgb), 3> parts{qRed, qGreen, qBlue};
        int most = 0;
        for (int y = 0; y < screen.height(); ++y)
            for (int x = 0; x < screen.width(); ++x)
                for (const auto part : parts)
                    most = std::max(most, std::abs(part(screen.pixel(x, y)) - part(paper.pixel(x, y))));
        QVERIFY2(most <= 6, qPrintable(QString::number(most)));

        // An image that ends within marks shows the same of them.
        QImage whole(220, 120, QImage::Format_ARGB32_Premultiplied);
        QImage part(83, 47, QImage::Format_ARGB32_Premultiplied);
        whole.fill(Qt::white);
        part.fill(Qt::white);
        MarkRaster raster;
        raster.draw(whole, {0, 0}, 1, item.marks(), plainMap, look);
        raster.draw(part, {61, 33}, 1, item.marks(), plainMap, look);
        QCOMPARE(part, whole.copy(61, 33, 83, 47));
    }

    /// Into the pixels of print, moved and enlarged, marks are blended to what a painter draws there; what a
    /// raster cannot draw is left to the painter.
    void marksOfPrintAreAsPainted_data() {
        QTest::addColumn<QImage::Format>("format");
        QTest::newRow("on white") << QImage::Format_RGB32;
        QTest::newRow("on nothing") << QImage::Format_ARGB32_Premultiplied;
    }
    void marksOfPrintAreAsPainted() {
        QFETCH(QImage::Format, format);
        MarkLayerLook look = plainLook();
        look.stemWidth = 0.75;
        look.ringWidth = 0.5;
        look.opacity = 0.8;
        std::vector<Mark> marks;
        for (int i = 0; i < 12; ++i)
            marks.push_back({.x = 8.0 * i + 3,
                             .y = 0.15 * i - 0.8,
                             .colour = static_cast<uint8_t>(i % 2),
                             .shape = static_cast<MarkShape>(i % 5),
                             .size = i % 3 == 0 ? 5.0F : 0.0F,
                             .ring = i % 4 == 0 ? qRgb(0, 90, 0) : 0,
                             .hollow = i % 5 == 1});
        const auto drawn = [&](bool blended) {
            QImage image(1300, 700, format);
            image.fill(format == QImage::Format_RGB32 ? Qt::white : Qt::transparent);
            QPainter painter(&image);
            painter.translate(17.3, 9.6);
            painter.scale(6.25, 6.25);
            if (!blended)
                paintMarks(painter, marks, look, plainMap);
            else if (!blendMarks(painter, image, marks, look, plainMap))
                return QImage();
            painter.end();
            return image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
        };
        const QImage shapes = drawn(false), blended = drawn(true);
        QVERIFY(!blended.isNull());
        // A stem stands on whole pixels, a mark on quarters: rims differ, what is within them does not.
        double off = 0, ink = 0;
        for (int y = 0; y < shapes.height(); ++y)
            for (int x = 0; x < shapes.width(); ++x) {
                const QRgb a = shapes.pixel(x, y), b = blended.pixel(x, y);
                off += std::abs(qGreen(a) - qGreen(b)) + std::abs(qAlpha(a) - qAlpha(b));
                ink += std::abs(qGreen(a) - qGreen(shapes.pixel(0, 0))) + qAlpha(a) -
                       qAlpha(shapes.pixel(0, 0)) + (qRed(a) != qGreen(a) ? 200 : 0);
            }
        QVERIFY(ink > 0);
        QVERIFY2(off / ink < 0.03, qPrintable(QString::number(off / ink)));

        QImage image(100, 100, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.rotate(30);
        QVERIFY(!blendMarks(painter, image, marks, look, plainMap)); // turned
        painter.resetTransform();
        painter.scale(40, 40);
        QVERIFY(!blendMarks(painter, image, marks, look, plainMap)); // marks of 360 pixels
        painter.end();
        QImage untouched(image.size(), image.format());
        untouched.fill(Qt::white);
        QCOMPARE(image, untouched);
    }

    /// Of stems in one column of pixels only what is seen is drawn: it is what would be seen if all were.
    void stemsHideEachOther_data() {
        QTest::addColumn<double>("width");
        QTest::newRow("of a pixel") << 1.0;
        QTest::newRow("of three, over their neighbours") << 3.0;
    }
    void stemsHideEachOther() {
        QFETCH(double, width);
        std::mt19937 random(6);
        std::uniform_real_distribution<double> uniform;
        MarkLayerLook look = plainLook();
        for (size_t i = 0; i < look.palette.size(); ++i)
            look.palette[i] = qRgb(int(i), int(255 - i), 0);
        look.stemWidth = width;
        look.baseline = -0.2;
        std::vector<Mark> marks;
        for (int i = 0; i < 2000; ++i)
            marks.push_back({.x = 100 * uniform(random),
                             .y = 2.4 * uniform(random) - 1.2,
                             .colour = static_cast<uint8_t>(random() % 256),
                             .ring = 1}); // no heads
        std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.x < b.x; });
        QImage atOnce(220, 120, QImage::Format_ARGB32_Premultiplied);
        atOnce.fill(Qt::white);
        QImage oneByOne = atOnce;
        MarkRaster raster;
        raster.draw(atOnce, {0, 0}, 1, marks, plainMap, look);
        for (const Mark& mark : marks)
            raster.draw(oneByOne, {0, 0}, 1, {&mark, 1}, plainMap, look);
        QCOMPARE(atOnce, oneByOne);
    }

    void theImageFollowsTheMap() {
        MarkItem item(nullptr);
        item.setLook(plainLook());
        item.setMap(plainMap);
        item.setMarks({{.x = 50}});
        QVERIFY(hasInk(painted(item, true), 110, 60));
        PlotMap panned = plainMap;
        panned.x = {25, 125};
        item.setMap(panned);
        const QImage image = painted(item, true);
        QVERIFY(!hasInk(image, 110, 60));
        QVERIFY(hasInk(image, 60, 60));
    }

    void gridFindsWhatASearchOfAllFinds() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> uniform;
        MarkItem item(nullptr);
        std::vector<Mark> marks(3000);
        for (size_t i = 0; i < marks.size(); ++i)
            marks[i] = {.x = uniform(random), .y = uniform(random), .source = static_cast<uint32_t>(i)};
        item.setMarks(marks);
        const PlotMap map{QRectF(37, 21, 611, 287), {0.1, 0.9}, {0.2, 0.7}};
        const std::array<const MarkItem*, 1> layers{&item};
        MarkGrid grid;
        int found = 0;
        for (int trial = 0; trial < 2000; ++trial) {
            const QPointF at(30 + 630 * uniform(random), 15 + 300 * uniform(random));
            std::optional<uint32_t> expected;
            double best = 12 * 12;
            for (const Mark& mark : marks) {
                const QPointF way = map.toScene(mark.x, mark.y) - at;
                const double distance = QPointF::dotProduct(way, way);
                if (map.plot.contains(at) && map.shows(mark.x, mark.y) && distance < best) {
                    best = distance;
                    expected = mark.source;
                }
            }
            const auto hit = grid.nearest(layers, map, at, 12);
            QCOMPARE(hit.has_value(), expected.has_value());
            if (hit)
                QCOMPARE(hit->source, *expected);
            found += hit ? 1 : 0;
        }
        QVERIFY(found > 500);
    }

    /// A pan frame with 20,000 stems: ticks, map, image, paint. In processor time, because wall time on a
    /// busy machine says nothing. The bound is loose for the same reason; the figure to quote is printed.
    void panning() {
        GeneReport report = test::inventReport({.people = 4, .snvs = 20'000});
        for (size_t i = 0; i < report.variants.size(); ++i)
            report.variants[i].ism = 0.1 * std::sin(1.37 * static_cast<double>(i));
        const auto style = ChartStyle::screen(lightTheme());
        DS_VERIFY(style);
        auto* chart = new IsmTrackChart(ismTrack(report), *style);
        QChartView view(chart); // owns the chart
        view.setRenderHint(QPainter::Antialiasing);
        view.resize(1200, 420);
        view.show();
        QImage frame(view.size(), QImage::Format_ARGB32_Premultiplied);
        view.viewport()->render(&frame);

        std::vector<double> frames;
        for (int i = 1; i <= 40; ++i) {
            const double shift = chart->fullX().span() * 0.002 * i;
            const double start = test::threadMs();
            chart->setRanges({chart->fullX().lower + shift, chart->fullX().upper + shift}, chart->fullY());
            view.viewport()->render(&frame);
            frames.push_back(test::threadMs() - start);
        }
        std::sort(frames.begin(), frames.end());
        const double median = frames[frames.size() / 2];
        qInfo("20,000 stems at 1200 x 420: median %.1f ms of processor time a pan frame", median);
        QVERIFY2(median < 60, qPrintable(QString::number(median)));
    }
};

QTEST_MAIN(MarkItemTest)
#include "tst_mark_item.moc"
