// SPDX-License-Identifier: GPL-3.0-or-later
// The panel of a study of indels, and the sequences that its effects are of.
#include "sequence/sequence_key.h"
#include "sequence/snv_panel.h"
#include "support.h"

#include <map>
#include <string>
#include <vector>

using namespace diploscope;

namespace {

//                          0         10        20        30
const std::string Genome = "ACGTACGTTTTTGCACACATGGCATCGATTCAGCTAGCAT";

/// Four people; alleles of one site are a row of eight.
AlleleMatrix matrixOf(const std::vector<std::pair<Site, std::vector<int8_t>>>& rows) {
    AlleleMatrix matrix;
    matrix.region = {"1", 0, static_cast<int64_t>(Genome.size())};
    matrix.people = {"A", "B", "C", "D"};
    for (const auto& [site, alleles] : rows) {
        matrix.sites.push_back(site);
        matrix.alleles.insert(matrix.alleles.end(), alleles.begin(), alleles.end());
    }
    return matrix;
}

std::vector<std::string> namesOf(const SnvPanel& panel) {
    std::vector<std::string> names;
    for (const Snv& variant : panel.snvs)
        names.push_back(toName(variant));
    return names;
}

SnvPanel panelOf(const AlleleMatrix& matrix, const Region& window = {"1", 0, 40}) {
    return buildPanel(matrix, window, VariantMode::SnvAndIndel, {Genome, 0});
}

/// The window [8, 32) of the genome, the TSS at its base 12.
ReferenceWindow shortWindow() {
    ReferenceWindow window;
    window.region = {"1", 8, 32};
    window.tssOffset = 12;
    window.flank = 8;
    window.context = Genome;
    return window;
}

} // namespace

class TestVariantPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Wrong: the most common allele alone, as of SNVs; alleles nobody carries; copies of another allele.
    void eachAlleleThatIsCarried() {
        const AlleleMatrix matrix = matrixOf({
            {{13, "rs1", "CAC", {"C", "CACAC", "CACACAC", "TAC"}}, {1, 2, 1, 0, 2, 2, -1, 4}},
            {{20, "", "GG", {"TC"}}, {1, 0, 0, 0, 0, 0, 0, 1}},
            {{25, "", "C", {"A", "G"}}, {1, 2, 2, 0, 0, 0, 0, 0}},
        });
        const SnvPanel panel = panelOf(matrix);
        QCOMPARE(namesOf(panel), (std::vector<std::string>{"1:13:GCA:G", "1:13:G:GCA", "1:14:C:T",
                                                           "1:21:GG:TC", "1:26:C:G"}));
        const Snv& deletion = panel.snvs[0];
        QCOMPARE(deletion.id, std::string("rs1"));
        QCOMPARE(deletion.alleleFrequency, 2.0 / 7);
        QCOMPARE(deletion.carriers, int64_t{2});
        QCOMPARE(deletion.missing, int64_t{1});
        QCOMPARE(deletion.genotypes.copies(0), uint8_t{1});
        QCOMPARE(deletion.genotypes.copies(2), uint8_t{0});
        QCOMPARE(deletion.genotypes.copies(3), SnvGenotypes::NoGenotype);
        QCOMPARE(panel.snvs[1].genotypes.copies(2), uint8_t{2});
        QCOMPARE(panel.snvs[3].genotypes.copies(3), uint8_t{1});
        QCOMPARE(panel.indels(), (std::vector<size_t>{0, 1}));
        // As a study of SNVs has them.
        QCOMPARE(namesOf(buildSnvPanel(matrix, {"1", 0, 40})),
                 (std::vector<std::string>{"1:14:C:T", "1:26:C:G"}));
        QCOMPARE(namesOf(buildPanel(matrix, {"1", 0, 40}, VariantMode::Snv, {Genome, 0})),
                 namesOf(buildSnvPanel(matrix, {"1", 0, 40})));
    }

    /// One allele, written in four ways. Wrong: trimmed alone, four names; an order by what is written.
    void leftAligned_data() {
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("ref");
        QTest::addColumn<QString>("alt");
        QTest::newRow("as is") << 6 << "GT"
                               << "G";
        QTest::newRow("within the run") << 9 << "TT"
                                        << "T";
        QTest::newRow("the run's end") << 10 << "TTG"
                                       << "TG";
        QTest::newRow("with padding") << 5 << "CGTTTTT"
                                      << "CGTTTT";
    }
    void leftAligned() {
        QFETCH(int, position);
        QFETCH(QString, ref);
        QFETCH(QString, alt);
        const AlleleMatrix matrix =
            matrixOf({{{position, "", ref.toStdString(), {alt.toStdString()}}, {1, 0, 0, 0, 0, 0, 0, 0}}});
        QCOMPARE(namesOf(panelOf(matrix)), std::vector<std::string>{"1:7:GT:G"});
    }

    /// Of two records of one allele the first counts; both are one variant. Wrong: the same name twice.
    void oneAlleleOfTwoRecords() {
        const SnvPanel panel = panelOf(matrixOf({{{6, "a", "GT", {"G"}}, {1, 0, 0, 0, 0, 0, 0, 0}},
                                                 {{9, "b", "TT", {"T"}}, {0, 0, 1, 1, 0, 0, 0, 0}}}));
        QCOMPARE(namesOf(panel), std::vector<std::string>{"1:7:GT:G"});
        QCOMPARE(panel.snvs.front().carriers, int64_t{1});
    }

    /// What it changes begins in the window, where a model can see it.
    void windowsEnds() {
        const AlleleMatrix matrix = matrixOf({{{19, "", "TGG", {"T"}}, {1, 0, 0, 0, 0, 0, 0, 0}}});
        QCOMPARE(panelOf(matrix, {"1", 0, 21}).snvs.size(), size_t{1});
        QVERIFY(panelOf(matrix, {"1", 0, 20}).snvs.empty());
        QVERIFY(panelOf(matrix, {"1", 20, 40}).snvs.empty());
    }

    /// REF stands where no allele of the record touches what the indel changes: its anchor is none of that.
    void whatIsReference() {
        const AlleleMatrix matrix =
            matrixOf({{{25, "", "CGA", {"C", "TGA", "CTA", "CG"}}, {1, 1, 2, 2, 3, 0, 4, 1}}});
        const Snv deletion = panelOf(matrix).snvs.front();
        QCOMPARE(toName(deletion), std::string("1:26:CGA:C"));
        QCOMPARE(deletion.referenceFrequency, 3.0 / 8); // REF and TGA, twice
    }

    void bothTrims_data() {
        QTest::addColumn<QString>("edit");
        QTest::addColumn<QString>("tssFixed");
        QTest::addColumn<QString>("other");
        //                           TTTTGCACACATGGCATCGATTCA
        QTest::newRow("deletion before the TSS") << "12:GCA:G"
                                                 << "GTTTTTGCACATGGCATCGATTCA"
                                                 << "TTTTGCACATGGCATCGATTCAGC";
        QTest::newRow("insertion before the TSS") << "12:G:GAA"
                                                  << "TTGAACACACATGGCATCGATTCA"
                                                  << "TTTTGAACACACATGGCATCGATT";
        QTest::newRow("deletion behind the TSS") << "25:CGA:C"
                                                 << "TTTTGCACACATGGCATCTTCAGC"
                                                 << "GTTTTTGCACACATGGCATCTTCA";
        QTest::newRow("insertion behind the TSS") << "25:C:CAA"
                                                  << "TTTTGCACACATGGCATCAAGATT"
                                                  << "TTGCACACATGGCATCAAGATTCA";
    }
    /// Wrong: the far end twice; the TSS moved in what is METHODS 2's; bases lost within.
    void bothTrims() {
        QFETCH(QString, edit);
        QFETCH(QString, tssFixed);
        QFETCH(QString, other);
        const QStringList parts = edit.split(':');
        const ReferenceWindow window = shortWindow();
        SnvPanel panel;
        panel.snvs.emplace_back();
        static_cast<Variant&>(panel.snvs.front()) = {"1", parts[0].toInt(), parts[1].toStdString(),
                                                     parts[2].toStdString()};
        const std::vector<EditList> sequences = ismSequences(panel, window);
        QCOMPARE(sequences.size(), size_t{2});
        QCOMPARE(QString::fromStdString(materialize(window, sequences[0])), tssFixed);
        QCOMPARE(QString::fromStdString(materialize(window, sequences[1])), other);
    }

    /// Of whatever indel, each trim leaves one end of the window as it is, and has its own key. Wrong: a key
    /// of the edits without the end at which room is made.
    void keysOfTrims() {
        const ReferenceWindow window = shortWindow();
        std::map<Digest, std::string> contents;
        for (int64_t offset = 0; offset < 20; ++offset)
            for (const RoomAt room : {RoomAt::FarEnd, RoomAt::LeftEnd, RoomAt::RightEnd})
                for (int32_t length : {1, 3, 4})
                    for (const std::string alt : {"A", "CTG", "TTTAA"}) {
                        const EditList edits{Edit(offset, length, alt, room)};
                        const std::string bases = materialize(window, edits);
                        QCOMPARE(bases.size(), size_t{24});
                        const auto at = static_cast<size_t>(offset);
                        if (room == RoomAt::RightEnd)
                            QCOMPARE(bases.substr(0, at), std::string(window.bases().substr(0, at)));
                        if (room == RoomAt::LeftEnd) {
                            const size_t behind = at + size_t(length);
                            QCOMPARE(bases.substr(behind), std::string(window.bases().substr(behind)));
                        }
                        const Digest key = sequenceKey(window, digestOf(std::string(window.bases())), edits);
                        const auto [known, isNew] = contents.emplace(key, bases);
                        QCOMPARE(known->second, bases);
                    }
    }

    /// SNVs and MNVs as they are, indels the mean and half the difference.
    void overBothTrims() {
        SnvPanel panel;
        for (const auto& [ref, alt] : std::vector<std::pair<std::string, std::string>>{
                 {"A", "C"}, {"AC", "A"}, {"AC", "GT"}, {"A", "AT"}}) {
            panel.snvs.emplace_back();
            static_cast<Variant&>(panel.snvs.back()) = {"1", 10, ref, alt};
        }
        Eigen::MatrixXd values(6, 1);
        values << 1, 2, 3, 4, 5, 1;
        const OverTrims found = overTrims(panel, values);
        QCOMPARE(found.mean, (Eigen::MatrixXd(4, 1) << 1, 3.5, 3, 2.5).finished());
        QCOMPARE(found.halfDifference, (Eigen::MatrixXd(2, 1) << -1.5, 1.5).finished());
    }
};

QTEST_APPLESS_MAIN(TestVariantPanel)
#include "tst_variant_panel.moc"
