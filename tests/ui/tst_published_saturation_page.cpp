// SPDX-License-Identifier: GPL-3.0-or-later
// The real Enformer's saturation round the paper's drivers, imported with its tables, in the window.
#include "experiments_test.h"

#include "analysis/import_published.h"
#include "views/published_saturation_panel.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestPublishedSaturationPage : public ExperimentsTest {
    Q_OBJECT

private:
    static fs::path table(const char* name) { return sharedData() / "published" / name; }

private Q_SLOTS:
    void initTestCase() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        makeHome();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void driversAreShownAsSaturationsAre() {
        const PublishedTables tables{.genes = table("SupplementaryTable1.tsv"),
                                     .drivers = table("SupplementaryTable2.half.tsv"),
                                     .means = {},
                                     .saturation = table("driver_saturation.half.tsv.gz"),
                                     .tssStatistics = table("tss_attribution_stats.txt")};
        const auto study = importPublished(tables, m_home / "published");
        DS_VERIFY(study);
        // Copies: nothing of it lies elsewhere.
        QVERIFY(fs::exists(m_home / "published" / "published.saturation.tsv.gz"));
        QVERIFY(fs::exists(m_home / "published" / "published.tss_statistics.txt"));
        const auto drivers = readDriverSaturation(table("driver_saturation.half.tsv.gz"));
        DS_VERIFY(drivers);
        const auto largest = readLargestAttributions(table("tss_attribution_stats.txt"));
        DS_VERIFY(largest);
        // Of half of the drivers alone there are both.
        const auto both = std::find_if(drivers->begin(), drivers->end(), [&](const DriverSaturation& one) {
            return largest->contains(one.gene);
        });
        QVERIFY(both != drivers->end());
        const std::string gene = both->gene;

        const auto window = makeWindow();
        window->resize(1280, 860);
        window->openStudy(QString::fromStdString(study->string()), QString::fromStdString(gene));
        QVERIFY(waitUntil([&] { return window->session().shown().gene() != nullptr; }));
        QTest::keyClick(window.get(), Qt::Key_3, Qt::ControlModifier);
        PublishedSaturationPanel& panel = page(*window).published();
        QVERIFY(waitUntil([&] { return panel.chart().view().hasFigure(); }));
        QVERIFY(panel.isVisible() && !page(*window).whatIf().isVisible());
        QVERIFY2(page(*window).stateText().isEmpty(), qPrintable(page(*window).stateText()));
        QCOMPARE(panel.chart().view().tracks().size(), size_t{4});
        QCOMPARE(panel.driver().count(), 1);
        QCOMPARE(panel.driver().itemData(0).toLongLong(), qlonglong(both->position));
        QCOMPARE(panel.table().rowCount(), 8);
        const Coherence coherence = coherenceOf(attributionsOf(both->reference.effects, largest->at(gene)));
        for (int t = 0; t < 4; ++t) {
            QCOMPARE(panel.table().item(t, 3)->text(),
                     QString::number(coherence.basesAtLocus[static_cast<size_t>(t)]));
            QCOMPARE(panel.table().item(t, 4)->text(),
                     QString::number(coherence.distance[static_cast<size_t>(t)]));
        }
        panel.logo().setCurrentIndex(1);
        Q_EMIT panel.logo().activated(1);
        QVERIFY(requests(*window).centred);
        undo(*window);
        QVERIFY(!requests(*window).centred);
        QCOMPARE(panel.logo().currentIndex(), 0);
        // A gene without a driver there.
        for (const Gene& other : window->session().genes().all())
            if (std::none_of(drivers->begin(), drivers->end(),
                             [&](const DriverSaturation& one) { return one.gene == other.id; })) {
                window->session().showGene(QString::fromStdString(other.id));
                break;
            }
        QVERIFY(!panel.chart().view().hasFigure());
        QVERIFY(page(*window).stateText().contains(QStringLiteral("no driver")));
        QVERIFY(closed(*window));
    }

    void withoutItIsSaidWhatToDo() {
        const auto study = importPublished({.genes = table("SupplementaryTable1.tsv"),
                                            .drivers = {},
                                            .means = {},
                                            .saturation = {},
                                            .tssStatistics = {}},
                                           m_home / "plain");
        DS_VERIFY(study);
        const auto window = makeWindow();
        window->openStudy(QString::fromStdString(study->string()));
        QVERIFY(waitUntil([&] { return window->session().study() != nullptr; }));
        window->session().showGene(QString::fromStdString(window->session().genes().all().front().id));
        window->turnTo(Document::Page::Experiments);
        QVERIFY(page(*window).stateText().contains(QStringLiteral("saturation")));
        QVERIFY(!page(*window).published().chart().view().hasFigure());
        QVERIFY(closed(*window));
    }

    void aDamagedTableIsNotImported() {
        writeText(m_home / "bad.tsv", "gene_id\tposition\tbackground\n");
        const auto study = importPublished({.genes = table("SupplementaryTable1.tsv"),
                                            .drivers = {},
                                            .means = {},
                                            .saturation = m_home / "bad.tsv",
                                            .tssStatistics = {}},
                                           m_home / "bad");
        QVERIFY(!study);
        QVERIFY(!fs::exists(m_home / "bad" / "published.study.json"));
    }
};

QTEST_MAIN(TestPublishedSaturationPage)
#include "tst_published_saturation_page.moc"
