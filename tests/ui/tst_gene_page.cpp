// SPDX-License-Identifier: GPL-3.0-or-later
#include "gene_page_test.h"
#include "report_fixture.h"
#include "thread_time.h"
#include "viewmodels/carriers.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/number_text.h"
#include "views/driver_panel.h"
#include "views/locus_bar.h"
#include "views/update_pacer.h"

#include <QTableView>
#include <QToolButton>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What the page shows of a gene, and when.
class TestGenePage : public GenePageTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeStudyAndNets(); }
    void init() { openPage(); }
    void cleanup() { closePage(); }

    void aGeneGetsItsVerdict() {
        QVERIFY(showGene(0));
        QCOMPARE(m_page->state(), GenePage::State::Shown);
        QCOMPARE(m_page->header().symbol(), QString::fromStdString(report().gene.name));
        QVERIFY(m_page->header().facts().contains(QStringLiteral("80 people")));
        QVERIFY(!m_page->header().verdict().isEmpty());
        QVERIFY(m_page->header().verdict() != QStringLiteral("computing…"));
        QVERIFY(m_page->scatter().summary().startsWith(QStringLiteral("r = ")));
        QVERIFY(m_page->scatter().view().hasFigure());
        QVERIFY(m_page->effects().view().hasFigure());
        QCOMPARE(m_page->locus().view().tracks().size(), size_t{3}); // ISM, eQTL, PIP
        QVERIFY(m_page->header().nulls().contains(QStringLiteral("(published")));
        QVERIFY(m_page->header().nulls().contains(QStringLiteral("(empirical")));
        QVERIFY(m_page->inspector().isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(m_page->locus().contents().linkages() != nullptr, patienceMs);
    }

    void themeChangesAtOnceAndKeepsTheZoom() {
        QVERIFY(showGene(0));
        m_page->locus().view().zoomBy(4, m_page->locus().view().middle(), false);
        const AxisRange zoomed = m_page->locus().view().tracks().front().chart->xRange();
        m_page->setChartStyle(ChartStyle::screen(darkTheme()).value());
        QCOMPARE(m_page->locus().view().tracks().front().chart->xRange(), zoomed);
        QTest::qWait(20);
        const QImage image = m_page->grab().toImage();
        QVERIFY(image.pixelColor(3, image.height() - 3).lightness() < 60);
    }

    void aFailureShowsItsRemedy() {
        m_session->showGene(QString::fromStdString(m_session->study()->genes()[0].gene.id));
        m_session->chooseModel(path("no-such-model"));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->state(), GenePage::State::Failed, patienceMs);
        QVERIFY(m_page->errorText().contains(QStringLiteral("no-such-model")));
        QCOMPARE(m_page->header().verdict(), QStringLiteral("failed"));
        m_session->chooseModel(path("net"));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->state(), GenePage::State::Shown, patienceMs);
        QVERIFY(m_page->scatter().view().hasFigure());
    }

    void gradientsComeOnRequest() {
        QVERIFY(showGene(0));
        QVERIFY(!report().answersGradients());
        const auto press = [this](const QString& name) {
            for (QToolButton* button : m_page->locus().findChildren<QToolButton*>())
                if (button->text() == name)
                    button->click();
        };
        press(QStringLiteral("Gradient"));
        QTRY_VERIFY_WITH_TIMEOUT(report().answersGradients(), patienceMs);
        QTRY_VERIFY(m_page->locus().summary().startsWith(QStringLiteral("gradient against ISM: r = ")));
        press(QStringLiteral("ISM"));
        QVERIFY(m_page->locus().summary().isEmpty());
    }

    /// One choice for both charts, whose colour bar the locus has; the zoom stays.
    void snvsAreColouredByCarriersOnRequest() {
        QVERIFY(showGene(0));
        QSignalSpy chosen(m_page.get(), &GenePage::snvColourChosen);
        const auto colours = [](const ChartView& view) {
            const auto& marks = view.tracks().front().layers.front()->marks();
            std::vector<int> found;
            for (const Mark& mark : marks)
                found.push_back(mark.colour);
            return found;
        };
        ChartView& locus = m_page->locus().view();
        ChartView& effects = m_page->effects().view();
        const auto locusBefore = colours(locus), effectsBefore = colours(effects);
        QTest::keyClick(&locus, Qt::Key_Plus);
        const AxisRange seen = locus.tracks().front().chart->xRange();
        for (QToolButton* button : m_page->locus().findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("Carriers"))
                button->click();
        QCOMPARE(chosen.count(), 1);
        QVERIFY(colours(locus) != locusBefore);
        QVERIFY(colours(effects) != effectsBefore);
        QCOMPARE(locus.tracks().front().chart->xRange(), seen);
        m_page->setSnvColour(SnvColour::Maf); // as the window does when it begins
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(colours(locus), locusBefore);
        QCOMPARE(colours(effects), effectsBefore);
    }

    void theRegionNamedIsTheOneSeen() {
        QVERIFY(showGene(0));
        QTest::qWait(20);
        ChartView& view = m_page->locus().view();
        const auto named = [&] { return m_page->locus().bar().text(); };
        const auto seen = [&] {
            const AxisRange x = view.tracks().front().chart->xRange();
            const Region region = seenRegion(report().window.contig, x.lower, x.upper);
            return regionText(region) + QStringLiteral(" · %1 bp").arg(countText(region.length()));
        };
        const QString whole =
            regionText(report().window) + QStringLiteral(" · %1 bp").arg(countText(report().window.length()));
        QCOMPARE(named(), whole);
        QTest::keyClick(&view, Qt::Key_Plus);
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(named() != whole);
        QCOMPARE(named(), seen());
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(named(), seen());
        m_selection->selectVariant(report().variants[someVariant()]); // LD comes, the zoom stays
        QTRY_VERIFY_WITH_TIMEOUT(isLinkedWith(someVariant()), patienceMs);
        QCOMPARE(named(), seen());
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, view.middle().toPoint());
        QCOMPARE(named(), whole);
    }

    void carriersAreShownAsLinesSideBySide() {
        QVERIFY(showGene(0));
        m_selection->selectVariant(report().variants[someVariant()]);
        const ChartView& view = m_page->inspector().carriersView();
        QVERIFY(view.isVisible() && view.hasFigure());
        QCOMPARE(view.tracks().size(), size_t{2}); // observed, predicted
        const Carriers shown = carriers(report(), someVariant());
        for (const auto& [track, measure] : {std::pair(&view.tracks()[0], &shown.observed),
                                             std::pair(&view.tracks()[1], &shown.predicted)}) {
            const AxisRange seen = track->chart->yRange();
            size_t means = 0;
            for (const GroupMean& group : measure->series[0].means) {
                means += group.mean.has_value();
                QVERIFY(!group.mean || (seen.lower <= *group.mean && *group.mean <= seen.upper));
                QCOMPARE(group.interval.has_value(), group.n > 1);
                if (group.interval)
                    QVERIFY(seen.lower <= group.interval->low && group.interval->high <= seen.upper);
            }
            QCOMPARE(track->layers[0]->marks().size(), means);
        }
        QVERIFY(view.accessibleDescription().contains(shown.groupText(0)));
        QVERIFY(!m_page->inspector().verdict().isEmpty());
    }

    /// The table says what the lines show, and the one SNV's verdict is not that of two.
    void twoSnvsHaveTheTableOfBoth() {
        QVERIFY(showGene(0));
        const size_t first = someVariant();
        const size_t second = first == 0 ? 1 : 0;
        const VariantResult &a = report().variants[first], &b = report().variants[second];
        m_selection->selectVariants({a, b});
        const Carriers shown = carriersOfTwo(report(), std::min(first, second), std::max(first, second));
        const SnvInspector& inspector = m_page->inspector();
        QVERIFY(inspector.verdict().isEmpty());
        QCOMPARE(inspector.values().count(QStringLiteral("<tr>")), 4);
        for (size_t s = 0; s < 3; ++s)
            for (size_t c = 0; c < 3; ++c)
                QVERIFY(inspector.values().contains(effectText(shown.observed.series[s].means[c].mean)));
        QCOMPARE(inspector.summary(), shown.summary);
        QVERIFY(inspector.carriersView().accessibleDescription().contains(shown.groupText(1, 1)));
        m_selection->selectVariant(a);
        QVERIFY(!inspector.verdict().isEmpty());
        QVERIFY(inspector.carriersView().accessibleDescription().contains(
            carriers(report(), first).groupText(1)));
        const size_t third = 3 - std::min(first, size_t{2}) - second;  // neither, as second is 0 or 1
        m_selection->selectVariants({a, b, report().variants[third]}); // of three there is no table
        QVERIFY(!inspector.values().contains(QStringLiteral("<b>")));
    }

    void partialReportsHaveGaps() {
        QVERIFY(showGene(0));
        GeneReport partial = inventReport();
        partial.complete = false;
        partial.drivers.clear();
        partial.pearson = {};
        for (size_t i = 0; i < partial.people.size(); i += 2)
            partial.people[i].predicted = std::nan("");
        for (auto& variant : partial.variants)
            variant.ism = std::nan("");
        const auto shown = std::make_shared<const GeneReport>(partial);
        m_page->scatter().setReport(shown);
        m_page->effects().setReport(shown);
        m_page->locus().setReport(shown);
        m_page->drivers().setReport(shown);
        m_page->inspector().setReport(shown);
        QCOMPARE(m_page->scatter().view().tracks().front().datum.size(), partial.people.size() / 2);
        QVERIFY(!m_page->effects().view().hasFigure());
        QVERIFY(!m_page->drivers().table().isVisible());
        QVERIFY(m_page->drivers().support().isEmpty());
        QVERIFY(m_page->scatter().summary().endsWith(QStringLiteral("people so far")));
        m_page->locus().view().zoomBy(3, m_page->locus().view().middle(), false);
        const AxisRange zoomed = m_page->locus().view().tracks().front().chart->xRange();
        auto complete = std::make_shared<const GeneReport>(inventReport());
        m_page->locus().setReport(complete);
        QCOMPARE(m_page->locus().view().tracks().front().chart->xRange(), zoomed);
        m_page->locus().setReport(shown);
        GeneReport mapped = inventReport();
        inventStatistics(mapped);
        m_page->locus().setReport(std::make_shared<const GeneReport>(mapped));
        QCOMPARE(m_page->locus().view().tracks().size(), size_t{3}); // one more track, the same zoom
        for (const FigureTrack& track : m_page->locus().view().tracks())
            QCOMPARE(track.chart->xRange(), zoomed);
        m_page->drivers().setReport(std::make_shared<const GeneReport>(mapped));
        QVERIFY(m_page->drivers().support().startsWith(QStringLiteral("by sign: 1 of 2")));
        QTest::qWait(20); // paints
    }

    void aReportIsShownInTime() {
        QVERIFY(showGene(0));
        const auto cost = [&](const std::shared_ptr<const GeneReport>& report) {
            m_page->scatter().setReport(nullptr);
            m_page->effects().setReport(nullptr);
            m_page->locus().setReport(nullptr);
            const double start = threadMs();
            m_page->scatter().setReport(report);
            m_page->effects().setReport(report);
            m_page->locus().setReport(report);
            m_page->drivers().setReport(report);
            m_page->inspector().setReport(report);
            return threadMs() - start;
        };
        const auto usual = std::make_shared<const GeneReport>(inventReport({.people = 839, .snvs = 700}));
        const auto large = std::make_shared<const GeneReport>(inventReport({.people = 445, .snvs = 20'000}));
        (void)cost(usual);
        const double usualMs = cost(usual);
        const double largeMs = cost(large);
        qInfo("a new report: %.1f ms for 700 SNVs, %.1f ms for 20,000", usualMs, largeMs);
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(usualMs <= 50, qPrintable(QString::number(usualMs)));
#endif
        QTRY_VERIFY_WITH_TIMEOUT(!m_jobs->isBusy(), patienceMs);
    }

    /// In a low window, too, the locus has the most room: two fifths of the window, without scrolling.
    void theLocusHasItsShare_data() {
        QTest::addColumn<QSize>("page");
        QTest::addColumn<int>("window"); ///< with its bars
        QTest::newRow("1100 x 680") << QSize(785, 604) << 680;
        QTest::newRow("1280 x 800") << QSize(965, 724) << 800;
        QTest::newRow("1280 x 860") << QSize(965, 784) << 860;
    }
    void theLocusHasItsShare() {
        QFETCH(QSize, page);
        QFETCH(int, window);
        QVERIFY(showGene(0));
        m_page->resize(page);
        const auto seen = [](const QWidget& card) { return card.visibleRegion().boundingRect().height(); };
        QTRY_VERIFY2(
            10 * seen(m_page->locus()) >= 4 * window && seen(m_page->locus()) == m_page->locus().height(),
            qPrintable(
                QStringLiteral("%1 of %2 seen").arg(seen(m_page->locus())).arg(m_page->locus().height())));
        for (const ChartPanel* card :
             std::initializer_list<const ChartPanel*>{&m_page->scatter(), &m_page->effects()}) {
            QCOMPARE(seen(*card), card->height());
            QVERIFY2(card->view().height() >= 120, qPrintable(QString::number(card->view().height())));
        }
        QTRY_VERIFY_WITH_TIMEOUT(!m_jobs->isBusy(), patienceMs);
    }

    void theWholeLocusPans() {
        QVERIFY(showGene(0));
        m_page->resize(1500, 900);
        m_page->locus().setReport(
            std::make_shared<const GeneReport>(inventReport({.people = 50, .snvs = 20'000})));
        QTest::qWait(50);
        ChartView& view = m_page->locus().view();
        QVector<double> frames;
        for (int i = 0; i < 40; ++i) {
            const double start = threadMs();
            view.panBy({i < 20 ? 0.003 : -0.003, 0});
            view.viewport()->repaint();
            frames << threadMs() - start;
        }
        std::sort(frames.begin(), frames.end());
        qInfo("pan frame of the locus, %d x %d, 20,000 SNVs in both tracks: median %.1f ms", view.width(),
              view.height(), frames[20]);
        QTRY_VERIFY_WITH_TIMEOUT(!m_jobs->isBusy(), patienceMs);
    }

    void updatesArePaced() {
        UpdatePacer pacer(100, nullptr);
        int updates = 0;
        QElapsedTimer last;
        qint64 shortest = 1'000'000;
        connect(&pacer, &UpdatePacer::due, this, [&] {
            ++updates;
            if (last.isValid())
                shortest = std::min(shortest, last.elapsed());
            last.start();
        });
        QElapsedTimer whole;
        whole.start();
        int asked = 0;
        while (whole.elapsed() < 550) {
            pacer.soon();
            ++asked;
            QTest::qWait(5);
        }
        QVERIFY(updates >= 3 && updates <= 6);
        QVERIFY(asked > updates);
        QVERIFY2(shortest >= 90, qPrintable(QString::number(shortest)));
        pacer.now(); // the last word does not wait
        const int after = updates;
        QTest::qWait(150);
        QCOMPARE(updates, after);
    }
};

QTEST_MAIN(TestGenePage)
#include "tst_gene_page.moc"
