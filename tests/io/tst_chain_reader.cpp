// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/chain_reader.h"
#include "support.h"

#include <QTest>

#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::string turned(std::string bases) {
    std::reverse(bases.begin(), bases.end());
    for (char& base : bases)
        base = base == 'A' ? 'T' : base == 'T' ? 'A' : base == 'C' ? 'G' : 'C';
    return bases;
}

/// A chain of one block without gaps.
std::string block(const std::string& from, int64_t start, int64_t size, const std::string& to, int64_t length,
                  int64_t toStart, char strand = '+') {
    return fmt::format("chain 10 {} 1000 + {} {} {} {} {} {} {} 1\n{}\n\n", from, start, start + size, to,
                       length, strand, toStart, toStart + size, size);
}

} // namespace

class TestChainReader : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    Result<Liftover> read(const std::string& text) const {
        writeText(m_folder / "a.chain", text);
        return readChain(m_folder / "a.chain");
    }
    /// Where one base is, "chr:position±", or why not.
    static std::string place(const Liftover& chain, const std::string& contig, int64_t position,
                             const std::string& ref = "A", const std::string& alt = "C") {
        LiftCounts counts;
        if (const auto found = chain.lift(contig, position, ref, alt, counts))
            return fmt::format("{}:{}{}", found->contig, found->position, found->turned ? '-' : '+');
        return counts.noChain > 0    ? "no chain"
               : counts.broken > 0   ? "broken"
               : counts.several > 0  ? "several"
               : counts.noAnchor > 0 ? "no anchor"
                                     : "not counted";
    }

