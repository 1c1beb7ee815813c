// SPDX-License-Identifier: GPL-3.0-or-later
// Genes and models whose names, or the files of these names, are the same: nothing of one is written over by
// another, and nothing of one passes for another's.
#include "analysed_study.h"

#include <set>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestSameNames : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    Run analyze(const fs::path& study, const std::string& out, const QStringList& more) const {
        return runProgram(m_folder / "home",
                          QStringList{"analyze", textOf(study), "--quiet", "--out", textOf(m_folder / out)} +
                              more);
    }
    fs::path studyOfClashingGenes(const std::string& name) const {
        SmallStudy small;
        small.annotation = SmallStudy::gtf("ENSG01.2", "A/B", "chr22", 20'001, 25'000, '+') +
                           SmallStudy::gtf("ENSG02.1", "A_B", "chr22", 40'001, 45'000, '-') +
                           SmallStudy::gtf("ENSG03.1", "PLAIN", "chr22", 60'001, 65'000, '+');
        return writeStudyWithModel(m_folder / name, small);
    }
    /// Gene ids of all reports of a folder, each with its file's stem.
    std::set<std::string> reportsIn(const std::string& folder) const {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(m_folder / folder)) {
            const std::string name = entry.path().filename().string();
            if (name.ends_with(".report.json"))
                found.insert(name.substr(0, name.size() - 12) + " of " +
                             jsonFile(entry.path())["gene_id"].toString().toStdString());
        }
        return found;
    }

private Q_SLOTS:
    void genes() {
        const fs::path study = studyOfClashingGenes("genes");
        const std::set<std::string> own{"ENSG01 of ENSG01", "ENSG02 of ENSG02", "PLAIN of ENSG03"};
        const QStringList all{"--genes", "all"};
        QCOMPARE(analyze(study, "all", all).exitCode, 0);
        QCOMPARE(reportsIn("all"), own);
        QVERIFY(analyze(study, "all", all).out.contains("3 of 3 genes were stored already"));

        // One by one, by name: in one command and in several.
        QCOMPARE(analyze(study, "once", {"--gene", "A/B", "--gene", "A_B"}).exitCode, 0);
        QCOMPARE(reportsIn("once"), (std::set<std::string>{"ENSG01 of ENSG01", "ENSG02 of ENSG02"}));
        for (const char* name : {"A/B", "A_B", "PLAIN"})
            QCOMPARE(analyze(study, "twice", {"--gene", name}).exitCode, 0);
        QCOMPARE(reportsIn("twice"), own);
        writeText(m_folder / "genes.txt", "A/B\nA_B\nPLAIN\n");
        QCOMPARE(analyze(study, "listed", {"--genes", textOf(m_folder / "genes.txt")}).exitCode, 0);
        QCOMPARE(reportsIn("listed"), own);
    }

    /// As folders of an earlier version hold them: the run is this one, and the gene is not.
    void filesOfAnotherGeneDoNotCount() {
        const fs::path study = studyOfClashingGenes("other gene");
        QCOMPARE(analyze(study, "files", {"--genes", "all"}).exitCode, 0);
        for (const char* ending : {"people.tsv", "variants.tsv", "drivers.tsv", "report.json"})
            fs::copy_file(m_folder / "files" / (std::string("ENSG01.") + ending),
                          m_folder / "files" / (std::string("PLAIN.") + ending),
                          fs::copy_options::overwrite_existing);
        const Run again = analyze(study, "files", {"--genes", "all"});
        QVERIFY2(again.out.contains("2 of 3 genes were stored already"), qPrintable(again.out));
        QVERIFY(reportsIn("files").contains("PLAIN of ENSG03"));
    }

    void figures() {
        const fs::path study = studyOfClashingGenes("figures");
        const Run drawn = analyze(study, "drawn", {"--genes", "all", "--figures"});
        if (drawn.exitCode == 2)
            QSKIP("Built without figures");
        QVERIFY2(drawn.exitCode == 0, qPrintable(drawn.err));
        for (const char* stem : {"ENSG01", "ENSG02", "PLAIN"})
            QVERIFY(fs::exists(m_folder / "drawn" / (std::string(stem) + ".observed-predicted.svg")));
    }

    void models_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("says");
        QTest::newRow("one name") << "probe"
                                  << "probe"
                                  << "`probe`";
        QTest::newRow("one folder") << "a b"
                                    << "a_b"
                                    << "`a b` and `a_b`";
        QTest::newRow("but for case") << "Probe"
                                      << "probe"
                                      << "`Probe` and `probe`";
    }
    /// Of two models that are called the same, neither tables nor the summary could be told apart.
    void models() {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(QString, says);
        const std::string row = QTest::currentDataTag();
        const fs::path study = writeStudyWithModel(m_folder / ("models, " + row));
        const fs::path m1 = m_folder / row / "m1", m2 = m_folder / row / "m2";
        writeTestModel(m1, 2, first.toStdString());
        writeTestModel(m2, 3, second.toStdString());
        const QStringList both{"--genes", "all", "--model", textOf(m1), "--model", textOf(m2)};
        const Run refused = analyze(study, row + " out", both);
        QVERIFY2(refused.exitCode == 1, qPrintable(refused.out));
        for (const QString& part :
             {says, textOf(m1), textOf(m2), QString("        do  "), QString("\"name\"")})
            QVERIFY2(refused.err.contains(part), qPrintable(refused.err));
        QVERIFY(!fs::exists(m_folder / (row + " out")));
        // Both ways that are named lead on: one at a time, or another name.
        for (const fs::path& model : {m1, m2})
            QCOMPARE(
                analyze(study, row + model.filename().string(), {"--genes", "all", "--model", textOf(model)})
                    .exitCode,
                0);
        writeTestModel(m2, 3, "other");
        QCOMPARE(analyze(study, row + " out", both).exitCode, 0);
        QVERIFY(fs::exists(m_folder / (row + " out/other/GENEA.report.json")));
    }

    /// Run one at a time they are two runs, and the summary says how they differ.
    void weightsOfOneName() {
        const fs::path study = writeStudyWithModel(m_folder / "weights");
        const fs::path m1 = m_folder / "m1", m2 = m_folder / "m2";
        writeTestModel(m1, 2, "probe");
        writeTestModel(m2, 3, "probe");
        for (const fs::path& model : {m1, m2})
            QCOMPARE(analyze(study, "weights out", {"--genes", "all", "--model", textOf(model)}).exitCode, 0);
        const Run shown = runProgram(m_folder / "home", {"summary", textOf(study)});
        QVERIFY2(shown.out.contains("with other weights"), qPrintable(shown.out + shown.err));
    }
};

QTEST_GUILESS_MAIN(TestSameNames)
#include "tst_same_names.moc"
