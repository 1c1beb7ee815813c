// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "charts/locus_chart.h"
#include "lab/simulate/simulate_study.h"
#include "model/model_folder.h"
#include "report_fixture.h"
#include "support.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/number_text.h"
#include "views/carrier_bars.h"
#include "views/driver_panel.h"
#include "views/effects_panel.h"
#include "views/gene_header.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/scatter_panel.h"
#include "views/snv_inspector.h"
#include "views/update_pacer.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMessageBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include <ctime>
#include <map>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

constexpr int patienceMs = 60'000;

QPoint placeOf(const ChartView& view, size_t track, size_t datum) {
    const FigureTrack& shown = view.tracks()[track];
    const auto at = std::find(shown.datum.begin(), shown.datum.end(), datum) - shown.datum.begin();
    const auto hit = findMark(shown.layers, shown.chart->map(), static_cast<uint32_t>(at));
    return hit ? shown.chart->mapToScene(hit->at).toPoint() : QPoint();
}

double threadMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

} // namespace

/// A simulated study and a small random network, through the real Session.
class TestGenePage : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<GenePage> m_page;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }
    bool showGene(size_t index) {
        m_session->showGene(QString::fromStdString(m_session->study()->genes()[index].gene.id));
        return QTest::qWaitFor([&] { return m_session->report() && m_session->report()->complete; },
                               patienceMs);
    }
    const GeneReport& report() const { return *m_session->report(); }
    /// The gene with drivers; made into one where the random network found none.
    size_t someVariant() const {
        for (size_t v = 0; v < report().variants.size(); ++v)
            if (report().variants[v].ism != 0 && report().variants[v].eqtl.slope)
                return v;
        return 0;
    }
    bool isLinkedWith(size_t variant) const {
        const auto& linkage = m_page->locus().linkage();
        return linkage && linkage->reference == report().variants[variant];
    }
    /// A small random network over so many bases round the TSS.
    void writeNet(const std::string& name, int64_t length) const {
        const auto model = sequentialModel({{{"conv1d", {{"name", "c"}, {"out", 4}, {"width", 8}}}},
                                            "relu",
                                            {{"maxpool", 64}},
                                            "flatten",
                                            {{"linear", {{"name", "o"}, {"out", 1}}}}},
                                           length, "gene");
        writeModelWithWeights(m_folder / name, model);
    }

