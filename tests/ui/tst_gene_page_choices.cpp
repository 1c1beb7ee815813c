// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_statistics.h"
#include "base/atomic_file.h"
#include "gene_page_test.h"
#include "report_fixture.h"
#include "saved_figure.h"
#include "views/driver_panel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMessageBox>
#include <QMimeData>
#include <QTableView>

#include <map>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// What is selected on the page, in one panel and in all, and what of it is copied and saved.
class TestGenePageChoices : public GenePageTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeStudyAndNets(); }
    void init() { openPage(); }
    void cleanup() { closePage(); }

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
        QTRY_VERIFY_WITH_TIMEOUT(m_session->shown().report() && m_session->shown().report()->complete &&
                                     m_session->shown().report()->window.length() == 1024,
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
        QTRY_VERIFY_WITH_TIMEOUT(m_session->shown().report() && m_session->shown().report()->complete &&
                                     m_session->shown().report()->window.length() == 2048,
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

    /// Saved from the window or made again by the command: the same bytes, at any zoom and size.
    void figuresAreThoseOfCommands() {
        QVERIFY(showGene(0));
        const auto lead = leadOf(report());
        QVERIFY(lead.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(isLinkedWith(*lead), patienceMs);
        QVERIFY(!m_selection->variant());
        const std::map<GeneFigure, ChartPanel*> panels{{GeneFigure::ObservedPredicted, &m_page->scatter()},
                                                       {GeneFigure::IsmEqtl, &m_page->effects()},
                                                       {GeneFigure::Locus, &m_page->locus()}};
        for (const auto& [name, panel] : panels) {
            const FigureEntry& figure = registered(name);
            for (const bool zoomed : {false, true}) {
                if (zoomed)
                    panel->view().zoomBy(2, panel->view().middle(), true);
                FigureSize size = figure.size;
                if (zoomed)
                    size = {.widthMm = 100, .heightMm = 90};
                QSignalSpy saved(&panel->saver(), &FigureSaver::saved);
                panel->saver().saveTo(path("window.svg"), size);
                QVERIFY(saved.wait(patienceMs));
                const std::string svg = readWholeFile(m_folder / "window.svg").value();
                QCOMPARE(svg.find("_limits") != std::string::npos, zoomed);
                QCOMPARE(svg.find("width_mm") != std::string::npos, zoomed);
                const auto again = madeAgain(svg, FigureFormat::Svg, m_session->workspace()->cache);
                DS_VERIFY(again);
                QVERIFY2(*again == svg, figure.name);
            }
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
};

QTEST_MAIN(TestGenePageChoices)
#include "tst_gene_page_choices.moc"
