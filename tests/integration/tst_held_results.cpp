// SPDX-License-Identifier: GPL-3.0-or-later
// Results are there to see whichever store holds them: beside the study, or elsewhere from when its folder
// could not be written to; and those that a renamed study left behind are named.
#include "analysed_study.h"

#include <sys/stat.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestHeldResults : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    Run analyze(const fs::path& study, const QStringList& more = {"--genes", "all"}) const {
        return runProgram(
            m_folder / "home",
            QStringList{"analyze", textOf(study), "--quiet", "--out", textOf(m_folder / "out")} + more);
    }
    Run summary(const fs::path& study, const QStringList& more = {}) const {
        return runProgram(m_folder / "home", QStringList{"summary", textOf(study)} + more);
    }
    QJsonObject numbers(const fs::path& study, const QStringList& more = {}) const {
        return QJsonDocument::fromJson(summary(study, more + QStringList{"--json"}).out.toUtf8()).object();
    }
    /// The rights of a study's folder for as long as it lives; then it can be removed again.
    struct Closed {
        explicit Closed(const fs::path& study) : folder(study.parent_path()) { chmod(folder.c_str(), 0555); }
        ~Closed() { chmod(folder.c_str(), 0755); }
        fs::path folder;
    };

private Q_SLOTS:
    /// Studies of one name share a store in the user's folder.
    void init() { fs::remove_all(m_folder / "home/data"); }

    void resultsOfAClosedFolderStay() {
        const fs::path study = writeStudyWithModel(m_folder / "closed");
        const fs::path beside = study.parent_path() / "small.results.sqlite";
        const fs::path elsewhere = m_folder / "home/data/diploscope/results";
        {
            const Closed closed(study);
            const Run first = analyze(study);
            QVERIFY2(first.exitCode == 0 && first.out.contains("Results are kept in " + textOf(elsewhere)),
                     qPrintable(first.out + first.err));
            const Run shown = summary(study);
            QVERIFY2(shown.out.contains("Genes       3,") && shown.err.contains(textOf(elsewhere)),
                     qPrintable(shown.out + shown.err));
        }
        QVERIFY(!fs::exists(beside));
        const Run opened = summary(study);
        QVERIFY2(opened.exitCode == 0 && opened.out.contains("Genes       3,"), qPrintable(opened.err));
        QVERIFY2(opened.err.contains("kept in " + textOf(elsewhere)) && opened.err.contains(textOf(beside)),
                 qPrintable(opened.err));
        QVERIFY(!fs::exists(beside)); // who looks makes nothing
        const QJsonObject before = numbers(study);
        QCOMPARE(before["run_standing"].toString(), QString("current"));

        // New results hide none of them, and are not hidden when the folder is closed again.
        QCOMPARE(analyze(study, {"--gene", "GENEA", "--seed", "7"}).exitCode, 0);
        QVERIFY(fs::exists(beside));
        QCOMPARE(numbers(study), before);
        QVERIFY(summary(study).out.contains("Also kept   run 1: test-net, 1 gene"));
        QCOMPARE(numbers(study, {"--run", "1"})["n_genes"].toInt(), 1);
        {
            const Closed closed(study);
            const Run shown = summary(study);
            QVERIFY2(shown.out.contains("Genes       3,") &&
                         shown.out.contains("kept in " + textOf(beside)) &&
                         shown.out.contains("with other `statistics.seed`"),
                     qPrintable(shown.out + shown.err));
            QCOMPARE(numbers(study, {"--run", "10001"})["n_genes"].toInt(), 1);
        }

        // The same run, to its end in the folder: once, and from there.
        QCOMPARE(analyze(study).exitCode, 0);
        const Run whole = summary(study);
        QVERIFY2(whole.out.contains("Genes       3,") && !whole.out.contains("kept in") &&
                     !whole.err.contains("kept in"),
                 qPrintable(whole.out + whole.err));
        QJsonObject now = numbers(study);
        QCOMPARE(now["mean_r"], before["mean_r"]);
        QVERIFY(!fs::is_empty(elsewhere));
    }

    /// One of two that is damaged hides not the other.
    void damagedStoreHidesNoOther() {
        const fs::path study = writeStudyWithModel(m_folder / "damaged");
        QCOMPARE(analyze(study).exitCode, 0);
        {
            const Closed closed(study);
            QCOMPARE(analyze(study, {"--gene", "GENEA", "--seed", "7"}).exitCode, 0);
        }
        for (const auto& entry : fs::directory_iterator(m_folder / "home/data/diploscope/results"))
            writeText(entry.path(), "no database");
        const Run shown = summary(study);
        QVERIFY2(shown.exitCode == 0 && shown.out.contains("Genes       3,") &&
                     shown.err.contains("Not all that is kept"),
                 qPrintable(shown.out + shown.err));
    }

    void renamedStudyIsToldOfItsResults() {
        const fs::path study = writeStudyWithModel(m_folder / "renamed");
        QCOMPARE(analyze(study).exitCode, 0);
        const QJsonObject before = numbers(study);
        const fs::path renamed = study.parent_path() / "new.study.json";
        fs::rename(study, renamed);
        const Run none = summary(renamed);
        QCOMPARE(none.exitCode, 1);
        for (const char* part : {"no results yet", "`small.results.sqlite`", "new.results.sqlite"})
            QVERIFY2(none.err.contains(part), qPrintable(none.err));
        fs::rename(study.parent_path() / "small.results.sqlite", study.parent_path() / "new.results.sqlite");
        QCOMPARE(numbers(renamed), before);
        // Results of a study that is there are nobody else's.
        fs::copy_file(renamed, study.parent_path() / "second.study.json");
        const Run second = summary(study.parent_path() / "second.study.json");
        QVERIFY2(second.err.contains("no results yet") && !second.err.contains("new.results.sqlite"),
                 qPrintable(second.err));
    }
};

QTEST_GUILESS_MAIN(TestHeldResults)
#include "tst_held_results.moc"