private Q_SLOTS:
    void initTestCase() {
        simulate::SimulationOptions options;
        options.folder = m_folder / "demo";
        options.people = 80;
        options.genes = 4;
        DS_VERIFY(simulate::simulateStudy(options, {}));
        writeNet("net", 2048);
        writeNet("shorter", 1024);
    }

    void init() {
        m_jobs = std::make_unique<JobRunner>();
        m_session = std::make_unique<Session>(*m_jobs);
        Session::Settings settings = m_session->settings();
        settings.cacheFile = m_folder / "cache.sqlite";
        m_session->applySettings(settings);
        m_selection = std::make_unique<Selection>();
        m_page = std::make_unique<GenePage>(*m_session, *m_selection);
        m_page->resize(1040, 760);
        m_page->show();
        QCOMPARE(m_page->state(), GenePage::State::Empty);
        QSignalSpy opened(m_session.get(), &Session::studyOpened);
        m_session->openStudy(path("demo/demo.study.json"));
        QVERIFY(opened.wait(patienceMs));
        QSignalSpy model(m_session.get(), &Session::modelChanged);
        m_session->chooseModel(path("net"));
        QVERIFY(QTest::qWaitFor([&] { return m_session->model() != nullptr; }, patienceMs));
    }

    void cleanup() {
        m_page.reset();
        m_selection.reset();
        m_session.reset();
        m_jobs.reset();
    }

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
        QTRY_VERIFY_WITH_TIMEOUT(m_page->locus().linkage() != nullptr, patienceMs);
    }

    void anSnvSelectedAnywhereIsMarkedEverywhere() {
        QVERIFY(showGene(0));
        QTest::qWait(20);
        const size_t variant = someVariant();
        QTest::mouseClick(m_page->effects().view().viewport(), Qt::LeftButton, {},
                          placeOf(m_page->effects().view(), 0, variant));
        QVERIFY(m_selection->variant().has_value());
        const auto inReport = m_selection->variantIn(report());
        QVERIFY(inReport.has_value());
        const size_t selected = *inReport; // one that lies on top may have been hit
        QCOMPARE(m_page->locus().view().selected(), std::optional(selected));
        QCOMPARE(m_page->effects().view().selected(), std::optional(selected));
        QTRY_VERIFY_WITH_TIMEOUT(isLinkedWith(selected), patienceMs);
        QCOMPARE(m_page->locus().view().selected(), std::optional(selected));
        QVERIFY(!m_page->inspector().verdict().isEmpty());
        QVERIFY(m_page->scatter().slopes().startsWith(QStringLiteral("per ")));

        const QPoint place = placeOf(m_page->locus().view(), 1, variant);
        m_selection->clear();
        QVERIFY(!m_page->effects().view().selected());
        QTest::mouseClick(m_page->locus().view().viewport(), Qt::LeftButton, {}, place);
        QVERIFY(m_selection->variant().has_value());
        QCOMPARE(m_page->effects().view().selected(), m_selection->variantIn(report()));
    }

    void aPersonSelectedIsNamedAndForgottenWithTheGene() {
        QVERIFY(showGene(0));
        QTest::qWait(20);
        QTest::mouseClick(m_page->scatter().view().viewport(), Qt::LeftButton, {},
                          placeOf(m_page->scatter().view(), 0, 3));
        QVERIFY(m_selection->person().has_value());
        QVERIFY(m_page->inspector().person().contains(QString::fromStdString(*m_selection->person())));
        QVERIFY(m_selection->personIn(report()).has_value());
        QVERIFY(showGene(1));
        QVERIFY(!m_selection->person());
        QVERIFY(!m_selection->variant());
    }

    /// The other model's window is half as long: its report has fewer SNVs, under other indices.
    void theSelectionOutlivesAChangeOfModel() {
        QVERIFY(showGene(0));
        const GeneReport before = report();
        const auto isNearer = [](const VariantResult& a, const VariantResult& b) {
            return std::abs(a.distanceToTss) < std::abs(b.distanceToTss);
        };
        const Variant variant = *std::min_element(before.variants.begin(), before.variants.end(), isNearer);
        const std::string sample = before.people[5].sample;
        m_selection->selectVariant(variant);
        m_selection->selectPerson(sample);
        m_session->chooseModel(path("shorter"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->report() && m_session->report()->complete &&
                                     m_session->report()->window.length() == 1024,
                                 patienceMs);
        QVERIFY(m_selection->variant() == variant);
        QVERIFY(m_selection->person() == sample);
        const auto now = m_selection->variantIn(report());
        QVERIFY(now && report().variants[*now] == variant);
        QVERIFY(report().variants.size() < before.variants.size());
        QTRY_COMPARE(m_page->locus().view().selected(), now);
        QCOMPARE(m_page->scatter().view().selected(), m_selection->personIn(report()));
        QTRY_VERIFY_WITH_TIMEOUT(isLinkedWith(*now), patienceMs);

        // One that the new window lacks is selected again where there is one.
        const Variant outside = *std::max_element(before.variants.begin(), before.variants.end(), isNearer);
        QVERIFY(!report().find(outside));
        m_selection->selectVariant(outside);
        QVERIFY(!m_page->effects().view().selected());
        QVERIFY(!m_page->inspector().verdict().isEmpty() || report().drivers.empty());
        m_session->chooseModel(path("net"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->report() && m_session->report()->complete &&
                                     m_session->report()->window.length() == 2048,
                                 patienceMs);
        QTRY_COMPARE(m_page->locus().view().selected(), report().find(outside));
    }

    void driversFollowAndLead() {
        QVERIFY(showGene(0));
        const auto made = std::make_shared<const GeneReport>(inventReport());
        DriverPanel& panel = m_page->drivers();
        QAbstractItemModelTester tester(panel.table().model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        panel.setReport(made);
        panel.table().selectRow(1);
        const auto variantOf = [&](size_t driver) { return made->variants[made->drivers[driver].variant]; };
        QVERIFY(m_selection->variant() == variantOf(1));
        m_selection->selectVariant(variantOf(0));
        QCOMPARE(panel.table().currentIndex().row(), 0);
        m_selection->selectVariant(made->variants[made->drivers[0].variant == 0 ? 1 : 0]); // no driver
        QVERIFY(!panel.table().selectionModel()->hasSelection());
        QVERIFY(m_selection->variant().has_value());

        m_selection->selectVariant(variantOf(2));
        panel.copy();
        const QString copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.trimmed().count(QLatin1Char('\n')), 1); // header and the row
        QVERIFY(copied.contains(QStringLiteral("undefined")));
        QSignalSpy saved(&panel, &DriverPanel::saved);
        panel.saveTo(path("drivers.tsv"));
        QVERIFY(saved.wait(patienceMs));
        QVERIFY(readWholeFile(m_folder / "drivers.tsv").value().find("unsupported") != std::string::npos);
    }

    void figuresAreSavedAtTheZoomAndCopied_data() {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("magic");
        QTest::newRow("svg") << "svg" << QByteArray("<?xml");
        QTest::newRow("pdf") << "pdf" << QByteArray("%PDF");
        QTest::newRow("png") << "png" << QByteArray("\x89PNG");
    }
    void figuresAreSavedAtTheZoomAndCopied() {
        QFETCH(QString, ending);
        QFETCH(QByteArray, magic);
        QVERIFY(showGene(0));
        FigureSaver& saver = m_page->locus().saver();
        QSignalSpy saved(&saver, &FigureSaver::saved);
        const QString file = path("locus." + ending.toStdString());
        saver.saveTo(file, {120, 80, 150});
        QVERIFY(saved.wait(patienceMs));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readAll().startsWith(magic));
        saver.copy();
        QVERIFY(QTest::qWaitFor(
            [] {
                const QMimeData* held = QGuiApplication::clipboard()->mimeData();
                return held != nullptr && held->hasFormat("image/svg+xml");
            },
            patienceMs));
        QVERIFY(QGuiApplication::clipboard()->mimeData()->data("image/png").startsWith("\x89PNG"));
        QGuiApplication::clipboard()->clear();
    }

    /// Saved from the window or drawn by `analyze --figures`: the same bytes.
    void figuresAreThoseOfCommands() {
        QVERIFY(showGene(0));
        const auto lead = leadVariant(report());
        QVERIFY(lead.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(isLinkedWith(*lead), patienceMs);
        QVERIFY(!m_selection->variant());
        const GeneFigureSpec spec = geneFigureSpec(m_session->report(), m_session->study()->annotation());
        const ChartStyle style = ChartStyle::paper().value();
        const std::map<GeneFigure, ChartPanel*> panels{{GeneFigure::ObservedPredicted, &m_page->scatter()},
                                                       {GeneFigure::IsmEqtl, &m_page->effects()},
                                                       {GeneFigure::Locus, &m_page->locus()}};
        for (const auto& [name, panel] : panels) {
            const FigureEntry& figure = registered(name);
            const ReadyFigure ready = figure.make(spec);
            DS_VERIFY(saveFigure(*ready.draw(style, Medium::Paper).widget, figure.size, ready.info,
                                 m_folder / "command.svg"));
            QSignalSpy saved(&panel->saver(), &FigureSaver::saved);
            panel->saver().saveTo(path("window.svg"), figure.size);
            QVERIFY(saved.wait(patienceMs));
            QVERIFY2(readWholeFile(m_folder / "window.svg").value() ==
                         readWholeFile(m_folder / "command.svg").value(),
                     figure.name);
        }
    }

    void aFigureThatCannotBeSavedSaysSo() {
        QVERIFY(showGene(0));
        FigureSaver& saver = m_page->scatter().saver();
        QSignalSpy failed(&saver, &FigureSaver::failed);
        saver.saveTo(path("figure.doc"), {});
        QCOMPARE(failed.count(), 1);
        auto* box = m_page->window()->findChild<QMessageBox*>();
        QVERIFY(box != nullptr);
        QVERIFY(box->text().contains(QStringLiteral(".doc")));
        box->close();
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
        QVERIFY(m_page->locus().summary().endsWith(QStringLiteral(" bp")));
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
        const auto named = [&] { return m_page->locus().summary(); };
        const auto seen = [&] {
            const AxisRange x = view.tracks().front().chart->xRange();
            return seenText(report().window.contig, x.lower, x.upper);
        };
        const QString whole =
            regionText(report().window) + QStringLiteral(" · %1 bp").arg(countText(report().window.length()));
        QCOMPARE(named(), whole);
        QTest::keyClick(&view, Qt::Key_Plus);
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(named() != whole);
        QCOMPARE(named(), seen());
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(named(), seen());
        m_selection->selectVariant(report().variants[someVariant()]); // LD comes, the zoom stays
        QTRY_VERIFY_WITH_TIMEOUT(isLinkedWith(someVariant()), patienceMs);
        QCOMPARE(named(), seen());
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, view.middle().toPoint());
        QCOMPARE(named(), whole);
    }

    // A bar that does not begin at zero says whatever its axis likes.
    void genotypeBarsBeginAtZero() {
        QVERIFY(showGene(0));
        m_selection->selectVariant(report().variants[someVariant()]);
        const auto* bars = m_page->inspector().findChild<CarrierBars*>();
        QVERIFY(bars->isVisible());
        const SnvDetails details = snvDetails(report(), someVariant());
        QVERIFY(details.groupsTitle.contains(QStringLiteral("95 % interval")));
        const auto holds = [](const AxisRange& axis, double value) {
            return axis.lower <= value && value <= axis.upper;
        };
        QVERIFY(holds(bars->observedAxis(), 0) && holds(bars->predictedAxis(), 0));
        int intervals = 0;
        for (const auto& group : details.groups) {
            QVERIFY(!group.observed || holds(bars->observedAxis(), *group.observed));
            QVERIFY(!group.predicted || holds(bars->predictedAxis(), *group.predicted));
            QCOMPARE(group.observedInterval.has_value(), group.people > 1);
            if (group.observedInterval) {
                ++intervals;
                QVERIFY(holds(bars->observedAxis(), group.observedInterval->low));
                QVERIFY(holds(bars->observedAxis(), group.observedInterval->high));
                QVERIFY(bars->accessibleName().contains(effectText(group.observedInterval->low)));
            }
        }
        QVERIFY(intervals > 0);
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
