// SPDX-License-Identifier: GPL-3.0-or-later
// Log-odds and p of motifs against Biopython and a count of all sequences (tests/reference/motifs.py), and
// what variants do to matches.
#include "analysis/motif_matches.h"

#include "analysis/side_tables.h"
#include "genome/bases.h"
#include "lab/simulate/grammar.h"
#include "lab/simulate/simulate_study.h"
#include "support.h"
#include "table_file.h"

#include <cmath>
#include <map>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::string memeOf(const std::string& background) {
    return "MEME version 4\nALPHABET= ACGT\nBackground letter frequencies\n" + background + "\n";
}

/// Of a motif that wants these bases and hardly any others.
std::string strict(const std::string& name, const std::string& consensus) {
    std::string text = "MOTIF " + name +
                       "\nletter-probability matrix: alength= 4 w= " + std::to_string(consensus.size()) +
                       " nsites= 1000\n";
    for (const char wanted : consensus) {
        for (const char base : std::string("ACGT"))
            text += base == wanted ? " 0.97" : " 0.01";
        text += '\n';
    }
    return text;
}

} // namespace

class TestMotifMatches : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    std::shared_ptr<const MotifSet> setOf(const std::string& text) const {
        writeText(m_folder / "set.meme", text);
        const auto set = prepareMotifs({m_folder / "set.meme"});
        return set ? *set : nullptr;
    }

