// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/step_names.h"

#include "genome_fixture.h"
#include "report_fixture.h"

#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestStepNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSelectionIsCalledByWhatHasChanged() {
        GeneReport report = inventReport({.people = 10, .snvs = 5, .drivers = 1});
        report.variants[0].id = "rs123";
        const Variant known = report.variants[0], other = report.variants[1];
        const Variant stranger{known.contig, known.position + 1'000'000, "G", "T"};
        const Selected none;
        const Selected one{{known}, {}};
        QCOMPARE(nameOfSelecting(none, one, &report), QStringLiteral("Select rs123"));
        QCOMPARE(nameOfSelecting(none, one, nullptr),
                 QStringLiteral("Select ") + QString::fromStdString(toText(known)));
        QCOMPARE(nameOfSelecting(none, {{stranger}, {}}, &report),
                 QStringLiteral("Select ") + QString::fromStdString(toText(stranger)));
        QCOMPARE(nameOfSelecting(one, {{known, other}, {}}, &report), QStringLiteral("Select 2 SNVs"));
        QCOMPARE(nameOfSelecting(none, {{}, {"NA12878"}}, &report), QStringLiteral("Select NA12878"));
        QCOMPARE(nameOfSelecting(none, {{}, {"a", "b", "c"}}, &report), QStringLiteral("Select 3 people"));
        QCOMPARE(nameOfSelecting(one, none, &report), QStringLiteral("Clear the selection"));
        // The SNV stayed, somebody joined it, or left.
        QCOMPARE(nameOfSelecting(one, {{known}, {"NA12878"}}, &report), QStringLiteral("Select NA12878"));
        QCOMPARE(nameOfSelecting({{known}, {"a"}}, one, &report), QStringLiteral("Clear the selection"));
    }

    void genesAreCalledByTheirNames() {
        const auto table = inventTable(20);
        QCOMPARE(nameOfSelecting({}, *table), QStringLiteral("Clear the selection"));
        QCOMPARE(nameOfSelecting({QStringLiteral("ENSG7")}, *table), QStringLiteral("Select GENE7"));
        QCOMPARE(nameOfSelecting({QStringLiteral("ENSG77")}, *table), QStringLiteral("Select ENSG77"));
        QCOMPARE(nameOfSelecting({QStringLiteral("ENSG7"), QStringLiteral("ENSG8")}, *table),
                 QStringLiteral("Select 2 genes"));
    }

    void whatIsLongIsCut() {
        QCOMPARE(shortModelName(QStringLiteral("/models/of mine/xpresso")), QStringLiteral("xpresso"));
        QCOMPARE(shortModelName(QStringLiteral("demo-cnn")), QStringLiteral("demo-cnn"));
        QCOMPARE(shortened(QStringLiteral("  22:19929000 ")), QStringLiteral("22:19929000"));
        const QString cut = shortened(QString(1000, QLatin1Char('A')));
        QCOMPARE(cut.size(), qsizetype{41});
        QVERIFY(cut.endsWith(QStringLiteral("…")));
        QVERIFY(!shortened(QStringLiteral("rs1\nrs2")).contains(QLatin1Char('\n')));
    }
};

QTEST_APPLESS_MAIN(TestStepNames)
#include "tst_step_names.moc"
