// SPDX-License-Identifier: GPL-3.0-or-later
// LD of pairs below rows of haplotypes: what is computed and drawn, how keys walk through both, and how fast
// they move.
#include "charts/linkage_track_chart.h"
#include "genotype_track_test.h"
#include "support.h"
#include "thread_time.h"
#include "viewmodels/linkage_triangle.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestLinkageTrack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linkageOfPairs() {
        GeneReport report = inventReport({.people = 6, .snvs = 4, .drivers = 0});
        report.variants[0].genotypes = peopleWith({0, 1, 2, 0, 1, 2});
        report.variants[1].genotypes = peopleWith({0, 1, 2, 0, 2, 1});
        report.variants[2].genotypes = peopleWith({1, 1, 1, 1, 1, 1});
        report.variants[3].poorlyGenotyped = true;
        const auto shared = std::make_shared<const GeneReport>(report);
        const auto whole = *linkageTriangle(shared, 0, 1e12);
        QCOMPARE(whole->variants, (std::vector<size_t>{0, 1, 2}));
        QCOMPARE(whole->poorlyGenotyped, int64_t{1});
        QVERIFY(std::abs(whole->at(0, 1) - 9.0F / 16) < 1e-6F);
        QCOMPARE(whole->at(0, 1), whole->at(1, 0));
        QVERIFY(std::abs(whole->at(1, 1) - 1) < 1e-6F);
        QVERIFY(std::isnan(whole->at(0, 2)));
        QVERIFY2(whole->title.contains(QStringLiteral("1 with too few genotypes")), qPrintable(whole->title));
        const double second = static_cast<double>(report.variants[1].position + 1);
        const auto part = *linkageTriangle(shared, second, second);
        QCOMPARE(part->variants, (std::vector<size_t>{1}));
        QVERIFY((*linkageTriangle(shared, 0, 1))->variants.empty());
    }

    /// The commonest are kept, and what is left out is said.
    void linkageIsBounded() {
        GeneReport report = inventReport({.people = 20, .snvs = 700, .drivers = 0});
        for (size_t v = 0; v < report.variants.size(); ++v)
            report.variants[v].maf = v % 2 == 0 ? 0.4 : 0.01;
        const auto shown = *linkageTriangle(std::make_shared<const GeneReport>(report), 0, 1e12);
        QCOMPARE(shown->variants.size(), LinkageTriangle::MostSnvs);
        QVERIFY(std::is_sorted(shown->positions.begin(), shown->positions.end()));
        QVERIFY(
            std::all_of(shown->variants.begin(), shown->variants.end(), [](size_t v) { return v % 2 == 0; }));
        QCOMPARE(shown->tooRare, int64_t{400});
        QCOMPARE(shown->title, QStringLiteral("LD of 300 SNVs, 400 rarer ones left out"));
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const auto stopped = linkageTriangle(std::make_shared<const GeneReport>(report), 0, 1e12, context);
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
    }

    /// What lies above the middle of two SNVs, as high as they are apart, is theirs.
    void aPairIsDrawnAboveItsMiddle() {
        const auto report = smallReport();
        report->people.resize(3);
        report->variants[0].genotypes = peopleWith({0, 1, 2});
        report->variants[1].genotypes = peopleWith({2, 1, 0});
        report->variants[2].genotypes = peopleWith({0, 1, 2});
        const auto shown = *linkageTriangle(report, 1, 200);
        const ChartStyle style = ChartStyle::screen(lightTheme()).value();
        LinkageItem item(shown, style, nullptr);
        const PlotMap map{QRectF(0, 0, 400, 200), {91, 131}, {0, 0.04}};
        item.setMap(map);
        using Pair = std::pair<size_t, size_t>;
        QCOMPARE(item.pairAt(map.toScene(106, 0.010)).value(), (Pair{0, 1}));
        QCOMPARE(item.pairAt(map.toScene(116, 0.010)).value(), (Pair{1, 2}));
        QCOMPARE(item.pairAt(map.toScene(111, 0.0199)).value(), (Pair{0, 2}));
        QVERIFY(!item.pairAt(map.toScene(111, 0.030))); // beyond the last SNVs
        QVERIFY(!item.pairAt(map.toScene(101, 0.0001)));
        const QString tip = linkageToolTip(*shown, 0, 1);
        QVERIFY2(tip.contains(QStringLiteral("r² 1.00, 10 bp apart")), qPrintable(tip));
    }

    /// Down leads from the SNVs into the rows, on into LD, and up again; arrows reach every cell and every
    /// pair, Enter is a click on what they point at, Escape leaves and takes nothing from what is selected.
    void keysWalkThroughCellsAndPairs() {
        auto report = smallReport();
        for (size_t v = 0; v < 3; ++v)
            report->variants[v].genotypes = peopleWith({static_cast<uint8_t>(v == 1 ? 2 : 1), 0});
        const auto view =
            viewOf(specWith(report, {.places = {{"genotypes", 2}, {"ld"}}, .rows = RowOrder::Prediction}));
        const auto key = [&](Qt::Key pressed) { QTest::keyClick(view.get(), pressed); };
        const auto part = [&] { return view->pointedPart().value_or(FigureArea{}); };
        std::vector<size_t> people, brushed;
        int cleared = 0;
        connect(view.get(), &ChartView::personClicked, this,
                [&](size_t person) { people.push_back(person); });
        connect(view.get(), &ChartView::brushed, this,
                [&](const std::vector<size_t>& data) { brushed = data; });
        connect(view.get(), &ChartView::clicked, this, [&](int datum) { cleared += datum == -1; });
        key(Qt::Key_Down);
        QVERIFY(view->pointedPart());
        QCOMPARE(part().person, std::optional<size_t>(0)); // the highest row: 0:2
        // All cells: rows from above are 0:2, 1:2, 0:1, 1:1.
        std::set<QString> cells;
        for (int row = 0; row < 4; ++row) {
            for (int i = 0; i < 3; ++i)
                key(Qt::Key_Left);
            for (int i = 0; i < 3; ++i, key(Qt::Key_Right))
                cells.insert(part().tip);
            QVERIFY(part().rect.isValid() && view->sceneRect().contains(part().rect));
            if (row < 3)
                key(Qt::Key_Down);
        }
        QCOMPARE(cells.size(), size_t{12});
        key(Qt::Key_Return);
        QCOMPARE(people, (std::vector<size_t>{1}));
        key(Qt::Key_Down); // beyond the lowest row
        QVERIFY2(part().tip.contains(QStringLiteral("bp apart")), qPrintable(part().tip));
        std::set<std::vector<size_t>> pairs;
        for (const Qt::Key pressed : {Qt::Key_Left, Qt::Key_Left, Qt::Key_Right, Qt::Key_Up}) {
            key(pressed);
            pairs.insert(part().data);
        }
        QCOMPARE(pairs, (std::set<std::vector<size_t>>{{0, 1}, {1, 2}, {0, 2}}));
        key(Qt::Key_Return);
        QCOMPARE(brushed, part().data);
        QVERIFY(!part().rect.isEmpty());
        key(Qt::Key_PageDown); // no track lies below
        QCOMPARE(part().data, brushed);
        key(Qt::Key_PageUp);
        QVERIFY(part().person.has_value());
        key(Qt::Key_Escape);
        QVERIFY(!view->pointedPart());
        QCOMPARE(cleared, 0);
        key(Qt::Key_Right); // from SNV to SNV again
        QVERIFY(view->pointedAt().has_value());
        key(Qt::Key_Escape);
        QCOMPARE(cleared, 1);
    }

    /// Other SNVs come into view: keys stay with the pair, or leave where it is gone.
    void keysStayWithTheirPair() {
        const auto report =
            std::make_shared<const GeneReport>(inventReport({.people = 20, .snvs = 40, .drivers = 0}));
        GeneFigureSpec spec = specWith(report, {.places = {{"ld", 2}}});
        const auto view = viewOf(spec);
        QTest::keyClick(view.get(), Qt::Key_Down);
        const std::vector<size_t> pair = view->pointedPart()->data;
        QCOMPARE(pair.size(), size_t{2});
        const auto show = [&](size_t first, size_t last) {
            spec.triangle =
                *linkageTriangle(report, static_cast<double>(report->variants[first].position + 1),
                                 static_cast<double>(report->variants[last].position + 1));
            const ReadyFigure ready = registered(GeneFigure::Locus).make(spec);
            view->setTrack(std::string(LinkageTrack), ready.draw, ready.redraw);
        };
        show(pair[0] - 2, pair[1] + 3);
        QCOMPARE(view->pointedPart().value_or(FigureArea{}).data, pair);
        show(pair[1], pair[1] + 5);
        QVERIFY(!view->pointedPart());
    }

    void panning_data() {
        QTest::addColumn<int>("people");
        QTest::newRow("316 people") << 316;
        QTest::newRow("1,000 people") << 1000;
    }
    void panning() {
        QFETCH(int, people);
        const auto report =
            std::make_shared<const GeneReport>(inventReport({.people = people, .snvs = 3000, .drivers = 3}));
        const auto view = viewOf(specWith(report, {.places = {{"genotypes", 2}, {"ld"}}}), {1200, 900});
        std::vector<double> frames;
        for (int i = 0; i < 40; ++i) {
            const double start = threadMs();
            view->panBy({i < 20 ? 0.003 : -0.003, 0});
            view->viewport()->repaint();
            frames.push_back(threadMs() - start);
        }
        std::sort(frames.begin(), frames.end());
        qInfo("%d people x 3,000 SNVs with LD: median %.1f ms, worst %.1f ms of processor time a pan frame",
              people, frames[20], frames.back());
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(frames[20] <= 99, qPrintable(QString::number(frames[20]))); // of a machine with other work
#endif
    }
};

QTEST_MAIN(TestLinkageTrack)
#include "tst_linkage_track.moc"
