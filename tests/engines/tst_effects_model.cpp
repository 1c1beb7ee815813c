// SPDX-License-Identifier: GPL-3.0-or-later
// A table of effects as a model: what edits of a window it knows, their sum, and what its rows are to
// variants.
#include "engines/open_model.h"
#include "model/model_folder.h"

#include "model/install_model.h"
#include "model/model_kind.h"
#include "model/weights_check.h"

#include <algorithm>
#include <numeric>
#include <random>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

//                        0123456789012345678901234
const std::string Bases = "ACGTTTGCAGTCACACAGGCATTAC"; // from 1-based 1001 of chromosome 7

json effectsModel() {
    return {{"schema", 1},
            {"name", "toy-effects"},
            {"kind", "effects"},
            {"effects", "effects.tsv"},
            {"input", {{"length", 25}, {"tss_index", 12}}}};
}

ReferenceWindow windowOf(const std::string& geneId, const std::string& geneName = {}) {
    ReferenceWindow window = windowOverSequence(Bases, {25, 12, StrandRule::Forward});
    window.region = {"chr7", 1000, 1025};
    window.geneId = geneId;
    window.geneName = geneName;
    return window;
}

Variant variant(int64_t offset, const std::string& ref, const std::string& alt) {
    return {"chr7", 1000 + offset, ref, alt};
}

} // namespace

