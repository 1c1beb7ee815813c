// SPDX-License-Identifier: GPL-3.0-or-later
// What if, by clicks and keys, against what core says of the same.
#include "experiments_test.h"
#include "viewmodels/number_text.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestWhatIfPage : public ExperimentsTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    void aClickChangesABase() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        const Variant snv = driver(*window);
        window->selection().selectVariant(snv);
        QCOMPARE(page(*window).whatIf().strip().place(), snv.position);
        clickBase(*window, snv.position, snv.alt.front());
        QCOMPARE(requests(*window).whatIf.changes, std::vector<Variant>{snv});
        QVERIFY(through(*window));
        const auto outcome = window->experiments().whatIf().outcome;
        QVERIFY(outcome && window->experiments().whatIf().checked);
        const auto report = window->session().shown().report();
        const VariantResult& known = report->variants[*report->find(snv)];
        const double ism = known.effectAllele == known.alt ? known.ism : -known.ism;
        const WhatIfRow& row = outcome->found.rows.front();
        QCOMPARE(row.before, report->referenceScore);
        const double effect = row.after - row.before;
        QVERIFY2(std::abs(effect - ism) < 1e-9, "the effect of the SNV alone is its ISM");
        QVERIFY2(page(*window).whatIf().resultText().contains(changeText(effect)),
                 qPrintable(page(*window).whatIf().resultText()));
        QCOMPARE(page(*window).whatIf().list().count(), 1);

        // A second one beside it, both undone by name, and done again.
        const std::string next = window->experiments().locus()->locus.referenceBases(snv.position + 1, 1);
        clickBase(*window, snv.position + 1, next == "A" ? 'C' : 'A');
        QCOMPARE(requests(*window).whatIf.changes.size(), size_t{2});
        QVERIFY(
            window->findChild<WindowActions*>()->undo->text().startsWith(QStringLiteral("&Undo Put in ")));
        undo(*window);
        QCOMPARE(requests(*window).whatIf.changes, std::vector<Variant>{snv});
        undo(*window);
        QVERIFY(requests(*window).whatIf.changes.empty());
        QVERIFY(!window->experiments().whatIf().outcome);
        QCOMPARE(page(*window).whatIf().list().count(), 0);
        redo(*window);
        QVERIFY(through(*window));
        QCOMPARE(window->experiments().whatIf().outcome->found.rows.front().after, row.after);

        // The reference's own takes it back.
        clickBase(*window, snv.position, snv.ref.front());
        QVERIFY(requests(*window).whatIf.changes.empty());
        QVERIFY(closed(*window));
    }

    /// Without changes there is no list, and what is said stands under the buttons, with all room below it.
    void nothingIsAskedYet() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        showKind(*window, ExperimentKind::WhatIf);
        WhatIfPanel& panel = page(*window).whatIf();
        QVERIFY(panel.list().isHidden());
        const auto bottomOf = [&](const QWidget& widget) {
            return widget.mapTo(&panel, QPoint(0, widget.height())).y();
        };
        int buttons = 0;
        for (const auto* button : panel.findChildren<QPushButton*>())
            buttons = std::max(buttons, bottomOf(*button));
        const auto* result = panel.findChild<QLabel*>(QStringLiteral("whatIfResult"));
        QTRY_VERIFY(bottomOf(*result) > buttons && bottomOf(*result) < buttons + 60);
        const Variant snv = driver(*window);
        window->selection().selectVariant(snv);
        clickBase(*window, snv.position, snv.alt.front());
        QVERIFY(through(*window));
        QVERIFY(panel.list().isVisible() && panel.list().height() > 60);
        QVERIFY(closed(*window));
    }

    void manySelectedSnvsArePutIn() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        const auto report = window->session().shown().report();
        const std::set<Variant> all(report->variants.begin(), report->variants.end());
        window->selection().selectVariants(all);
        for (auto* button : page(*window).whatIf().findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Selected SNVs"))
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(requests(*window).whatIf.changes.size(), all.size());
        QVERIFY(through(*window));
        QVERIFY(window->experiments().whatIf().checked);
        QVERIFY(closed(*window));
    }

    void keysChangeBasesToo() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        BaseStrip& strip = page(*window).whatIf().strip();
        strip.setFocus();
        const int64_t place = strip.place();
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.place(), place + 1);
        const std::string bases = window->experiments().locus()->locus.referenceBases(place, 3);
        const bool isT = bases[1] == 'T';
        QTest::keyClick(&strip, isT ? Qt::Key_G : Qt::Key_T);
        QCOMPARE(requests(*window).whatIf.changes.size(), size_t{1});
        const Variant& put = requests(*window).whatIf.changes.front();
        QCOMPARE(put.position, place + 1);
        QCOMPARE(put.alt, std::string(isT ? "G" : "T"));
        const QString told = strip.accessibleDescription(); // to those who do not see it
        QVERIFY2(told.startsWith(countText(place + 2)) &&
                     told.contains(QStringLiteral("changed to ") + (isT ? u'G' : u'T')),
                 qPrintable(told));
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Delete);
        QCOMPARE(requests(*window).whatIf.changes.size(), size_t{2});
        const Variant& gone = requests(*window).whatIf.changes.back();
        QCOMPARE(gone.position, place + 2);
        QCOMPARE(gone.ref.size(), size_t{2});
        QCOMPARE(gone.alt, gone.ref.substr(0, 1));
        QVERIFY(through(*window));
        QVERIFY(window->experiments().whatIf().checked);
        QVERIFY(closed(*window));
    }

    void whatIsTypedIsCheckedInPlace() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        const WhatIfPanel& panel = page(*window).whatIf();
        const Variant snv = driver(*window);
        type(*window, QStringLiteral("nonsense"));
        QVERIFY(!panel.typedError().isEmpty());
        QVERIFY(requests(*window).whatIf.changes.empty());
        const std::string wrong = snv.ref == "A" ? "C" : "A";
        type(*window, QString::fromStdString(snv.contig + ":" + std::to_string(snv.position + 1) + ":" +
                                             wrong + ":" + snv.ref));
        QVERIFY2(panel.typedError().contains(QStringLiteral("The reference has")),
                 qPrintable(panel.typedError()));
        type(*window, QString::fromStdString(toName(snv)));
        QVERIFY(panel.typedError().isEmpty());
        QCOMPARE(requests(*window).whatIf.changes, std::vector<Variant>{snv});
        QVERIFY(panel.field().text().isEmpty());
        type(*window, QStringLiteral("+ACGT"));
        QCOMPARE(requests(*window).whatIf.changes.size(), size_t{2});
        QVERIFY(through(*window));
        QVERIFY(window->experiments().whatIf().checked);
        // Taken back from the list, by its key.
        panel.list().setFocus();
        panel.list().selectAll();
        QTest::keyClick(&panel.list(), Qt::Key_Delete);
        QVERIFY(requests(*window).whatIf.changes.empty());
        QVERIFY(closed(*window));
    }

    void everybodyIsPredictedAnew() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        const WhatIfPanel& panel = page(*window).whatIf();
        QVERIFY(!panel.chart().isVisible());
        const Variant snv = driver(*window);
        type(*window, QString::fromStdString(toName(snv)));
        choose(panel.on(), QStringLiteral("all"));
        QVERIFY(through(*window));
        const auto outcome = window->experiments().whatIf().outcome;
        QVERIFY(outcome && outcome->people && outcome->r);
        QVERIFY(panel.chart().isVisible() && panel.chart().view().hasFigure());
        const auto same = sameLocus(*window);
        QVERIFY(same);
        const EditList edits = checkedEdits(same->locus, {snv}).value();
        const auto found = whatIf(same->locus, edits, backgroundsOf(same->locus, "all").value(), {});
        DS_VERIFY(found);
        const auto people = peopleOf(same->locus, *found);
        QVERIFY(people->after == outcome->people->after);
        const auto r = rOfEverybody(same->locus, *found, same->observed, {});
        DS_VERIFY(r);
        QCOMPARE((*r)->after.r.value_or(2), outcome->r->after.r.value_or(2));
        QCOMPARE(panel.resultText(), pairedText(**r));

        // One haplotype of a person who is selected.
        const std::string sample = window->session().shown().report()->people.front().sample;
        window->selection().selectPerson(sample);
        choose(panel.on(), QString::fromStdString(sample + ":2"));
        QVERIFY(through(*window));
        QCOMPARE(window->experiments().whatIf().outcome->found.rows.size(), size_t{1});
        QCOMPARE(window->experiments().whatIf().outcome->found.rows.front().after, found->rows[1].after);
        QVERIFY(!panel.chart().isVisible());
        QVERIFY(closed(*window));
    }

    /// What was found of another wish is not shown for one that was stopped.
    void whatIsStoppedShowsNothingElse() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        const WhatIfPanel& panel = page(*window).whatIf();
        const Variant snv = driver(*window);
        window->session().chooseModel(m_slowModel);
        QVERIFY(opened(*window) && ready(*window));
        type(*window, QString::fromStdString(toName(snv)));
        QVERIFY(waitUntil([&] { return window->experiments().whatIf().checked; }));
        QVERIFY(panel.resultText().contains(QStringLiteral("difference")));
        choose(panel.on(), QStringLiteral("all"));
        QVERIFY(window->experiments().whatIf().running);
        QTest::mouseClick(&page(*window).stop(), Qt::LeftButton);
        QVERIFY(waitUntil([&] { return !window->experiments().whatIf().running; }));
        if (window->experiments().whatIf().checked)
            QSKIP("this machine is faster than the click");
        QVERIFY2(panel.resultText().isEmpty(), qPrintable(panel.resultText()));
        QVERIFY(closed(*window));
    }

    /// It may be open while results come.
    void aListIsMadeAnewForOtherChoicesAlone() {
        QComboBox box;
        offer(box, {{QStringLiteral("a"), "A"}, {QStringLiteral("b"), "B"}}, "B");
        QCOMPARE(box.currentIndex(), 1);
        QSignalSpy filled(box.model(), &QAbstractItemModel::rowsInserted);
        offer(box, {{QStringLiteral("a"), "A"}, {QStringLiteral("b"), "B"}}, "A");
        QCOMPARE(box.currentIndex(), 0);
        QVERIFY(filled.isEmpty());
        offer(box, {{QStringLiteral("a"), "A"}, {QStringLiteral("c"), "C"}}, "B");
        QCOMPARE(box.count(), 2);
        QCOMPARE(box.itemText(1), QStringLiteral("c"));
        QCOMPARE(box.currentIndex(), 0);
    }

    void changesGoThroughAVcf() {
        const auto window = windowWithDrivers();
        QVERIFY(window);
        WhatIfPanel& panel = page(*window).whatIf();
        for (size_t rank = 0; rank < 2; ++rank)
            type(*window, QString::fromStdString(toName(driver(*window, rank))));
        const std::vector<Variant> changes = requests(*window).whatIf.changes;
        QCOMPARE(changes.size(), size_t{2});
        const QString file = QString::fromStdString((m_home / "changes.vcf").string());
        QSignalSpy saved(&panel, &ExperimentPanel::saved);
        panel.exportVcf(file);
        QVERIFY(waitUntil([&] { return !saved.isEmpty(); }));
        for (auto* button : panel.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("All back"))
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(requests(*window).whatIf.changes.empty());
        panel.importVcf(file);
        QVERIFY(waitUntil([&] { return requests(*window).whatIf.changes == changes; }));
        panel.importVcf(QString::fromStdString((m_home / "none.vcf").string()));
        QVERIFY(waitUntil([&] { return !panel.typedError().isEmpty(); }));
        QCOMPARE(requests(*window).whatIf.changes, changes);
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestWhatIfPage)
#include "tst_what_if_page.moc"
