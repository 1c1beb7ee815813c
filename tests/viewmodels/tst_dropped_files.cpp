// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/dropped_files.h"

#include <QTest>

using namespace diploscope::ui;

class TestDroppedFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsDroppedSaysWhatIsWanted_data() {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<bool>("onLocus");
        QTest::addColumn<int>("wish");
        const auto row = [](const char* name, const QStringList& files, bool onLocus, DropWish wish) {
            QTest::newRow(name) << files << onLocus << static_cast<int>(wish);
        };
        const QString study = QStringLiteral("/a/my.study.json"), bed = QStringLiteral("/a/peaks.bed");
        row("nothing", {}, false, DropWish::Nothing);
        row("nothing on the locus", {}, true, DropWish::Nothing);
        row("a study", {study}, false, DropWish::Open);
        row("a study on the locus", {study}, true, DropWish::Open); // which is no track
        row("a track", {bed}, true, DropWish::Tracks);
        row("tracks", {bed, QStringLiteral("/a/x.bw")}, true, DropWish::Tracks);
        row("data elsewhere", {bed}, false, DropWish::Study);
        row("much", {QStringLiteral("/a/x.vcf.gz"), QStringLiteral("/a/x.fa")}, false, DropWish::Study);
        row("two documents", {study, study}, false, DropWish::Study);
        row("a document and more on the locus", {study, bed}, true, DropWish::Study);
    }
    void whatIsDroppedSaysWhatIsWanted() {
        QFETCH(const QStringList, files);
        QFETCH(const bool, onLocus);
        QFETCH(const int, wish);
        QCOMPARE(static_cast<int>(wishOf(files, onLocus)), wish);
    }
};

QTEST_APPLESS_MAIN(TestDroppedFiles)
#include "tst_dropped_files.moc"
