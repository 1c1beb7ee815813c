// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "ui/report_fixture.h"
#include "viewmodels/selection.h"

#include <QSignalSpy>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestSelection : public QObject {
    Q_OBJECT

private:
    GeneReport m_report = inventReport({.people = 20, .snvs = 30});

private Q_SLOTS:
    void nothingIsSelectedAtFirst() {
        const Selection selection;
        QVERIFY(selection.variants().empty() && selection.people().empty());
        QVERIFY(!selection.variant() && !selection.person());
        QVERIFY(!selection.variantIn(m_report) && !selection.personIn(m_report));
    }

    void changesAreToldOnce() {
        Selection selection;
        QSignalSpy variants(&selection, &Selection::variantsChanged);
        QSignalSpy people(&selection, &Selection::peopleChanged);
        selection.selectVariant(m_report.variants[3]);
        selection.selectVariant(m_report.variants[3]);
        selection.selectPerson(m_report.people[4].sample);
        QCOMPARE(variants.count(), 1);
        QCOMPARE(people.count(), 1);
        QVERIFY(selection.variant() == m_report.variants[3]);
        QCOMPARE(selection.variantIn(m_report), std::optional(size_t{3}));
        QCOMPARE(selection.personIn(m_report), std::optional(size_t{4}));
        selection.clear();
        selection.clear();
        QCOMPARE(variants.count(), 2);
        QCOMPARE(people.count(), 2);
        QVERIFY(!selection.variant() && !selection.person());
    }

    /// The same SNV and person under other indices, as with another model's window or more people.
    void aNewReportHasTheSameSelected() {
        Selection selection;
        selection.selectVariant(m_report.variants[12]);
        selection.selectPerson(m_report.people[7].sample);
        GeneReport next = m_report;
        next.complete = false;
        next.variants.erase(next.variants.begin(), next.variants.begin() + 10);
        next.people.insert(next.people.begin(), PersonResult{});
        QSignalSpy changed(&selection, &Selection::variantsChanged);
        QCOMPARE(selection.variantIn(next), std::optional(size_t{2}));
        QCOMPARE(selection.personIn(next), std::optional(size_t{8}));

        next.variants.erase(next.variants.begin() + 2);
        next.people.resize(3);
        QVERIFY(!selection.variantIn(next) && !selection.personIn(next));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(selection.variantIn(m_report), std::optional(size_t{12})); // it is still selected
    }

    void severalMayBeSelected() {
        Selection selection;
        QSignalSpy changed(&selection, &Selection::variantsChanged);
        selection.selectVariants({m_report.variants[9], m_report.variants[2]});
        selection.selectVariants({m_report.variants[2], m_report.variants[9]});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(selection.variants().size(), size_t{2});
        QVERIFY(*selection.variants().begin() == m_report.variants[2]);  // in their order
        QVERIFY(!selection.variant() && !selection.variantIn(m_report)); // which of them?
        selection.selectPeople({"NA10001", "NA10002"});
        QVERIFY(!selection.person());
        selection.selectVariant(m_report.variants[2]);
        QCOMPARE(selection.variantIn(m_report), std::optional(size_t{2}));
        QCOMPARE(selection.people().size(), size_t{2});
    }

    void modesJoinWithWhatWasSelected_data() {
        QTest::addColumn<BrushMode>("mode");
        QTest::addColumn<std::set<size_t>>("expected");
        QTest::newRow("replace") << BrushMode::Replace << std::set<size_t>{2, 3};
        QTest::newRow("add") << BrushMode::Add << std::set<size_t>{1, 2, 3};
        QTest::newRow("subtract") << BrushMode::Subtract << std::set<size_t>{1};
        QTest::newRow("intersect") << BrushMode::Intersect << std::set<size_t>{2};
    }
    void modesJoinWithWhatWasSelected() {
        QFETCH(BrushMode, mode);
        QFETCH(std::set<size_t>, expected);
        const auto variants = [this](const std::set<size_t>& indices) {
            std::set<Variant> chosen;
            for (const size_t index : indices)
                chosen.insert(m_report.variants[index]);
            return chosen;
        };
        const auto people = [this](const std::set<size_t>& indices) {
            std::set<std::string> chosen;
            for (const size_t index : indices)
                chosen.insert(m_report.people[index].sample);
            return chosen;
        };
        Selection selection;
        selection.selectVariants(variants({1, 2}));
        selection.selectPeople(people({1, 2}));
        selection.selectVariants(variants({2, 3}), mode);
        QVERIFY(selection.variants() == variants(expected));
        QVERIFY(selection.people() == people({1, 2})); // the other kind stays
        selection.selectPeople(people({2, 3}), mode);
        QVERIFY(selection.people() == people(expected));
        QVERIFY(selection.variants() == variants(expected));
    }

    /// Or whoever writes down what is selected would write a state in between.
    void bothAreSelectedBeforeEitherIsTold() {
        Selection selection;
        Selected heard;
        connect(&selection, &Selection::variantsChanged, this, [&] { heard = selection.selected(); });
        const Selected both{{m_report.variants[1]}, {"NA10001"}};
        selection.select(both);
        QVERIFY(heard == both);
        selection.clear();
        QVERIFY(heard.empty());
    }
};

QTEST_GUILESS_MAIN(TestSelection)
#include "tst_selection.moc"
