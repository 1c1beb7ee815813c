// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of haplotypes: how they are sorted, and what is drawn of them.
#include "charts/genotype_track_chart.h"
#include "genotype_track_test.h"
#include "support.h"
#include "viewmodels/haplotype_rows.h"

#include <QApplication>
#include <QSignalSpy>

#include <array>
#include <cmath>
#include <map>
#include <random>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

std::vector<std::pair<size_t, int>> rowsOf(const HaplotypeRows& shown) {
    std::vector<std::pair<size_t, int>> rows;
    for (const HaplotypeRows::Row& row : shown.rows)
        rows.emplace_back(row.person, row.haplotype);
    return rows;
}

} // namespace

class TestGenotypeTrack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreSorted() {
        const auto report = smallReport();
        using Rows = std::vector<std::pair<size_t, int>>;
        const auto rows = [&](RowOrder order, std::optional<size_t> selected = {}) {
            return rowsOf(**haplotypeRows(report, order, selected));
        };
        // Carried: 111, 000, 101, 000. Those who carry nothing are equal and come first.
        QCOMPARE(rows(RowOrder::Similarity), (Rows{{0, 1}, {1, 1}, {1, 0}, {0, 0}}));
        // From below: not known, 1, 2, 4.
        QCOMPARE(rows(RowOrder::Prediction), (Rows{{1, 0}, {0, 0}, {1, 1}, {0, 1}}));
        QCOMPARE(rows(RowOrder::Expression), (Rows{{1, 1}, {1, 0}, {0, 1}, {0, 0}}));
        // Of the third: who has none is below all, ALT above.
        QCOMPARE(rows(RowOrder::SelectedSnv, 2), (Rows{{1, 1}, {0, 1}, {1, 0}, {0, 0}}));
        QCOMPARE(rows(RowOrder::SelectedSnv), rows(RowOrder::Similarity));
        const auto shown = *haplotypeRows(report, RowOrder::Prediction, std::nullopt);
        QCOMPARE(shown->positions, (std::vector<double>{101, 111, 121}));
        for (size_t v = 0; v < 3; ++v)
            for (size_t row = 0; row < 4; ++row)
                QCOMPARE(HaplotypeAllele(shown->column(v)[row]),
                         report->variants[v].genotypes.haplotype(2 * shown->rows[row].person +
                                                                 size_t(shown->rows[row].haplotype)));
    }

    void whatIsNotKnownIsLeftOut() {
        const auto report = smallReport();
        report->variants[1].genotypes = {};
        QCOMPARE((*haplotypeRows(report, RowOrder::Similarity, {}))->variants, (std::vector<size_t>{0, 2}));
        for (VariantResult& variant : report->variants)
            variant.genotypes = {};
        QVERIFY((*haplotypeRows(report, RowOrder::SelectedSnv, 1))->rows.empty());
        for (const LocusTrack& track : tracksIn(*report))
            QVERIFY(track.key != GenotypesTrack && track.key != LinkageTrack);
    }

    void aCellSaysWhoseItIs() {
        const auto report = smallReport();
        report->people[0].sample = "<b>Zoë";
        const auto shown = *haplotypeRows(report, RowOrder::Prediction, std::nullopt);
        const QString tip = haplotypeToolTip(*shown, 3, size_t{0});
        QVERIFY2(tip.contains(QStringLiteral("&lt;b&gt;Zoë")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("haplotype 2")) && tip.contains(QStringLiteral("G (REF)")),
                 qPrintable(tip));
        QVERIFY(haplotypeToolTip(*shown, 1, size_t{0}).contains(QStringLiteral("T (ALT)")));
        QVERIFY(haplotypeToolTip(*shown, 2, size_t{1}).contains(QStringLiteral("another allele")));
        QVERIFY(haplotypeToolTip(*shown, 2, size_t{2}).contains(QStringLiteral("no genotype")));
    }

    /// Four rows of three lone SNVs: every cell has its own colour, nothing is between them. What is neither
    /// REF nor ALT is hollow.
    void cellsAreDrawnAsTheyAre() {
        const auto view =
            viewOf(specWith(smallReport(), {.places = {{"genotypes", 2}}, .rows = RowOrder::Prediction}));
        const FigureTrack* track = trackOf(*view, GenotypesTrack);
        QVERIFY(track != nullptr);
        const QImage image = view->grab().toImage();
        const PlotMap map = track->chart->map();
        const Theme theme = lightTheme();
        const auto at = [&](double position, double row) {
            return image.pixelColor(track->chart->mapToScene(map.toScene(position, row + 0.5)).toPoint());
        };
        const std::vector<std::vector<uint8_t>> expected{{1, 0, 1}, {1, 1, 1}, {0, 2, 255}, {0, 0, 0}};
        for (size_t row = 0; row < 4; ++row)
            for (size_t v = 0; v < 3; ++v) {
                const uint8_t allele = expected[row][v];
                const double position = 101 + 10 * double(v);
                const QColor colour = allele == 1 ? theme.accent : allele == 0 ? theme.faint : theme.card;
                QCOMPARE(at(position, double(row)).name(), colour.name());
                if (allele <= 1)
                    continue;
                bool isFramed = false;
                for (int left = 2; left < 8; ++left)
                    isFramed |= at(position - left * map.x.span() / map.plot.width(), double(row)) ==
                                theme.sets.front();
                QVERIFY(isFramed);
            }
        QCOMPARE(at(106, 0).name(), theme.card.name());
        QCOMPARE(at(20, 2).name(), theme.card.name());
    }

    /// More SNVs and rows than pixels: each pixel has the mean of what lies in it.
    void pixelsAreMeans() {
        GeneReport report = inventReport({.people = 600, .snvs = 4000, .drivers = 0});
        for (size_t v = 0; v < report.variants.size(); ++v) {
            std::vector<HaplotypeAllele> alleles(1200, HaplotypeAllele::Reference);
            for (size_t h = (4 - v % 4) % 4; h < 1200; h += 4)
                alleles[h] = HaplotypeAllele::Alternate; // a quarter, everywhere
            report.variants[v].genotypes = haplotypesWith(alleles);
        }
        const auto view = viewOf(
            specWith(std::make_shared<const GeneReport>(std::move(report)), {.places = {{"genotypes"}}}),
            {600, 500});
        const FigureTrack* track = trackOf(*view, GenotypesTrack);
        const QRectF plot = track->chart->mapRectToScene(track->chart->plotArea());
        const QImage image = view->grab().toImage();
        const Theme theme = lightTheme();
        double red = 0;
        int pixels = 0;
        for (int x = int(plot.left()) + 5; x < int(plot.right()) - 5; ++x)
            for (int y = int(plot.top()) + 5; y < int(plot.bottom()) - 5; ++y, ++pixels)
                red += image.pixelColor(x, y).red();
        const double expected = 0.75 * theme.faint.red() + 0.25 * theme.accent.red();
        QVERIFY2(std::abs(red / pixels - expected) < 3, qPrintable(QString::number(red / pixels)));
    }

    /// Each pixel against the mean of what lies in it, worked out cell by cell: any stretch of rows and of
    /// the locus, columns that one SNV fills and columns of many, ends of the rows, gaps.
    void aFrameIsWhatLiesInIt_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::addColumn<bool>("unclear");
        QTest::newRow("more rows than pixels") << 700 << 0.0 << 700.0 << false;
        QTest::newRow("rows of several pixels") << 9 << 0.0 << 9.0 << true;
        QTest::newRow("beyond both ends") << 40 << -7.3 << 51.9 << true;
        QTest::newRow("a part, of rows cut") << 150 << 20.4 << 61.7 << true;
    }
    void aFrameIsWhatLiesInIt() {
        QFETCH(int, rows);
        QFETCH(double, lower);
        QFETCH(double, upper);
        QFETCH(bool, unclear);
        auto shown = std::make_shared<HaplotypeRows>();
        shown->rows.resize(static_cast<size_t>(rows));
        shown->hasUnclear = unclear;
        std::mt19937 random(4);
        const auto upTo = [&random](uint32_t many) { return static_cast<uint32_t>(random() % many); };
        // Stretches of narrow cells, a wide one, a gap: in 256ths of 83 pixels.
        std::vector<HaplotypeRaster::Cell> cells;
        for (int64_t at = -300; at < 83 * 256 + 500;) {
            const int64_t width = cells.size() == 40 ? 9000 : 20 + upTo(220);
            cells.push_back({at, at + width});
            at += width + (cells.size() % 17 == 0 ? 1100 : 0);
            shown->positions.push_back(static_cast<double>(cells.size()));
        }
        for (size_t i = 0; i < cells.size() * shown->rows.size(); ++i)
            shown->alleles.push_back(unclear && upTo(9) == 0 ? 2 : static_cast<uint8_t>(upTo(3) == 0));
        const HaplotypeRaster::Colours colours{qRgb(230, 220, 210), qRgb(10, 60, 200), qRgb(250, 0, 90)};
        HaplotypeRaster raster(shown, colours);
        QImage image(83, 61, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        raster.draw(image, {lower, upper}, 0, cells);
        double worst = 0;
        for (int x = 0; x < image.width(); ++x)
            for (int y = 0; y < image.height(); ++y) {
                const double top = upper - (upper - lower) * y / image.height();
                const double bottom = upper - (upper - lower) * (y + 1) / image.height();
                std::array<double, 4> sums{}; // red, green, blue, alpha
                for (size_t c = 0; c < cells.size(); ++c) {
                    const double across = double(std::min<int64_t>(cells[c].right, 256 * (x + 1)) -
                                                 std::max<int64_t>(cells[c].left, 256 * x)) /
                                          256;
                    if (across <= 0)
                        continue;
                    for (size_t row = 0; row < shown->rows.size(); ++row) {
                        const double along = std::min(top, double(row + 1)) - std::max(bottom, double(row));
                        if (along <= 0)
                            continue;
                        const uint8_t allele = shown->column(c)[row];
                        const QRgb colour = allele == 0   ? colours.reference
                                            : allele == 1 ? colours.alternate
                                                          : colours.unclear;
                        const double weight = across * along / (top - bottom);
                        sums[0] += weight * qRed(colour);
                        sums[1] += weight * qGreen(colour);
                        sums[2] += weight * qBlue(colour);
                        sums[3] += weight * 255;
                    }
                }
                const QRgb* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
                const std::array<int, 4> drawn{qRed(line[x]), qGreen(line[x]), qBlue(line[x]),
                                               qAlpha(line[x])};
                for (size_t i = 0; i < 4; ++i)
                    worst = std::max(worst, std::abs(drawn[i] - sums[i]));
            }
        QVERIFY2(worst < 3.5, qPrintable(QString::number(worst)));
    }

    /// Frames do not walk through all people again: what a column of alleles looks like is kept while heights
    /// stay.
    void panningMakesNoColumnAnew() {
        const auto report =
            std::make_shared<const GeneReport>(inventReport({.people = 30, .snvs = 500, .drivers = 3}));
        const auto view = viewOf(specWith(report, {.places = {{"genotypes", 2}}}));
        const auto* track = qobject_cast<const GenotypeTrackChart*>(trackOf(*view, GenotypesTrack)->chart);
        QVERIFY(track != nullptr);
        const HaplotypeRaster& raster = track->picture().raster();
        QCOMPARE(raster.columnsMade(), size_t{500});
        for (int i = 0; i < 20; ++i) {
            view->panBy({i % 2 == 0 ? 0.1 : -0.1, 0});
            view->zoomBy(i % 2 == 0 ? 1.5 : 1 / 1.5, view->middle(), false);
            view->viewport()->repaint();
        }
        QCOMPARE(raster.columnsMade(), size_t{500});
        view->resize(1200, 700); // other heights
        view->viewport()->repaint();
        QVERIFY(raster.columnsMade() > 500);
    }

    /// Who is selected gets frames round the rows that are drawn already, and on paper, too.
    void peopleAreMarkedWithoutDrawingAnew() {
        GeneFigureSpec spec = specWith(smallReport(), {.places = {{"genotypes", 2}}});
        const auto view = viewOf(spec);
        QSignalSpy changed(view.get(), &ChartView::figureChanged);
        const PlotChart* before = trackOf(*view, GenotypesTrack)->chart;
        const auto rowsMarkedIn = [](const PlotChart* chart) {
            return qobject_cast<const GenotypeTrackChart*>(chart)->picture().markedRows();
        };
        const QImage plain = view->grab().toImage();
        view->setMarkedPeople({1});
        QCOMPARE(rowsMarkedIn(before), (std::vector<size_t>{1, 2})); // rows by similarity: 0:1 1:1 1:0 0:0
        QVERIFY(view->grab().toImage() != plain);
        spec.people = {1}; // as a panel saves it
        const Figure printed =
            registered(GeneFigure::Locus).make(spec).draw(ChartStyle::paper().value(), Medium::Paper);
        for (const FigureTrack& track : printed.tracks)
            if (track.key == GenotypesTrack)
                QCOMPARE(rowsMarkedIn(track.chart).size(), size_t{2});
        view->setMarkedPeople({});
        QCOMPARE(view->grab().toImage(), plain);
        QVERIFY(changed.isEmpty() && trackOf(*view, GenotypesTrack)->chart == before);
    }

    /// LD with another SNV changes one track; what is seen then is what a figure drawn anew shows.
    void oneTrackIsDrawnAnew() {
        const auto report =
            std::make_shared<const GeneReport>(inventReport({.people = 30, .snvs = 200, .drivers = 3}));
        GeneFigureSpec spec = specWith(report, {.places = {{"genotypes", 2}, {"ld"}}});
        const auto view = viewOf(spec);
        view->zoomBy(3, view->middle(), false);
        view->setSelected(size_t{120});
        view->setMarkedPeople({4});
        std::map<std::string, PlotChart*> before;
        for (const FigureTrack& track : view->tracks())
            before[track.key] = track.chart;
        spec.linkages = std::make_shared<const Linkages>(Linkages{linkageWith(*report, 120)});
        const ReadyFigure ready = registered(GeneFigure::Locus).make(spec);
        view->setTrack(std::string(EqtlTrack), ready.draw, ready.redraw);
        QCOMPARE(view->tracks().size(), before.size());
        for (const FigureTrack& track : view->tracks())
            if (track.key != EqtlTrack)
                QVERIFY(track.chart == before[track.key]);
        const QImage redrawn = view->grab().toImage();
        view->setFigure(ready.draw, ChartView::Keep::View);
        QCOMPARE(view->grab().toImage(), redrawn);
        // Where there is no such track, all is drawn.
        view->setTrack("nobody's", ready.draw, ready.redraw);
        QCOMPARE(view->grab().toImage(), redrawn);
    }

    void aClickSelectsThePerson() {
        const auto view =
            viewOf(specWith(smallReport(), {.places = {{"genotypes", 2}}, .rows = RowOrder::Prediction}));
        const FigureTrack* track = trackOf(*view, GenotypesTrack);
        const auto place = [&](double position, double row) {
            return track->chart->mapToScene(track->chart->map().toScene(position, row + 0.5)).toPoint();
        };
        std::vector<size_t> people;
        int cleared = 0;
        connect(view.get(), &ChartView::personClicked, this,
                [&](size_t person) { people.push_back(person); });
        connect(view.get(), &ChartView::clicked, this, [&](int datum) { cleared += datum == -1; });
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place(101, 3));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place(50, 0)); // a row goes on between SNVs
        QCOMPARE(people, (std::vector<size_t>{0, 1}));
        QCOMPARE(cleared, 0);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          track->chart->mapToScene(QPointF(2, 2)).toPoint()); // beside the plot
        QCOMPARE(people.size(), size_t{2});
        QCOMPARE(cleared, 1);
    }
};

QTEST_MAIN(TestGenotypeTrack)
#include "tst_genotype_track.moc"
