// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_shares.h"

#include "support.h"

#include <algorithm>
#include <map>
#include <random>

using namespace diploscope;

namespace {

StudyGene geneAt(const std::string& id, const std::string& contig, int64_t tss) {
    StudyGene gene;
    gene.gene.id = id;
    gene.gene.region = {contig, tss, tss + 1000};
    gene.gene.strand = Strand::Forward;
    return gene;
}

std::vector<StudyGene> manyGenes() {
    std::vector<StudyGene> genes;
    for (int i = 0; i < 6825; ++i)
        genes.push_back(geneAt("G" + std::to_string(i), "chr" + std::to_string(i % 22 + 1),
                               int64_t{i} * 7919 % 50'000'000));
    return genes;
}

std::vector<const StudyGene*> pointersTo(const std::vector<StudyGene>& genes) {
    std::vector<const StudyGene*> pointers;
    for (const StudyGene& gene : genes)
        pointers.push_back(&gene);
    return pointers;
}

} // namespace

class TestGeneShares : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sharesAreRead() {
        const auto share = parseGeneShare("3/200");
        DS_VERIFY(share);
        QCOMPARE(share->index, 3);
        QCOMPARE(share->of, 200);
        for (const char* wrong : {"", "3", "3/", "/3", "0/3", "4/3", "-1/3", "1/3x", "1 /3", "1/2/3", "a/b",
                                  "1/99999999999", "1/2000000"})
            QVERIFY2(!parseGeneShare(wrong), wrong);
    }

    void everyGeneIsInOne_data() {
        QTest::addColumn<int>("shares");
        for (const int shares : {1, 2, 3, 200, 6825, 10000})
            QTest::addRow("%d", shares) << shares;
    }
    void everyGeneIsInOne() {
        QFETCH(int, shares);
        const std::vector<StudyGene> genes = manyGenes();
        std::vector<const StudyGene*> list = pointersTo(genes);
        const std::vector<int> shareOf = sharesOf(list, shares, 0);
        QCOMPARE(shareOf.size(), genes.size());
        std::map<int, int> load;
        std::map<std::string, int> known;
        for (size_t i = 0; i < genes.size(); ++i) {
            QVERIFY(shareOf[i] >= 1 && shareOf[i] <= shares);
            ++load[shareOf[i]];
            known[genes[i].gene.id] = shareOf[i];
        }
        QCOMPARE(load.size(), std::min(genes.size(), static_cast<size_t>(shares)));
        for (const auto& [share, count] : load)
            QVERIFY(count == 6825 / shares || count == 6825 / shares + 1);
        // By content: the same for whoever lists them otherwise.
        std::shuffle(list.begin(), list.end(), std::mt19937(1));
        const std::vector<int> shuffled = sharesOf(list, shares, 0);
        for (size_t i = 0; i < list.size(); ++i)
            QCOMPARE(shuffled[i], known[list[i]->gene.id]);
    }

    void sameWindowsAreOfOneShare() {
        const std::vector<StudyGene> genes{geneAt("A", "1", 100), geneAt("B", "1", 100),
                                           geneAt("C", "1", 104), geneAt("D", "2", 100),
                                           geneAt("E", "1", 900)};
        const auto list = pointersTo(genes);
        const std::vector<int> alone = sharesOf(list, 4, 0);
        QCOMPARE(alone[0], alone[1]);
        QVERIFY(alone[0] != alone[2] && alone[2] != alone[4] && alone[4] != alone[3]);
        const std::vector<int> shifted = sharesOf(list, 2, 2);
        QVERIFY(shifted[0] == shifted[1] && shifted[1] == shifted[2]);
        QVERIFY(shifted[4] != shifted[0]);
        QCOMPARE(shifted[3], shifted[4]); // the share with the fewest
    }
};

QTEST_GUILESS_MAIN(TestGeneShares)
#include "tst_gene_shares.moc"