class TestEffectsModel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TemporaryFolder> m_folder;

    Result<std::shared_ptr<const Predictor>> model(const std::string& rows, json manifest = effectsModel(),
                                                   const std::string& more = "") {
        writeModel(*m_folder / "m", manifest);
        writeText(*m_folder / "m/effects.tsv", "variant\tgene\tscore" + more + "\n" + rows);
        return openModel((*m_folder / "m").string());
    }
    static std::vector<double> scores(const Predictor& model, const ReferenceWindow& window,
                                      const std::vector<EditList>& sequences) {
        const auto locus = model.prepare(window, model.info().defaultOutput, Method::Fast);
        if (!locus)
            qFatal("%s", locus.error().message().c_str());
        const Eigen::MatrixXd values = (*locus)->predict(sequences, {}).value();
        return {values.data(), values.data() + values.rows()};
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<TemporaryFolder>();
        setenv("XDG_DATA_HOME", (*m_folder / "data").c_str(), 1);
    }

    /// METHODS 14: the reference's score and what each allele adds.
    void addsUpWhatAllelesAdd() {
        const auto toy = model("7:1001:A:G\tENSG1\t0.5\n7:1003:G:T\tENSG1\t-2\n7:1003:G:T\tENSG2\t9\n");
        DS_VERIFY(toy);
        QVERIFY((*toy)->info().scoresOf == ScoresOf::Listed);
        const std::vector<EditList> sequences{
            {}, {{0, 1, "G"}}, {{0, 1, "G"}, {2, 1, "T"}}, {{0, 1, "C"}, {1, 1, "A"}, {2, 1, "T"}}};
        QCOMPARE(scores(**toy, windowOf("ENSG1"), sequences), (std::vector<double>{0, 0.5, -1.5, -2}));
        QCOMPARE(scores(**toy, windowOf("ENSG2"), sequences), (std::vector<double>{0, 0, 9, 9}));
        QCOMPARE(scores(**toy, windowOf("ENSG9", "ENSG2"), sequences)[2], 9.0); // by symbol
    }

    void aReferenceOfItsOwnAndEffectsOnAPerson() {
        json manifest = effectsModel();
        manifest["per"] = "person";
        const auto toy = model("7:1001:A:G\tENSG1\t0.5\t10\n", manifest, "\tscore_reference");
        DS_VERIFY(toy);
        // A person is the mean of both haplotypes: a copy that adds 0.5 to it adds 1 to its haplotype.
        QCOMPARE(scores(**toy, windowOf("ENSG1"), {{}, {{0, 1, "G"}}}), (std::vector<double>{10, 11}));
    }

    void columnsAreTracks() {
        json manifest = effectsModel();
        manifest["scores"] = {"liver", "lung"};
        writeModel(*m_folder / "m", manifest);
        writeText(*m_folder / "m/effects.tsv", "variant\tgene\tlung\tliver\n7:1001:A:G\tENSG1\t3\t4\n");
        const auto toy = openModel((*m_folder / "m").string());
        DS_VERIFY(toy);
        QCOMPARE((*toy)->info().trackCount, 2);
        QCOMPARE((*(*toy)->info().tracks)[1].label(), std::string("lung"));
        OutputChoice both = (*toy)->info().defaultOutput;
        both.tracks = {0, 1};
        const auto locus = (*toy)->prepare(windowOf("ENSG1"), both, Method::Fast);
        const Eigen::MatrixXd values = (*locus)->predict(std::vector<EditList>{{{0, 1, "G"}}}, {}).value();
        QCOMPARE(values(0, 0), 4.0);
        QCOMPARE(values(0, 1), 3.0);
    }

    /// The same insertion and deletion may be written at several places of a repeat.
    void indelsAreLeftAligned() {
        // TTT at 3..5: one T more, written behind the last of them; CACACA at 11..16: CA less.
        const auto toy = model("7:1006:T:TT\tENSG1\t1\n7:1015:ACA:A\tENSG1\t4\n");
        DS_VERIFY(toy);
        const std::vector<EditList> sequences{{{2, 1, "GT"}}, {{3, 1, "TT"}}, {{10, 3, "T"}}, {{13, 3, "C"}}};
        const std::vector<double> found = scores(**toy, windowOf("ENSG1"), sequences);
        QCOMPARE(found[0], 1.0);
        QCOMPARE(found[1], 1.0);
        QCOMPARE(found[2], 4.0);
        QCOMPARE(found[3], 4.0);
        const auto rows = model("7:1006:T:TT\tENSG1\t1\n7:1003:G:GT\tENSG1\t1\n");
        QCOMPARE((*rows)->listedEffects(windowOf("ENSG1"), {})->counts.duplicates, int64_t{1});
        const auto two = model("7:1006:T:TT\tENSG1\t1\n7:1003:G:GT\tENSG1\t2\n");
        const auto refused = (*two)->prepare(windowOf("ENSG1"), (*two)->info().defaultOutput, Method::Fast);
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
        QVERIFY(refused.error().what.find("7:1003 G>GT") != std::string::npos);
    }

    /// Sequences join an indel with a change of its anchor (core/sequence): both count.
    void joinedEditsAreTakenApart() {
        const auto toy = model("7:1003:G:A\tENSG1\t1\n7:1003:G:GT\tENSG1\t10\n");
        QCOMPARE(scores(**toy, windowOf("ENSG1"), {{{2, 1, "AT"}}, {{2, 1, "ATT"}}}),
                 (std::vector<double>{11, 1}));
    }

    /// METHODS 14: the sign turns only where the reference tells which is right; strand is never guessed.
    void swappedAllelesTurnWhereTheReferenceTells() {
        const auto toy = model("7:1001:G:A\tENSG1\t0.5\n" // swapped
                               "7:1002:G:C\tENSG1\t3\n"   // C>G, swapped or of the other strand
                               "7:1003:C:A\tENSG1\t5\n"); // the other strand of G>T
        const std::vector<EditList> sequences{{{0, 1, "G"}}, {{1, 1, "G"}}, {{2, 1, "T"}}};
        QCOMPARE(scores(**toy, windowOf("ENSG1"), sequences), (std::vector<double>{-0.5, 0, 0}));
    }

    void rowsAreCountedByWhatTheyAre() {
        const auto toy = model("7:1001:A:G\tENSG1\t1\n7:1001:A:G\tENSG1\t1\n" // as listed, and once more
                               "7:1003:T:G\tENSG1\t1\n"                       // swapped
                               "7:1002:G:C\tENSG1\t1\n"                       // ambiguous
                               "7:1004:T:G\tENSG1\t1\n"                       // another allele there
                               "7:1005:T:A\tENSG1\t1\n7:1006:T:A\tENSG1\t1\n" // nobody has them
                               "7:1007:A:C\tENSG1\t1\n"                       // REF is G
                               "7:9001:A:C\tENSG1\t1\n8:1001:A:G\tENSG1\t1\n" // elsewhere
                               "7:1001:A:G\tENSG2\t1\n");
        const std::vector<Variant> asked{variant(0, "A", "G"), variant(2, "G", "T"), variant(1, "C", "G"),
                                         variant(3, "T", "C"), variant(6, "G", "C")};
        const auto listed = (*toy)->listedEffects(windowOf("ENSG1"), asked);
        DS_VERIFY(listed);
        QCOMPARE(listed->has, (std::vector<bool>{true, true, false, false, false}));
        QVERIFY2((listed->counts == AssociationCounts{.asListed = 1,
                                                      .swapped = 1,
                                                      .absent = 2,
                                                      .referenceDiffers = 1,
                                                      .alleleDiffers = 1,
                                                      .ambiguous = 1,
                                                      .duplicates = 1}),
                 inWords(listed->counts).c_str());
        QCOMPARE(listed->beyond, int64_t{2});
    }

    void whatItCannotTellIsAnError() {
        const auto toy = model("7:1001:A:G\tENSG1\t1\n");
        const OutputChoice output = (*toy)->info().defaultOutput;
        const auto noGene = (*toy)->prepare(windowOf(""), output, Method::Fast);
        QCOMPARE(noGene.error().kind, ErrorKind::Unsupported);
        const auto other = (*toy)->prepare(windowOf("ENSG7", "ABC"), output, Method::Fast);
        QCOMPARE(other.error().kind, ErrorKind::NotFound);
        QVERIFY(other.error().what.find("ABC (ENSG7)") != std::string::npos);
        const auto locus = (*toy)->prepare(windowOf("ENSG1"), output, Method::Fast);
        QCOMPARE((*locus)->gradient({}).error().kind, ErrorKind::Unsupported);
        QCOMPARE(openModel((*m_folder / "m").string(), {}, 3).error().kind, ErrorKind::Unsupported);
    }

    void anotherBuild() {
        std::string rows;
        for (int offset = 0; offset < 12; ++offset) {
            const char own = Bases[size_t(offset)];
            rows += "7:" + std::to_string(1001 + offset) + (own == 'A' || own == 'T' ? ":C:G" : ":A:T") +
                    "\tENSG1\t1\n";
        }
        const auto toy = model(rows);
        const auto locus = (*toy)->prepare(windowOf("ENSG1"), (*toy)->info().defaultOutput, Method::Fast);
        QCOMPARE(locus.error().kind, ErrorKind::Mismatch);
        QVERIFY(locus.error().where.ends_with("effects.tsv"));
    }

    /// REF of another build is the reference's at one random place of four, and REF or ALT at half of them.
    /// Where one of both is everywhere, the two may be swapped, in some rows or in all.
    void anotherBuildAtRandomPlaces() {
        constexpr int Length = 400, Genes = 40, Rows = 60;
        std::mt19937 random(23);
        const auto base = [&random] { return "ACGT"[random() % 4]; };
        const auto otherThan = [&](char one) {
            for (;;)
                if (const char other = base(); other != one)
                    return other;
        };
        std::string bases;
        for (int i = 0; i < Length; ++i)
            bases += base();
        std::string rows;
        const auto add = [&](size_t at, char ref, char alt, const std::string& gene) {
            rows += "7:" + std::to_string(1001 + at) + ":" + ref + ":" + alt + "\t" + gene + "\t1\n";
        };
        std::vector<size_t> places(Length);
        std::iota(places.begin(), places.end(), size_t{0});
        for (int gene = 0; gene < Genes; ++gene) {
            std::shuffle(places.begin(), places.end(), random);
            for (int i = 0; i < Rows; ++i) {
                const char ref = base();
                add(places[size_t(i)], ref, otherThan(ref), "OTHER" + std::to_string(gene));
            }
        }
        for (int i = 0; i < Rows; ++i) {
            const char own = bases[places[size_t(i)]], other = otherThan(own);
            add(places[size_t(i)], own, other, "OWN");
            add(places[size_t(i)], other, own, "SWAPPED");
            add(places[size_t(i)], i % 3 == 0 ? own : other, i % 3 == 0 ? other : own, "MIXED");
        }
        json manifest = effectsModel();
        manifest["input"] = {{"length", Length}, {"tss_index", 200}};
        const auto toy = model(rows, manifest);
        DS_VERIFY(toy);
        const auto prepared = [&](const std::string& gene) {
            ReferenceWindow window = windowOverSequence(bases, {Length, 200, StrandRule::Forward});
            window.region = {"chr7", 1000, 1000 + Length};
            window.geneId = gene;
            return (*toy)->prepare(window, (*toy)->info().defaultOutput, Method::Fast);
        };
        for (int gene = 0; gene < Genes; ++gene) {
            const auto refused = prepared("OTHER" + std::to_string(gene));
            QVERIFY2(!refused && refused.error().kind == ErrorKind::Mismatch, std::to_string(gene).c_str());
        }
        for (const char* gene : {"OWN", "SWAPPED", "MIXED"})
            DS_VERIFY(prepared(gene));
    }

    /// The deletion of a base looks like its insertion with REF and ALT swapped. The reference has what it
    /// deletes, so nothing is swapped.
    void aDeletionIsNoInsertionSwapped() {
        const auto toy = model("7:1003:GT:G\tENSG1\t1\n");
        QCOMPARE(scores(**toy, windowOf("ENSG1"), {{{2, 1, "GT"}}, {{2, 2, "G"}}}),
                 (std::vector<double>{0, 1}));
        const auto listed = (*toy)->listedEffects(windowOf("ENSG1"), std::vector{variant(2, "G", "GT")});
        QCOMPARE(listed->has, std::vector<bool>{false});
        QCOMPARE(listed->counts.alleleDiffers, int64_t{1});
    }

    /// FORMATS 1, as everywhere.
    void plinksNumbers() {
        ReferenceWindow window = windowOf("ENSG1");
        window.region.contig = "chrX";
        const auto human = model("23:1001:A:G\tENSG1\t0.5\n25:1003:G:T\tENSG1\t-2\n22:1001:A:G\tENSG2\t9\n");
        QCOMPARE(scores(**human, window, {{{0, 1, "G"}}, {{2, 1, "T"}}}), (std::vector<double>{0.5, -2}));
        QCOMPARE((*human)->listedEffects(window, {})->beyond, int64_t{0});
        const auto dog = model("23:1001:A:G\tENSG1\t0.5\n38:1001:A:G\tENSG2\t9\n");
        QCOMPARE((*dog)->listedEffects(window, {})->beyond, int64_t{1});
    }

    /// Another table is another model, whatever it is called.
    void checksumIsTheTables() {
        const auto checksum = [&](const std::string& rows, const char* per) {
            json manifest = effectsModel();
            manifest["per"] = per;
            return model(rows, manifest).value()->info().checksum;
        };
        const std::string row = "7:1001:A:G\tENSG1\t1\n";
        QCOMPARE(checksum(row, "copy"), checksum(row, "copy"));
        QVERIFY(checksum(row, "copy") != checksum("7:1001:A:G\tENSG1\t2\n", "copy"));
        QVERIFY(checksum(row, "copy") != checksum(row, "person"));
    }

    void model_json_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("where");
        QTest::newRow("weights") << "weights"
                                 << "\"w.safetensors\""
                                 << "weights";
        QTest::newRow("folder") << "effects"
                                << "\"../effects.tsv\""
                                << "effects";
        QTest::newRow("no list") << "scores"
                                 << "\"score\""
                                 << "scores";
        QTest::newRow("none") << "scores"
                              << "[]"
                              << "scores";
        QTest::newRow("twice") << "scores"
                               << R"(["a", "a"])"
                               << "scores";
        QTest::newRow("per") << "per"
                             << "\"cell\""
                             << "per";
        QTest::newRow("layers") << "layers"
                                << "[]"
                                << "layers";
    }
    void model_json() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, where);
        json manifest = effectsModel();
        manifest[key.toStdString()] = json::parse(value.toStdString());
        writeModel(*m_folder / "m", manifest);
        const auto read = readModelManifest(*m_folder / "m");
        QVERIFY(!read);
        QVERIFY2(read.error().where.ends_with(where.toStdString()), read.error().message().c_str());
    }

    void theWindowIsThePapersUnlessItSays() {
        json manifest = effectsModel();
        manifest.erase("input");
        writeModel(*m_folder / "m", manifest);
        QVERIFY(
            (readModelManifest(*m_folder / "m")->input == InputShape{196608, 98304, StrandRule::Forward}));
    }

    void aTableIsCheckedAndTakenAsWeightsAre() {
        writeModel(*m_folder / "m", effectsModel());
        const ModelManifest manifest = readModelManifest(*m_folder / "m").value();
        QCOMPARE(checkWeights(manifest).error().kind, ErrorKind::NotFound);
        writeText(*m_folder / "bad.tsv", "variant\tgene\tscore\n7:1:A:G\tENSG1\tx\n");
        const auto bad = installWeights(*m_folder / "m", *m_folder / "bad.tsv", InstallMode::Copy);
        QVERIFY(!bad && bad.error().where.ends_with("bad.tsv, line 2"));
        writeText(*m_folder / "good.tsv", "variant\tgene\tscore\n7:1:A:G\tENSG1\t1\n");
        DS_VERIFY(installWeights(*m_folder / "m", *m_folder / "good.tsv", InstallMode::Copy));
        DS_VERIFY(checkWeights(manifest));
        const std::vector<std::string> lines = manifest.kind->inDetail(manifest);
        QCOMPARE(lines, (std::vector<std::string>{"table      1 rows of 1 genes"}));
    }

    void noEnsembles() {
        DS_VERIFY(model("7:1001:A:G\tENSG1\t1\n"));
        writeModel(*m_folder / "both",
                   {{"schema", 1}, {"name", "both"}, {"kind", "ensemble"}, {"models", {"../m", "../m"}}});
        QCOMPARE(openModel((*m_folder / "both").string()).error().kind, ErrorKind::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestEffectsModel)
#include "tst_effects_model.moc"
