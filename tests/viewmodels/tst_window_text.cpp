// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/window_text.h"

#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;

class TestWindowText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What a list of windows cuts off last stands first.
    void theTitleBeginsWithWhatIsShown() {
        StudyFile study;
        study.name = "Geuvadis";
        Gene gene;
        gene.id = "ENSG00000134202";
        gene.name = "GSTM3";
        QCOMPARE(titleOfWindow(nullptr, nullptr), QStringLiteral("Diploscope"));
        QCOMPARE(titleOfWindow(&study, nullptr), QStringLiteral("Geuvadis — Diploscope"));
        QCOMPARE(titleOfWindow(&study, &gene), QStringLiteral("GSTM3 — Geuvadis — Diploscope"));
        study.name = "two\nlines"; // out of a file
        QVERIFY(!titleOfWindow(&study, nullptr).contains(QLatin1Char('\n')));
    }

    void theBuildIsToldWhereItIsKnown() {
        StudyFile study;
        study.name = "Geuvadis";
        QCOMPARE(studyText(study), QStringLiteral("Geuvadis"));
        study.build = "GRCh38";
        QCOMPARE(studyText(study), QStringLiteral("Geuvadis · GRCh38"));
    }
};

QTEST_APPLESS_MAIN(TestWindowText)
#include "tst_window_text.moc"
