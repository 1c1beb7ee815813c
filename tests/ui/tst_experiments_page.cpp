// SPDX-License-Identifier: GPL-3.0-or-later
// Ablation, saturation and audit by clicks, against what core says of the same; sessions, stops, other
// genes.
#include "experiments_test.h"
#include "viewmodels/locus_tracks.h"
#include "views/session_files.h"
#include "watchdog.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestExperimentsPage : public ExperimentsTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    void driversAreAblated() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        showKind(*window, ExperimentKind::Ablation);
        AblationPanel& panel = page(*window).ablation();
        QVERIFY(!panel.chart().view().hasFigure());
        // R and the moves come first, then check and interval.
        bool pending = false;
        const QObject here;
        connect(&window->experiments(), &Experiments::outcomeChanged, &here, [&] {
            pending = pending || (panel.resultText().endsWith(QStringLiteral(", interval pending…")) &&
                                  panel.chart().view().hasFigure());
        });
        QTest::mouseClick(&panel.button(AblationWish::Of::Drivers), Qt::LeftButton);
        QVERIFY(through(*window));
        QVERIFY(pending);
        const auto outcome = window->experiments().ablation().outcome;
        QVERIFY(outcome != nullptr);
        const auto report = window->session().shown().report();
        QCOMPARE(outcome->variants.size(), report->drivers.size());
        const auto same = sameLocus(*window);
        QVERIFY(same);
        const auto& options = window->session().workspace()->options.statistics;
        const auto found = ablate(same->locus,
                                  {outcome->variants, false, options.resamples,
                                   drawsSeed(window->session().study()->file().name, report->gene.id,
                                             options.seed, Draws::Bootstrap)},
                                  same->observed, {});
        DS_VERIFY(found);
        QVERIFY(outcome->found.predictedAfter() == found->predictedAfter());
        QCOMPARE(outcome->found.r.after.r.value_or(2), found->r.after.r.value_or(2));
        QCOMPARE(panel.resultText(), pairedText(found->r));
        if (report->pearson.r)
            QVERIFY(std::abs(outcome->found.r.before.r.value_or(2) - *report->pearson.r) < 1e-12);
        ChartView& view = panel.chart().view();
        QVERIFY(view.hasFigure());

        // Who is selected anywhere is marked, and a mark selects, as on the gene's page.
        const BeforeAfter moves = beforeAfter(*window->experiments().locus(), *outcome);
        QVERIFY(moves.people.size() > 2);
        window->selection().selectPeople({moves.people[0].id, moves.people[2].id});
        QCOMPARE(view.selectedData(), (std::vector<size_t>{0, 2}));
        Q_EMIT view.clicked(2, true); // with Ctrl
        QCOMPARE(window->selection().people(), std::set<std::string>{moves.people[0].id});
        Q_EMIT view.clicked(1, false);
        QCOMPARE(window->selection().people(), std::set<std::string>{moves.people[1].id});
        QCOMPARE(view.selected().value_or(99), size_t{1});
        Q_EMIT view.brushed({0, 1}, BrushMode::Subtract);
        QVERIFY(window->selection().people().empty());
        window->findChild<WindowActions*>()->dragLasso->trigger();
        QVERIFY(view.drag() == ChartView::Drag::Lasso);
        window->findChild<WindowActions*>()->dragMoves->trigger();

        QTest::mouseClick(&panel.keepOnly(), Qt::LeftButton, {}, QPoint(8, panel.keepOnly().height() / 2));
        QVERIFY(requests(*window).ablation->keepOnly);
        QVERIFY(through(*window));
        QVERIFY(window->experiments().ablation().outcome->request.keepOnly);

        // Chosen ones: those that are selected.
        window->selection().selectVariant(driver(*window, 1));
        QTest::mouseClick(&panel.button(AblationWish::Of::Chosen), Qt::LeftButton);
        QVERIFY(through(*window));
        QCOMPARE(window->experiments().ablation().outcome->variants,
                 std::vector<Variant>{driver(*window, 1)});
        undo(*window);
        QVERIFY(requests(*window).ablation->of == AblationWish::Of::Drivers);
        QVERIFY(panel.button(AblationWish::Of::Drivers).isChecked());
        QVERIFY(closed(*window));
    }

    void anSnvIsSaturated() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        showKind(*window, ExperimentKind::Saturation);
        SaturationPanel& panel = page(*window).saturation();
        const Variant snv = driver(*window);
        choose(panel.where(), static_cast<int>(SaturationWish::Where::Variant));
        QTest::mouseClick(&panel.run(), Qt::LeftButton); // of none
        QVERIFY(!panel.errorText().isEmpty() && !requests(*window).saturation);
        window->selection().selectVariant(snv);
        choose(panel.on(), QStringLiteral("variant"));
        panel.coherence().setChecked(true);
        QCOMPARE(panel.reach().value(), 20);
        QTest::mouseClick(&panel.run(), Qt::LeftButton);
        QVERIFY(panel.errorText().isEmpty());
        QVERIFY(through(*window));
        const auto outcome = window->experiments().saturation().outcome;
        QVERIFY(outcome && outcome->complete);
        QCOMPARE(outcome->rows.size(), size_t{2});
        QCOMPARE(panel.chart().view().tracks().size(), size_t{4});
        QCOMPARE(panel.table().rowCount(), 8);
        const auto same = sameLocus(*window);
        QVERIFY(same);
        const Region region = around(snv.contig, snv.position, 20);
        const auto reference = saturate(same->locus, region, {}, {});
        const auto variant = saturate(same->locus, region, checkedEdits(same->locus, {snv}).value(), {});
        DS_VERIFY(reference);
        DS_VERIFY(variant);
        QVERIFY(outcome->rows[0].effects == reference->effects);
        QVERIFY(outcome->rows[1].effects == variant->effects);
        QCOMPARE(outcome->rows[1].bases[20], snv.alt.front());

        panel.logo().setCurrentIndex(1);
        Q_EMIT panel.logo().activated(1);
        QVERIFY(requests(*window).centred);
        QVERIFY(window->experiments().saturation().outcome == outcome); // nothing is computed for it
        QVERIFY(closed(*window));
    }

    void aRegionIsSaturated() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        showKind(*window, ExperimentKind::Saturation);
        SaturationPanel& panel = page(*window).saturation();
        choose(panel.where(), static_cast<int>(SaturationWish::Where::Region));
        const Variant snv = driver(*window);
        const QString place = QString::fromStdString(snv.contig) + QStringLiteral(":%1-%2");
        panel.region().setFocus();
        panel.region().selectAll();
        QTest::keyClicks(&panel.region(), place.arg(snv.position + 1).arg(snv.position + 6000));
        QTest::keyClick(&panel.region(), Qt::Key_Return);
        QVERIFY(through(*window));
        QVERIFY2(page(*window).stateText().contains(QStringLiteral("5000")),
                 qPrintable(page(*window).stateText()));
        panel.region().selectAll();
        QTest::keyClicks(&panel.region(), place.arg(snv.position - 9).arg(snv.position + 10));
        QTest::keyClick(&panel.region(), Qt::Key_Return);
        QVERIFY(through(*window));
        QCOMPARE(window->experiments().saturation().outcome->rows.front().region.length(), int64_t{20});
        QVERIFY(page(*window).stateText().isEmpty());
        QVERIFY(closed(*window));
    }

    /// As a session or undo brings it: no other step takes it out of its field.
    void theRegionAskedForStaysInItsField() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        const Variant snv = driver(*window);
        const QLineEdit& field = page(*window).saturation().region();
        Document next = window->documents().document();
        next.experiments.shown = ExperimentKind::Saturation;
        next.experiments.saturation = SaturationWish{};
        next.experiments.saturation->where = SaturationWish::Where::Region;
        next.experiments.saturation->region = around(snv.contig, snv.position, 10);
        window->documents().change(QStringLiteral("Saturate"), next);
        const QString asked = QString::fromStdString(toText(next.experiments.saturation->region));
        QCOMPARE(field.text(), asked);
        window->selection().selectVariant(snv);
        QCOMPARE(field.text(), asked);

        // What is seen of the locus is offered, as its label says it.
        next = window->documents().document();
        next.region = AxisRange{double(snv.position) - 30.2, double(snv.position) + 31.7};
        window->documents().change(QStringLiteral("Zoom"), next);
        const Region seen = seenRegion(snv.contig, next.region->lower, next.region->upper);
        QCOMPARE(field.text(), QString::fromStdString(toText(seen)));
        QVERIFY(through(*window));
        QVERIFY(closed(*window));
    }

    void anAuditSaysWhatCoreSays() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        showKind(*window, ExperimentKind::Audit);
        AuditPanel& panel = page(*window).audit();
        QTest::mouseClick(&panel.run(), Qt::LeftButton);
        QVERIFY(through(*window));
        const auto outcome = window->experiments().audit().outcome;
        QVERIFY(outcome != nullptr);
        QVERIFY(panel.additivityText().startsWith(QStringLiteral("r = ")));
        QVERIFY(panel.courtText().contains(QStringLiteral("driver"), Qt::CaseInsensitive));
        const auto pairs = outcome->found.interactions.pairs;
        QCOMPARE(panel.pairs().rowCount(), static_cast<int>(pairs.rows()));
        QVERIFY(pairs.rows() >= 2);
        if (!std::isnan(pairs(0, 1)))
            QCOMPARE(panel.pairs().item(0, 1)->text(), changeText(pairs(0, 1)));
        QCOMPARE(panel.pairs().item(1, 0)->text(), panel.pairs().item(0, 1)->text());
        QVERIFY(closed(*window));
    }

    void whatIsTriedIsKeptInASession() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        type(*window, QString::fromStdString(toName(driver(*window))));
        showKind(*window, ExperimentKind::Ablation);
        QTest::mouseClick(&page(*window).ablation().button(AblationWish::Of::Drivers), Qt::LeftButton);
        QVERIFY(through(*window));
        const Document kept = window->documents().document();
        QVERIFY(kept.page == Document::Page::Experiments);
        const QString result = page(*window).ablation().resultText();
        const QString file = QString::fromStdString((m_home / "tried.diploscope.json").string());
        window->sessions().save(file);
        QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
        QVERIFY(closed(*window));

        const auto again = makeWindow();
        again->openStudy(file);
        QVERIFY(opened(*again) && verdict(*again) && ready(*again));
        QVERIFY(through(*again));
        QVERIFY(again->documents().document() == kept);
        QVERIFY(page(*again).isVisible());
        QCOMPARE(page(*again).ablation().resultText(), result);
        showKind(*again, ExperimentKind::WhatIf);
        QVERIFY(through(*again));
        QVERIFY(again->experiments().whatIf().checked);
        QVERIFY(closed(*again));
    }

    void anotherGeneBeginsAnew() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        type(*window, QString::fromStdString(toName(driver(*window))));
        QVERIFY(through(*window));
        const std::string first = window->session().shown().gene()->id;
        const QString other = gene(*window, 0).toStdString() == window->session().shown().gene()->name
                                  ? gene(*window, 1)
                                  : gene(*window, 0);
        typeGene(*window, other);
        QVERIFY(!window->experiments().whatIf().outcome);
        QVERIFY(requests(*window).whatIf.changes.empty());
        QVERIFY(page(*window).isVisible());
        QVERIFY(verdict(*window) && ready(*window));
        QCOMPARE(window->experiments().locus()->gene.id, window->session().shown().gene()->id);
        undo(*window); // with what was tried on it
        QCOMPARE(window->session().shown().gene()->id, first);
        QCOMPARE(requests(*window).whatIf.changes.size(), size_t{1});
        QVERIFY(verdict(*window) && ready(*window) && through(*window));
        QVERIFY(window->experiments().whatIf().checked);
        window->closeStudy();
        QVERIFY(!window->experiments().locus());
        QVERIFY(closed(*window));
    }

    void whatRunsIsStopped() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        showKind(*window, ExperimentKind::Saturation);
        window->session().chooseModel(m_slowModel);
        QVERIFY(opened(*window));
        if (window->experiments().isPreparing()) { // is stopped, too
            QVERIFY(page(*window).stop().isVisible());
            QTest::mouseClick(&page(*window).stop(), Qt::LeftButton);
            QVERIFY(waitUntil([&] { return !window->experiments().isPreparing(); }));
            if (window->experiments().locusError())
                QTest::mouseClick(&page(*window).again(), Qt::LeftButton);
        }
        QVERIFY(ready(*window));
        SaturationPanel& panel = page(*window).saturation();
        choose(panel.where(), static_cast<int>(SaturationWish::Where::Tss));
        panel.reach().setValue(1000);
        QTest::mouseClick(&panel.run(), Qt::LeftButton);
        QVERIFY(waitUntil([&] { return page(*window).stop().isVisible(); }));
        QTest::mouseClick(&page(*window).stop(), Qt::LeftButton);
        QVERIFY(waitUntil([&] { return !window->experiments().saturation().running; }));
        QVERIFY(page(*window).stateText().startsWith(QStringLiteral("stopped")));
        QVERIFY(page(*window).again().isVisible());
        QTest::mouseClick(&page(*window).again(), Qt::LeftButton);
        QVERIFY(window->experiments().saturation().running);
        QVERIFY(closed(*window));
    }

    void theWindowAnswersMeanwhile() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        const Variant snv = driver(*window);
        type(*window, QString::fromStdString(toName(snv)));
        QVERIFY(through(*window)); // what is drawn for the first time loads fonts and styles
        showKind(*window, ExperimentKind::Saturation);
        QTest::qWait(100);
        Watchdog watchdog;
        watchdog.phase("what if");
        showKind(*window, ExperimentKind::WhatIf);
        for (const char base : {'A', 'C', 'G', 'T'}) {
            clickBase(*window, page(*window).whatIf().strip().place() + 2, base);
            QTest::qWait(60);
        }
        QVERIFY(through(*window));
        watchdog.phase("everybody");
        choose(page(*window).whatIf().on(), QStringLiteral("all"));
        QVERIFY(through(*window));
        watchdog.phase("saturation");
        showKind(*window, ExperimentKind::Saturation);
        choose(page(*window).saturation().where(), static_cast<int>(SaturationWish::Where::Tss));
        QTest::mouseClick(&page(*window).saturation().run(), Qt::LeftButton);
        QVERIFY(through(*window));
        watchdog.stop();
        qInfo("longest: %s", watchdog.text().c_str());
        QVERIFY2(watchdog.longest().ms < 50 * Slowness || !watchdog.isExact(), watchdog.text().c_str());
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestExperimentsPage)
#include "tst_experiments_page.moc"