private Q_SLOTS:
    void asBiopython_data() {
        QTest::addColumn<bool>("isEven");
        QTest::newRow("even") << true;
        QTest::newRow("gc") << false;
    }
    /// As they are read of a file, whose background is even; with another one the matrices as MEME has them.
    void asBiopython() {
        QFETCH(bool, isEven);
        std::map<std::string, MotifScores> scores;
        if (isEven) {
            const auto prepared = prepareMotifs({fixture("reference/motifs.jaspar")});
            DS_VERIFY(prepared);
            for (const PreparedMotif& motif : **prepared)
                scores.emplace(motif.id, motif.scores);
        } else {
            const auto counts = readMotifs(fixture("reference/motifs.jaspar"));
            DS_VERIFY(counts);
            const MotifScores::Bases frequencies{0.2, 0.3, 0.3, 0.2};
            for (const Motif& motif : counts->motifs) {
                std::vector<MotifScores::Bases> probabilities;
                for (const auto& column : motif.counts) {
                    const double sum = column[0] + column[1] + column[2] + column[3] + 1;
                    MotifScores::Bases shares{};
                    for (size_t base = 0; base < 4; ++base)
                        shares[base] = (column[base] + frequencies[base]) / sum;
                    probabilities.push_back(shares);
                }
                scores.emplace(motif.id, MotifScores(probabilities, frequencies));
            }
        }
        QCOMPARE(scores.size(), size_t{4});
        int seen = 0;
        for (const auto& row : tableFile(fixture("reference/motifs.tsv"))) {
            if (row.at("background") != QTest::currentDataTag())
                continue;
            ++seen;
            const MotifScores& of = scores.at(row.at("motif"));
            const std::string& bases = row.at("bases");
            const double tolerance = 0.5e-2 * static_cast<double>(bases.size()) + 1e-9; // of the rounding
            const double score = of.score(bases).value();
            QVERIFY(std::abs(score - std::stod(row.at("score"))) <= tolerance);
            QVERIFY(std::abs(*of.score(reverseComplement(bases)) - std::stod(row.at("reverse_score"))) <=
                    tolerance);
            const double expected = std::stod(row.at("p"));
            QVERIFY2(std::abs(of.p(score) - expected) <= 1e-12 * expected, bases.c_str());
        }
        QCOMPARE(seen, 48);
    }

    void pAtTheEnds() {
        const MotifScores::Bases even{0.25, 0.25, 0.25, 0.25};
        const std::vector<MotifScores::Bases> columns(10, {0.7, 0.1, 0.1, 0.1});
        const MotifScores scores(columns, even);
        const double best = *scores.score("AAAAAAAAAA");
        QVERIFY(std::abs(scores.p(best) - std::pow(4.0, -10)) < 1e-18);
        QCOMPARE(scores.p(best + 0.01), 0.0);
        QCOMPARE(scores.p(-1e6), 1.0);
        QVERIFY(std::abs(scores.p(*scores.score("CCCCCCCCCC")) - 1) < 1e-12);
        QVERIFY(!scores.score("AAAAANAAAA") && !scores.score("AAA") && !scores.score("aaaaaaaaaa"));
    }

    /// A database of 2,000 motifs, counted as often as some are, is held by any laptop.
    void databasesFitIntoMemory() {
        std::string text =
            ">counted\n20000 20000 20000 20000 20000 20000 20000 20000 20000 20000 20000 20000\n";
        for (int row = 0; row < 3; ++row)
            text += "0 0 0 0 0 0 0 0 0 0 0 0\n";
        const auto one = setOf(text);
        QVERIFY(one && one->size() == 1);
        const size_t scores = one->front().scores.count();
        QVERIFY2(2000 * scores * sizeof(double) <= size_t{400} << 20, qPrintable(QString::number(scores)));
        DS_VERIFY(prepareMotifs({m_folder / "set.meme", m_folder / "set.meme"}, {}, 2 * scores));
        const auto many = prepareMotifs({m_folder / "set.meme", m_folder / "set.meme"}, {}, 2 * scores - 1);
        QVERIFY(!many);
        QCOMPARE(many.error().kind, ErrorKind::BadInput);
        QVERIFY(many.error().where.find("set.meme") != std::string::npos && !many.error().remedy.empty());
    }

    void whatAVariantDoes() {
        const auto motifs = setOf(memeOf("A 0.25 C 0.25 G 0.25 T 0.25") + strict("FIRST", "GATTACA") +
                                  strict("SECOND", "CCGGTTG") + strict("THIRD", "TTTTTTT"));
        QVERIFY(motifs && motifs->size() == 3);
        // GAT[T>C]ACA: the first is lost; nothing else is there.
        auto found = motifMatches(*motifs, "CGCGCGAT", "T", "C", "ACACGCGC");
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].motif, size_t{0});
        QCOMPARE(found[0].change, MotifChange::Lost);
        QCOMPARE(found[0].ref.start, int64_t{-3});
        QVERIFY(found[0].ref.strand == Strand::Forward);
        QVERIFY(std::abs(found[0].ref.p - std::pow(4.0, -7)) < 1e-12);
        // The other way round it is gained.
        found = motifMatches(*motifs, "CGCGCGAT", "C", "T", "ACACGCGC");
        QCOMPARE(found[0].change, MotifChange::Gained);
        // On the other strand: TGTAATC.
        found = motifMatches(*motifs, "CGCGCTGT", "A", "G", "ATCCGCGC");
        QCOMPARE(found.size(), size_t{1});
        QVERIFY(found[0].ref.strand == Strand::Reverse);
        QCOMPARE(found[0].ref.start, int64_t{-3});
        QCOMPARE(found[0].change, MotifChange::Lost);
        // A deletion within it: G[AT>A]TACA.
        found = motifMatches(*motifs, "CGCGCCG", "AT", "A", "TACACGCG");
        QCOMPARE(found[0].change, MotifChange::Lost);
        // A match beside that the allele does not touch is none of its business.
        QVERIFY(motifMatches(*motifs, "GATTACAC", "G", "C", "CGCGCGCG").empty());
        // N on all sides: no place can be scored.
        QVERIFY(motifMatches(*motifs, "NNNNNNNN", "T", "C", "NNNNNNNN").empty());
    }

    void strongerAndWeaker() {
        const auto motifs = setOf(memeOf("A 0.25 C 0.25 G 0.25 T 0.25") + strict("LONG", "GATTACAGATT"));
        const auto found = motifMatches(*motifs, "CCCCCCCCCCCGAT", "T", "C", "ACAGATTCCCCCCCCCC", 1e-3);
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].change, MotifChange::Weaker);
        QVERIFY(found[0].alt.p > found[0].ref.p && found[0].alt.p <= 1e-3);
        QCOMPARE(motifMatches(*motifs, "CCCCCCCCCCCGAT", "C", "T", "ACAGATTCCCCCCCCCC")[0].change,
                 MotifChange::Stronger);
        QVERIFY(motifMatches(*motifs, "CCCCCCCCCCCGAT", "T", "C", "ACAGATTCCCCCCCCCC", 1e-9).empty());
    }

    /// The demo study's motifs are what its promoters are made of: where a planted cause stands, its motif is
    /// the first that is named.
    void theDemosCausesAreRead() {
        simulate::SimulationOptions options;
        options.folder = m_folder / "demo";
        options.people = 60;
        options.genes = 20;
        DS_VERIFY(simulate::simulateStudy(options, {}));
        StudyCheck check = openStudy(m_folder / "demo/demo.study.json");
        QVERIFY(check.study != nullptr);
        QCOMPARE(check.study->file().motifs.size(), size_t{1});
        DS_VERIFY(checkSideTables(check));
        QVERIFY(std::any_of(check.notes.begin(), check.notes.end(), [](const StudyNote& note) {
            return note.topic == "motifs" && note.text == "motifs.meme: 9 motifs.";
        }));
        const auto motifs = prepareMotifs(check.study->file().motifs);
        DS_VERIFY(motifs);
        QCOMPARE((*motifs)->size(), simulate::motifs().size());
        int planted = 0;
        int named = 0;
        for (const auto& row : tableFile(m_folder / "demo/truth.tsv")) {
            const std::string& motif = row.at("motif");
            if (std::none_of((*motifs)->begin(), (*motifs)->end(),
                             [&motif](const PreparedMotif& known) { return known.name == motif; }))
                continue; // a distal effect
            const Variant variant{row.at("chrom"), std::stoll(row.at("pos")) - 1, row.at("ref"),
                                  row.at("alt")};
            const auto found = motifMatches(**motifs, check.study->reference(), variant);
            DS_VERIFY(found);
            ++planted;
            named += !found->empty() && (**motifs)[found->front().motif].name == motif;
        }
        QVERIFY(planted >= 5);
        QVERIFY2(named >= 0.8 * planted, qPrintable(QStringLiteral("%1 of %2").arg(named).arg(planted)));

        const Variant wrong{check.study->reference().contigs().front(), 1000, "N", "A"};
        Variant other = wrong;
        const std::string there = *check.study->reference().fetch({wrong.contig, 1000, 1001});
        other.ref = there == "A" ? "C" : "A";
        other.alt = "G";
        const auto refused = motifMatches(**motifs, check.study->reference(), other);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
    }

    void aTable() {
        const auto motifs = setOf(memeOf("A 0.25 C 0.25 G 0.25 T 0.25") + strict("FIRST", "GATTACA"));
        const auto found = motifMatches(*motifs, "CGCGCGAT", "T", "C", "ACACGCGC");
        const std::string text =
            motifTable(*motifs, found, {"22", 99, "T", "C"}, {{"variant", "22:100:T:C"}}).text();
        QVERIFY2(text.starts_with(
                     "# variant: 22:100:T:C\nmotif\tid\tfile\tchange\tref_score\tref_p\tref_position\t"
                     "ref_strand\talt_score\talt_p\talt_position\talt_strand\n"),
                 text.c_str());
        QVERIFY2(text.find("\nFIRST\tFIRST\tset.meme\tlost\t") != std::string::npos, text.c_str());
        QVERIFY2(text.find("\t97\tforward\t") != std::string::npos, text.c_str()); // 100 - 3
    }
};

QTEST_GUILESS_MAIN(TestMotifMatches)
#include "tst_motif_matches.moc"
