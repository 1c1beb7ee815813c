// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever genes are called, no two of a study share their files' name, and ordinary ones keep theirs.
#include "analysis/file_stems.h"

#include "analysis/report_writer.h"
#include "base/words.h"
#include "support.h"

#include <set>

using namespace diploscope;

namespace {

StudyGene gene(const std::string& id, const std::string& name) {
    StudyGene made;
    made.gene.id = id;
    made.gene.name = name;
    return made;
}

} // namespace

class TestFileStems : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordinaryNamesStay() {
        const std::vector<StudyGene> genes{
            gene("ENSG1", "GSTM3"), gene("ENSG2", "HLA-A"), gene("ENSG3", "AC004463.1"), gene("ENSG4", "A/B"),
            gene("ENSG5", "ENSG5"), gene("ENSG6", "TWIN"),  gene("ENSG7", "TWIN")};
        const GeneFileStems stems(genes);
        std::vector<std::string> names;
        for (const StudyGene& one : genes)
            names.push_back(stems.of(one.gene));
        QCOMPARE(names, (std::vector<std::string>{"GSTM3", "HLA-A", "AC004463.1", "A_B", "ENSG5", "ENSG6",
                                                  "ENSG7"}));
        // As they were asked for.
        QCOMPARE(stems.of(genes[0].gene, "ENSG1"), std::string("ENSG1"));
        QCOMPARE(stems.of(genes[0].gene, "ENSG1.4"), std::string("ENSG1.4"));
        QCOMPARE(stems.of(genes[0].gene, "gstm3"), std::string("gstm3"));
        QCOMPARE(stems.of(genes[3].gene, "A/B"), std::string("A_B"));
        QCOMPARE(stems.of(genes[5].gene, "TWIN"), std::string("TWIN")); // of X, where the other is of Y
        QCOMPARE(stems.of(gene("x", "").gene), std::string("x"));
    }

    void clashingNamesGetTheId() {
        const std::vector<StudyGene> genes{
            gene("ENSG1", "A/B"),   gene("ENSG2", "A_B"),   gene("ENSG3", "A B"), gene("ENSG4", "a_b"),
            gene("ENSG5", "CASE"),  gene("ENSG6", "Case"),  gene("I/1", "T"),     gene("I_1", "T"),
            gene("ENSG7", "ensg8"), gene("ENSG8", "PLAIN"), gene("i 1", "t")};
        const GeneFileStems stems(genes);
        QCOMPARE(stems.of(genes[0].gene), std::string("ENSG1"));
        QCOMPARE(stems.of(genes[5].gene), std::string("ENSG6"));
        QCOMPARE(stems.of(genes[8].gene), std::string("ENSG7"));
        QCOMPARE(stems.of(genes[9].gene), std::string("PLAIN"));
        QVERIFY(stems.of(genes[6].gene).starts_with("I_1-"));
        // In whichever way two genes are asked for.
        std::map<std::string, std::string> geneOf;
        for (const StudyGene& one : genes)
            for (const std::string& stem :
                 {stems.of(one.gene), stems.of(one.gene, one.gene.id),
                  one.gene.name == "T" ? stems.of(one.gene) : stems.of(one.gene, one.gene.name)}) {
                const auto [known, added] = geneOf.emplace(lowerCase(stem), one.gene.id);
                QVERIFY2(added || known->second == one.gene.id, stem.c_str());
            }
    }

    /// Files of another gene that are called the same are not this one's.
    void reportsAreOfTheirGene() {
        const test::TemporaryFolder folder;
        GeneReport report;
        report.gene.id = "ENSG1";
        report.gene.name = "A/B";
        DS_VERIFY(writeGeneReport(report, folder.path(), "A_B", "key"));
        QVERIFY(reportIsOf(folder.path(), "A_B", "ENSG1", "key"));
        QVERIFY(!reportIsOf(folder.path(), "A_B", "ENSG2", "key"));
        QVERIFY(!reportIsOf(folder.path(), "A_B", "ENSG", "key"));
        QVERIFY(!reportIsOf(folder.path(), "A_B", "ENSG1", "ke"));
        QVERIFY(!reportIsOf(folder.path(), "A_B", "ENSG1", ""));
        QVERIFY(!reportIsOf(folder.path(), "A", "ENSG1", "key"));
    }
};

QTEST_GUILESS_MAIN(TestFileStems)
#include "tst_file_stems.moc"