private Q_SLOTS:
    /// The bases themselves tell whether a place is right: one build is made of pieces of the other.
    void everyBaseIsWhereItsChainSays() {
        std::mt19937_64 random(11);
        const auto below = [&](size_t most) { return static_cast<int64_t>(random() % most); };
        std::string before(5000, 'A');
        for (char& base : before)
            base = "ACGT"[random() % 4];
        std::string after, chains;
        std::vector<int64_t> lostUntil; // of `before`
        struct Piece {
            int64_t from, size, to;
            bool turned;
        };
        std::vector<Piece> pieces;
        for (int64_t from = below(20); from < 4900;) {
            const int64_t size = 1 + below(90);
            after += std::string(static_cast<size_t>(below(9)), 'N');
            const std::string bases = before.substr(static_cast<size_t>(from), static_cast<size_t>(size));
            pieces.push_back({from, size, static_cast<int64_t>(after.size()), random() % 3 == 0});
            after += pieces.back().turned ? turned(bases) : bases;
            from += size + below(9);
        }
        const auto length = static_cast<int64_t>(after.size());
        for (const Piece& piece : pieces) {
            const int64_t start = piece.turned ? length - piece.to - piece.size : piece.to;
            chains += fmt::format("chain 1 chr9 5000 + {} {} 9 {} {} {} {} 1\n{}\n\n", piece.from,
                                  piece.from + piece.size, length, piece.turned ? '-' : '+', start,
                                  start + piece.size, piece.size);
        }
        const auto chain = read(chains);
        DS_VERIFY(chain);
        LiftCounts counts;
        int64_t lifted = 0;
        for (int64_t position = 0; position < 5000; ++position) {
            const std::string base(1, before[static_cast<size_t>(position)]);
            const auto found = chain->lift("9", position, base, "N", counts);
            const auto piece = std::find_if(pieces.begin(), pieces.end(), [&](const Piece& one) {
                return position >= one.from && position < one.from + one.size;
            });
            QCOMPARE(found.has_value(), piece != pieces.end());
            if (!found)
                continue;
            ++lifted;
            const std::string there(1, after[static_cast<size_t>(found->position)]);
            QCOMPARE(found->turned ? turned(there) : there, base);
            // Two bases stay together exactly where both are of one piece; turned ones the other way round.
            const bool together = position + 1 < piece->from + piece->size;
            if (position + 1 < 5000) {
                const auto both =
                    chain->lift("9", position, before.substr(static_cast<size_t>(position), 2), "NN", counts);
                QCOMPARE(both.has_value(), together);
                if (both) {
                    const std::string two = after.substr(static_cast<size_t>(both->position), 2);
                    QCOMPARE(both->turned ? turned(two) : two,
                             before.substr(static_cast<size_t>(position), 2));
                }
            }
        }
        QVERIFY(counts.turned > 100 && counts.broken > 100 && counts.noChain > 50);
        QVERIFY(lifted < counts.lifted);
    }

    void blocksOfOneChain() {
        const auto chain =
            read("# made by hand\nchain 9 chr1 100 + 10 40 1 200 + 100 135 7\n10\t5\t8\n3 0 2\n12\n");
        DS_VERIFY(chain);
        QCOMPARE(chain->blockCount(), size_t{3});
        QCOMPARE(place(*chain, "1", 10), std::string("1:100+"));
        QCOMPARE(place(*chain, "1", 19), std::string("1:109+"));
        QCOMPARE(place(*chain, "1", 20), std::string("no chain"));
        QCOMPARE(place(*chain, "1", 25), std::string("1:118+"));
        QCOMPARE(place(*chain, "1", 27, "AC", "A"), std::string("broken")); // two bases apart there
        QCOMPARE(place(*chain, "1", 26, "A", "AC"), std::string("1:119+"));
        QCOMPARE(place(*chain, "1", 27, "A", "AC"), std::string("broken")); // what follows it lies elsewhere
        QCOMPARE(place(*chain, "1", 28), std::string("1:123+"));
        QCOMPARE(place(*chain, "1", 39), std::string("1:134+"));
        QCOMPARE(place(*chain, "1", 40), std::string("no chain"));
        QCOMPARE(place(*chain, "2", 15), std::string("no chain"));
    }

    void whatCannotBeTold() {
        const auto chain =
            read(block("chr1", 0, 100, "chr1", 1000, 500) + block("chr1", 50, 10, "chr3", 1000, 7) +
                 block("chr1", 70, 10, "chr1", 1000, 570) + block("chr2", 0, 50, "chr2", 1000, 100, '-'));
        DS_VERIFY(chain);
        QCOMPARE(place(*chain, "1", 55), std::string("several"));
        QCOMPARE(place(*chain, "1", 49), std::string("1:549+"));
        QCOMPARE(place(*chain, "1", 75), std::string("1:575+")); // two chains that say the same
        QCOMPARE(place(*chain, "1", 99), std::string("1:599+")); // a long block behind short ones
        QCOMPARE(place(*chain, "2", 0), std::string("2:899-"));
        QCOMPARE(place(*chain, "2", 3, "AG", "TC"), std::string("2:895-"));
        QCOMPARE(place(*chain, "2", 3, "AG", "A"), std::string("no anchor"));
        QCOMPARE(place(*chain, "1", 3, "AG", "A"), std::string("1:503+"));
    }

    /// As PLINK numbers X, and Y where the chain has it; not where 23 is an autosome.
    void plinksNumbers() {
        const auto human =
            read(block("chrX", 0, 100, "chrX", 1000, 500) + block("chr22", 0, 9, "chr22", 99, 9));
        DS_VERIFY(human);
        QCOMPARE(human->blockCount(), size_t{2});
        for (const char* name : {"X", "23", "25"})
            QCOMPARE(place(*human, name, 3), std::string("X:503+"));
        QCOMPARE(place(*human, "24", 3), std::string("no chain"));
        const auto dog =
            read(block("chrX", 0, 100, "chrX", 1000, 500) + block("chr38", 0, 9, "chr38", 99, 9));
        DS_VERIFY(dog);
        QCOMPARE(place(*dog, "23", 3), std::string("no chain"));
    }

    void countsInWords() {
        QCOMPARE(toText(LiftCounts{}), std::string("0 of 0 lifted"));
        LiftCounts counts{5, 2, 3, 0, 1, 0};
        counts += LiftCounts{1, 0, 0, 4, 0, 0};
        QCOMPARE(counts, (LiftCounts{6, 2, 3, 4, 1, 0}));
        const std::string text = toText(counts);
        QVERIFY2(text.starts_with("6 of 14 lifted (2 onto the other strand); 3 left out"), text.c_str());
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char* name, const std::string& text, const char* said) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(said);
        };
        row("empty", "", "empty");
        row("comments alone", "# nothing\n\n", "no chain");
        row("another file", "chr1\t10\t20\n", "begins no chain");
        row("head cut off", "chain 1 chr1 100 + 0\n", "begins no chain");
        row("cut off", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n10\t5\t5\n", "cut off");
        row("too long", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n21\n", "longer");
        row("too short", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n19\n", "do not come to its end");
        row("gap beyond", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n10\t90\t5\n5\n", "longer");
        row("one gap", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n10\t5\n5\n", "no size of bases");
        row("no number", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\nten\n", "`ten`");
        row("negative", "chain 1 chr1 100 + 0 20 chr1 100 + 0 20 1\n-5\n", "`-5`");
        row("huge", "chain 1 chr1 9223372036854775807 + 0 9223372036854775807 chr1 100 + 0 20 1\n20\n",
            "no size");
        row("beyond its contig", "chain 1 chr1 10 + 0 20 chr1 100 + 0 20 1\n20\n", "has 10 bases");
        row("turned target", "chain 1 chr1 100 - 0 20 chr1 100 + 0 20 1\n20\n", "strand is -");
        row("no strand", "chain 1 chr1 100 + 0 20 chr1 100 . 0 20 1\n20\n", "neither + nor -");
    }
    void refuses() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, said);
        const auto chain = read(text.toStdString());
        QVERIFY(!chain);
        QCOMPARE(chain.error().kind, ErrorKind::BadInput);
        QVERIFY2(chain.error().message().find(said.toStdString()) != std::string::npos,
                 chain.error().message().c_str());
        QVERIFY(chain.error().where.find("a.chain") != std::string::npos);
    }

    void lineEndsOfWindows() {
        const auto chain = read("chain 9 chr1 100 + 10 20 1 200 + 100 110 7\r\n10\r\n\r\n");
        DS_VERIFY(chain);
        QCOMPARE(place(*chain, "1", 10), std::string("1:100+"));
        QVERIFY(!readChain(m_folder / "none.chain"));
    }
};

QTEST_GUILESS_MAIN(TestChainReader)
#include "tst_chain_reader.moc"
