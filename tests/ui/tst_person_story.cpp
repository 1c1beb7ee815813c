// SPDX-License-Identifier: GPL-3.0-or-later
// What is told of a person, and how it is drawn.
#include "charts/haplotypes_chart.h"
#include "charts/waterfall_chart.h"
#include "figures/person_figures.h"
#include "ui/drawn_text.h"
#include "ui/layout_check.h"
#include "ui/person_fixture.h"
#include "ui/report_fixture.h"

#include "support.h"
#include "viewmodels/effect_text.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestPersonStory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(chartFontFamily()); }

    /// Twelve steps: the eight of largest effect by themselves, and what the others change together.
    void laterStepsAreOneBar() {
        const PersonPaths paths = inventPaths();
        const PersonStory story = personStory(paths, personsGene(), "log expression");
        QVERIFY(story.complete);
        const PersonStory::Path& first = story.paths.at(0);
        QCOMPARE(first.changes, size_t{12});
        QCOMPARE(first.steps.size(), PersonStory::mostSteps + 1);
        const PersonStory::Step& others = first.steps.back();
        QCOMPARE(others.name, QStringLiteral("4 others"));
        QVERIFY(!others.variant && std::isnan(others.withoutOthers));
        QCOMPARE(others.before, paths.found.each[0].steps[7].score);
        QCOMPARE(others.after, paths.found.each[0].to);
        double before = 0.25;
        for (const PersonStory::Step& step : first.steps) {
            QCOMPARE(step.before, before);
            before = step.after;
        }
        QCOMPARE(before, first.to);
        QCOMPARE(first.steps[1].withoutOthers,
                 first.steps[1].before + paths.found.each[0].steps[1].leaveOneOut);
        QCOMPARE(story.paths[1].steps.size(), size_t{2});
        QCOMPARE(story.paths[1].start, QStringLiteral("reference"));
        QCOMPARE(story.paths[1].end, QStringLiteral("copy 2"));
    }

    void oneStepTooManyIsNoOther() {
        PersonPaths paths = inventPaths();
        paths.found.each[0].steps.resize(PersonStory::mostSteps + 1);
        paths.found.each[0].to = paths.found.each[0].steps.back().score;
        const PersonStory story = personStory(paths, personsGene(), "");
        QCOMPARE(story.paths[0].steps.size(), PersonStory::mostSteps + 1);
        QVERIFY(story.paths[0].steps.back().variant.has_value());
    }

    void inWords() {
        const PersonStory story = *inventStory();
        QCOMPARE(story.title, QStringLiteral("ANN"));
        QCOMPARE(story.gene, QStringLiteral("GENE1"));
        const double first = story.paths[0].to - 0.25;
        QCOMPARE(story.words, QStringLiteral("%1 from the reference: copy 1 %2, copy 2 +0.375")
                                  .arg(changeText((first + 0.375) / 2), changeText(first)));
        QCOMPARE(story.largest, QStringLiteral("largest step: rs100 +0.500 on copy 1"));
        QCOMPARE(story.names[0], QStringLiteral("rs100"));
        QCOMPARE(story.names[1], QStringLiteral("22:10,251"));
        QCOMPARE(story.alleleText(0, 0), QStringLiteral("rs100 · 22:10,101 A>C · alone +0.450"));
        QCOMPARE(story.stepText(0, 0),
                 QStringLiteral("rs100: alone +0.450 · in its turn +0.500 · left out alone +0.550"));
        QCOMPARE(story.xTitle, QStringLiteral("Position on chromosome 22"));
        QCOMPARE(story.tss, 10'501.0);
        QCOMPARE(changeText(0), QStringLiteral("0"));
        QCOMPARE(changeText(-0.5), QStringLiteral("−0.500"));
    }

    /// Alleles first, with the scores that the report has; then effects; nothing is said of a sum before it
    /// is there.
    void asItComes() {
        GeneReport report = inventReport({.people = 3});
        report.people[1].sample = "ANN";
        report.people[1].haplotype1 = 0.5;
        report.people[1].haplotype2 = 0.75;
        report.people[1].predicted = 0.625;
        report.people[1].observed = 4.0;
        PersonPaths paths = inventPaths();
        const std::vector<Waterfall> whole = std::exchange(paths.found.each, {});
        PersonStory story = personStory(paths, personsGene(), "", &report);
        QVERIFY(!story.complete && story.words.isEmpty() && story.largest.isEmpty());
        QCOMPARE(story.summary, QStringLiteral("predicted 0.625, observed 4.00"));
        QCOMPARE(story.rows.size(), size_t{2});
        QCOMPARE(story.rows[0].score, 0.5);
        QCOMPARE(story.rows[1].score, 0.75);
        QCOMPARE(story.rows[0].alleles.size(), size_t{12});
        QVERIFY(std::isnan(story.rows[0].alleles[0].effect));
        QVERIFY(story.paths[0].steps.empty());
        QVERIFY(std::isnan(personStory(paths, personsGene(), "").rows[0].score));

        paths.found.each = whole;
        for (Waterfall& waterfall : paths.found.each) {
            waterfall.from = waterfall.to = std::nan("");
            for (WaterfallStep& step : waterfall.steps)
                step.score = step.change = step.without = step.leaveOneOut = std::nan("");
        }
        story = personStory(paths, personsGene(), "", &report);
        QVERIFY(!story.complete && story.words.isEmpty());
        QCOMPARE(story.rows[0].score, 0.5);
        QVERIFY(std::abs(story.rows[0].alleles[0].effect - 0.45) < 1e-12);
        QCOMPARE(story.paths[0].steps[0].name, QStringLiteral("rs100"));
        QVERIFY(std::isnan(story.paths[0].steps[0].after));
        const ReadyFigure ready = registered(PersonFigure::Waterfall)
                                      .make(PersonFigureSpec{std::make_shared<const PersonStory>(story)});
        QVERIFY(ready.empty.isEmpty());
        QVERIFY(ready.draw(ChartStyle::paper().value(), Medium::Paper).tracks[0].layers[0]->marks().empty());
    }

    /// From BEN to ANN: what both carry is shared, what goes has the opposite of its effect.
    void ofTwoPeopleRowsAreCompared() {
        PersonPaths paths;
        paths.sample = "ANN";
        paths.against = "BEN";
        paths.window = {"22", 10'000, 12'048};
        paths.paths[0] = {"BEN:1 to ANN:2",
                          1,
                          2,
                          {personsSnv(10'100), personsSnv(10'200)},
                          {personsSnv(10'100), personsSnv(10'300)}};
        paths.paths[1] = {"BEN:2 to ANN:1", 2, 1, {}, {}};
        WaterfallStep out, in;
        out.out = personsSnv(10'200);
        out.effect = out.change = out.leaveOneOut = -0.5;
        out.score = 0.5;
        out.without = 1.25;
        in.in = personsSnv(10'300);
        in.effect = in.change = in.leaveOneOut = 0.25;
        in.score = 0.75;
        in.without = 0.5;
        paths.found.each = {{1.0, 0.75, {out, in}}, {0.25, 0.25, {}}};
        const PersonStory story = personStory(paths, personsGene(), "log expression");
        QCOMPARE(story.title, QStringLiteral("BEN → ANN"));
        QCOMPARE(story.words, QStringLiteral("−0.125 from BEN: ANN:2 −0.250, ANN:1 0"));
        QStringList names;
        for (const PersonStory::Row& row : story.rows)
            names << row.name;
        QCOMPARE(names, (QStringList{"BEN:1", "ANN:2", "BEN:2", "ANN:1"}));
        QVERIFY(story.rows[0].alleles[0].shared && story.rows[1].alleles[0].shared);
        QVERIFY(!story.rows[0].alleles[1].shared && !story.rows[1].alleles[1].shared);
        QCOMPARE(story.rows[0].alleles[1].effect, 0.5); // to lose it lowers
        QCOMPARE(story.rows[1].alleles[1].effect, 0.25);
        QCOMPARE(story.rows[2].score, 0.25);
        QVERIFY(story.complete);
        QCOMPARE(story.paths[1].changes, size_t{0});
        QVERIFY(registered(PersonFigure::Waterfall)
                    .make(PersonFigureSpec{std::make_shared<const PersonStory>(story)})
                    .empty.isEmpty());
    }

    /// Bars and marks of both charts stand on one range of scores, and what is pointed at is the step's SNV.
    void chartsStandOnOneAxis() {
        const auto story = inventStory();
        const ReadyFigure ready = registered(PersonFigure::Waterfall).make(PersonFigureSpec{story});
        const Figure figure = ready.draw(ChartStyle::screen(darkTheme()).value(), Medium::Screen);
        QCOMPARE(figure.tracks.size(), size_t{2});
        QCOMPARE(figure.tracks[0].chart->xRange(), figure.tracks[1].chart->xRange());
        const auto& chart = dynamic_cast<const WaterfallChart&>(*figure.tracks[0].chart);
        QCOMPARE(chart.bars().bars().size(), WaterfallChart::rowsOf(story->paths[0]));
        QCOMPARE(chart.withoutOthers().marks().size(), PersonStory::mostSteps); // not of several at once
        for (const Mark& mark : chart.withoutOthers().marks()) {
            QVERIFY(mark.x > chart.xRange().lower && mark.x < chart.xRange().upper);
            QVERIFY(mark.shape == MarkShape::Diamond && mark.hollow); // not by colour alone
            QCOMPARE(figure.tracks[0].datum[mark.source], *story->paths[0].steps[mark.source].variant);
        }
    }

    /// The largest step's above all, whose bar leaves the least room; no words on the mark or the axis.
    void everyStepSaysItsValue_data() {
        QTest::addColumn<double>("sign");
        QTest::addColumn<double>("width");
        for (const double sign : {1.0, -1.0})
            for (const double width : {120.0, 160.0, 241.0})
                QTest::addRow("%g, %g wide", sign, width) << sign << width;
    }
    void everyStepSaysItsValue() {
        QFETCH(double, sign);
        QFETCH(double, width);
        PersonStory story = *inventStory();
        for (PersonStory::Path& path : story.paths) {
            path.from = sign * 2;
            path.to = sign * 3;
            path.steps.resize(1);
            path.steps[0] = {QStringLiteral("rs1"), path.from, path.to, path.to + sign * 0.05, sign, 0};
        }
        const ChartStyle style = ChartStyle::paper().value();
        QGraphicsScene scene;
        auto* chart = new WaterfallChart(story, 0, WaterfallChart::scoresOf(story), style, nullptr);
        scene.addItem(chart);
        chart->resize(width, 120);
        QCoreApplication::sendPostedEvents();
        TextRecorder recorder(QSize(400, 200));
        QPainter painter(&recorder);
        auto& bars = const_cast<WaterfallItem&>(chart->bars());
        bars.paint(&painter, nullptr, nullptr);
        painter.end();
        QCOMPARE(recorder.texts().size(), bars.bars().size());
        const double mark = bars.map().toX(bars.bars()[1].mark);
        for (size_t i = 0; i < bars.bars().size(); ++i) {
            QCOMPARE(recorder.texts()[i].text, bars.bars()[i].text);
            const QRectF place = recorder.texts()[i].place;
            QVERIFY(place.left() >= chart->plotArea().left() && place.right() <= chart->plotArea().right());
            QVERIFY(i != 1 || mark < place.left() || mark > place.right());
        }
    }

    /// The line of the reference runs through all rows; words stand on the card's ground.
    void wordsStandOnNoLine() {
        const auto story = inventStory();
        const ChartStyle style = ChartStyle::paper().value();
        WaterfallChart chart(*story, 0, WaterfallChart::scoresOf(*story), style, nullptr);
        chart.resize(241, 200);
        auto& bars = const_cast<WaterfallItem&>(chart.bars());
        QImage image(241, 200, QImage::Format_RGB32);
        image.fill(Qt::red); // what a line would be
        QPainter painter(&image);
        bars.paint(&painter, nullptr, nullptr);
        painter.end();
        int outside = 0;
        for (const WaterfallItem::Bar& bar : bars.bars()) {
            const WaterfallItem::Words words = bars.wordsOf(bar);
            QVERIFY(!words.place.isEmpty());
            outside += !words.inBar;
            const QRect inner = words.place.toRect().adjusted(0, 1, -1, -1);
            for (int x = inner.left(); x <= inner.right() && !words.inBar; ++x)
                QVERIFY2(image.pixelColor(x, inner.center().y()) != QColor(Qt::red), qPrintable(bar.text));
        }
        QVERIFY(outside > 5);
    }

    void allelesPointWhereTheyLead() {
        const auto story = inventStory();
        const ReadyFigure ready = registered(PersonFigure::Haplotypes).make(PersonFigureSpec{story});
        const Figure figure = ready.draw(ChartStyle::screen(lightTheme()).value(), Medium::Screen);
        const auto& marks = figure.tracks[0].layers[0]->marks();
        QCOMPARE(marks.size(), size_t{14});
        const auto sources = HaplotypesChart::sourcesOf(*story);
        for (const Mark& mark : marks) {
            const auto [row, allele] = sources[mark.source];
            const PersonStory::Allele& told = story->rows[row].alleles[allele];
            QCOMPARE(mark.x, told.position);
            QCOMPARE(mark.y, -double(row));
            QVERIFY(mark.shape == (told.effect > 0 ? MarkShape::Triangle : MarkShape::TriangleDown));
            QCOMPARE(figure.tracks[0].datum[mark.source], told.variant);
        }
    }

    /// "copy 1 6.57" would read as one number; the line says what it is, and which way the gene goes.
    void rowsAndTheTssAreNamed() {
        PersonStory story = *inventStory();
        story.strand = Strand::Reverse;
        story.tss = (story.windowStart + story.windowEnd) / 2;
        HaplotypesChart chart(story, ChartStyle::paper().value());
        chart.resize(300, 120);
        QCOMPARE(chart.yText().names.back().text,
                 QStringLiteral("copy 1: ") + effectText(story.rows[0].score));
        TextRecorder recorder(QSize(400, 200));
        QPainter painter(&recorder);
        for (QGraphicsItem* item : chart.childItems())
            if (auto* line = dynamic_cast<ReferenceLineItem*>(item))
                line->paint(&painter, nullptr, nullptr);
        painter.end();
        QCOMPARE(recorder.texts().size(), size_t{1});
        QCOMPARE(recorder.texts()[0].text, QStringLiteral("← TSS"));
    }

    /// In the window's card, which is narrow, in both themes and for two people as well.
    void nothingOverlapsInANarrowCard() {
        PersonPaths two = inventPaths();
        two.against = "BENEDICT-WITH-A-LONG-NAME";
        for (const PersonStory& story : {*inventStory(), personStory(two, personsGene(), "log expression")})
            for (const PersonFigure figure : {PersonFigure::Haplotypes, PersonFigure::Waterfall})
                for (const double width : {252.0, 348.0}) {
                    const Figure drawn =
                        registered(figure)
                            .make(PersonFigureSpec{std::make_shared<const PersonStory>(story)})
                            .draw(ChartStyle::screen(darkTheme()).value(), Medium::Screen);
                    QGraphicsScene scene;
                    scene.addItem(drawn.widget.get());
                    const QSizeF size(width, figure == PersonFigure::Haplotypes
                                                 ? 62 + 24.0 * double(story.rows.size())
                                                 : 306);
                    drawn.widget->setGeometry(QRectF(QPointF(), size));
                    QCoreApplication::sendPostedEvents();
                    std::vector<QRectF> plots;
                    for (const FigureTrack& track : drawn.tracks)
                        plots.push_back(track.chart->mapRectToScene(track.chart->plotArea()));
                    const QString fault = faultOfLayout(scene, size, plots);
                    scene.removeItem(drawn.widget.get());
                    QVERIFY2(fault.isEmpty(), qPrintable(fault));
                }
    }
};

QTEST_MAIN(TestPersonStory)
#include "tst_person_story.moc"
