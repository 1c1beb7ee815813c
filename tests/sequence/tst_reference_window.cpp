// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/reference_window.h"
#include "support.h"

#include <algorithm>
#include <random>
#include <sstream>

using namespace diploscope;

namespace {

ReferenceWindow window(const std::string& context, int64_t flank, int64_t tssOffset) {
    ReferenceWindow made;
    made.region = {"1", 1000, 1000 + static_cast<int64_t>(context.size()) - 2 * flank};
    made.tssOffset = tssOffset;
    made.flank = flank;
    made.context = context;
    return made;
}

/// The same as materialize(), base by base: every reference base and inserted base gets a slot; the TSS's
/// slot is found; the window is counted off in slots.
std::string naiveMaterialize(const ReferenceWindow& w, const EditList& edits) {
    std::vector<char> slots;
    size_t tssSlot = 0;
    bool tssSeen = false;
    const int64_t end = w.length() + w.flank;
    const auto base = [&](int64_t offset) { return w.context[static_cast<size_t>(offset + w.flank)]; };
    for (int64_t p = -w.flank; p < end;) {
        const Edit* here = nullptr;
        for (const Edit& edit : edits)
            if (edit.offset == p)
                here = &edit;
        const int64_t width = here != nullptr ? here->refLength : 1;
        const std::string text = here != nullptr ? here->alt : std::string(1, base(p));
        if (w.tssOffset >= p && w.tssOffset < p + width) {
            tssSlot = slots.size() + std::min(static_cast<size_t>(w.tssOffset - p), text.size());
            tssSeen = true;
        }
        slots.insert(slots.end(), text.begin(), text.end());
        p += width;
    }
    Q_ASSERT(tssSeen);
    std::string result;
    for (int64_t i = 0; i < w.length(); ++i) {
        const int64_t slot = static_cast<int64_t>(tssSlot) - w.tssOffset + i;
        result +=
            slot >= 0 && slot < static_cast<int64_t>(slots.size()) ? slots[static_cast<size_t>(slot)] : 'N';
    }
    return result;
}

std::string randomBases(std::mt19937& random, int64_t count) {
    std::string bases;
    for (int64_t i = 0; i < count; ++i)
        bases += "ACGT"[random() % 4];
    return bases;
}

EditList randomEdits(std::mt19937& random, int64_t first, int64_t end, const ReferenceWindow& w) {
    EditList edits;
    for (int64_t p = first; p < end; p += 1 + static_cast<int64_t>(random() % 6)) {
        const auto refLength = static_cast<int32_t>(random() % 3 == 0 ? 1 + random() % 5 : 1);
        if (p + refLength > end)
            break;
        std::string alt = random() % 2 == 0 ? std::string(1, w.context[static_cast<size_t>(p + w.flank)])
                                            : randomBases(random, 1);
        if (random() % 3 == 0)
            alt += randomBases(random, static_cast<int64_t>(random() % 4));
        edits.push_back({p, refLength, alt});
        p += refLength - 1;
    }
    return edits;
}

} // namespace

class TestReferenceWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void materialize_data() {
        QTest::addColumn<QString>("context"); // flank 3, so the window is context[3, n - 3)
        QTest::addColumn<int>("tss");
        QTest::addColumn<EditList>("edits");
        QTest::addColumn<QString>("expected");
        const QString context = "aaaCCGTTAGGttt"; // window CCGTTAGG
        QTest::newRow("reference") << context << 4 << EditList{} << "CCGTTAGG";
        QTest::newRow("SNV") << context << 4 << EditList{{0, 1, "T"}} << "TCGTTAGG";
        QTest::newRow("SNV at the TSS") << context << 4 << EditList{{4, 1, "A"}} << "CCGTAAGG";
        QTest::newRow("SNVs in the flanks")
            << context << 4 << EditList{{-1, 1, "G"}, {8, 1, "G"}} << "CCGTTAGG";
        QTest::newRow("deletion on the right draws from the right")
            << context << 4 << EditList{{5, 2, "A"}} << "CCGTTAGt";
        QTest::newRow("deletion on the left draws from the left")
            << context << 4 << EditList{{0, 3, "C"}} << "aaCTTAGG";
        QTest::newRow("insertion on the right pushes out")
            << context << 4 << EditList{{5, 1, "ACC"}} << "CCGTTACC";
        QTest::newRow("insertion on the left pushes out")
            << context << 4 << EditList{{1, 1, "CAA"}} << "AAGTTAGG";
        QTest::newRow("insertion anchored at the TSS goes right")
            << context << 4 << EditList{{4, 1, "TCC"}} << "CCGTTCCA";
        QTest::newRow("insertion anchored before the TSS goes left")
            << context << 4 << EditList{{3, 1, "TCC"}} << "GTCCTAGG";
        QTest::newRow("deletion anchored at the TSS keeps it")
            << context << 4 << EditList{{4, 3, "T"}} << "CCGTTGtt";
        QTest::newRow("deletion of the TSS: next base that remains")
            << context << 4 << EditList{{3, 3, "T"}} << "CCGTGGtt";
        QTest::newRow("deleted through the window's end")
            << context << 4 << EditList{{6, 3, "G"}} << "CCGTTAGt";
        QTest::newRow("deleted into the window's start")
            << context << 4 << EditList{{-2, 3, "a"}} << "aCGTTAGG";
        QTest::newRow("flank in a far deletion")
            << context << 4 << EditList{{-1, 1, "aGG"}, {0, 2, "C"}} << "GCGTTAGG";
        QTest::newRow("right flank runs out") << context << 4 << EditList{{5, 6, "A"}} << "CCGTTANN";
        QTest::newRow("left flank runs out") << context << 5 << EditList{{-3, 8, "a"}} << "NNNNaAGG";
        QTest::newRow("MNP over the TSS") << context << 4 << EditList{{3, 2, "GC"}} << "CCGGCAGG";
    }
    void materialize() {
        QFETCH(QString, context);
        QFETCH(int, tss);
        QFETCH(EditList, edits);
        QFETCH(QString, expected);
        const ReferenceWindow w = window(context.toStdString(), 3, tss);
        QCOMPARE(QString::fromStdString(naiveMaterialize(w, edits)),
                 QString::fromStdString(diploscope::materialize(w, edits)));
        QCOMPARE(QString::fromStdString(diploscope::materialize(w, edits)), expected);
    }

    /// A base that is marked before edits are put in is found where it is said to stand.
    void basesAreFoundInEdited() {
        std::mt19937 random(9);
        int64_t shown = 0, hidden = 0, moved = 0;
        for (int round = 0; round < 1000; ++round) {
            const auto length = static_cast<int64_t>(1 + random() % 40);
            const auto flank = static_cast<int64_t>(random() % 20);
            const ReferenceWindow w = window(randomBases(random, length + 2 * flank), flank,
                                             static_cast<int64_t>(random()) % length);
            const EditList edits = randomEdits(random, -flank, length + flank, w);
            for (int64_t offset = 0; offset < length; ++offset) {
                ReferenceWindow markedWindow = w;
                EditList marked = edits;
                const auto edit = std::find_if(marked.begin(), marked.end(), [offset](const Edit& each) {
                    return each.offset <= offset && offset < each.end();
                });
                const auto within = static_cast<size_t>(edit == marked.end() ? 0 : offset - edit->offset);
                if (edit == marked.end())
                    markedWindow.context[static_cast<size_t>(offset + flank)] = '*';
                else if (within < edit->alt.size())
                    edit->alt[within] = '*';
                else
                    continue; // deleted
                const size_t found = naiveMaterialize(markedWindow, marked).find('*');
                const int64_t index = indexInEdited(w, edits, offset);
                if (found == std::string::npos)
                    QVERIFY(index < 0 || index >= length);
                else
                    QCOMPARE(index, static_cast<int64_t>(found));
                ++(found == std::string::npos ? hidden : shown);
                moved += found != std::string::npos && index != offset ? 1 : 0;
            }
        }
        QVERIFY(shown > 1000 && hidden > 100 && moved > 1000);
    }

    void materializeEqualsNaive() {
        std::mt19937 random(7);
        for (int round = 0; round < 3000; ++round) {
            const auto length = static_cast<int64_t>(1 + random() % 40);
            const auto flank = static_cast<int64_t>(random() % 20);
            const ReferenceWindow w = window(randomBases(random, length + 2 * flank), flank,
                                             static_cast<int64_t>(random()) % length);
            EditList edits = randomEdits(random, -flank, length + flank, w);
            if (round % 3 == 0) // nothing moves
                for (Edit& edit : edits)
                    edit.alt.resize(static_cast<size_t>(edit.refLength), 'G');
            const std::string expected = naiveMaterialize(w, edits);
            QCOMPARE(diploscope::materialize(w, edits), expected);
        }
    }

    void applyEditsCutsAtTheEnd() {
        QCOMPARE(applyEdits("ACGT", {{1, 1, "T"}}), std::string("ATGT"));
        QCOMPARE(applyEdits("ACGT", {{1, 2, "C"}}), std::string("ACT"));
        QCOMPARE(applyEdits("ACGT", {{3, 1, "TGG"}}), std::string("ACGTGG"));
        // As `bcftools consensus` on a region: cut to what is there.
        QCOMPARE(applyEdits("ACGT", {{2, 4, "TTTTT"}}), std::string("ACTT"));
        QCOMPARE(applyEdits("ACGT", {{3, 4, "T"}}), std::string("ACGT"));
        QCOMPARE(applyEdits("ACGT", {{-1, 3, "G"}, {4, 1, "A"}}), std::string("ACGT"));
        QCOMPARE(applyEdits("ACGT", {{101, 1, "T"}}, 100), std::string("ATGT"));
    }

    void inputRegion_data() {
        QTest::addColumn<int>("rule");
        QTest::addColumn<int>("strand");
        QTest::addColumn<qint64>("start");
        const int forward = 0;
        const int gene = 1;
        // L = 10, tssIndex = 6, TSS at 100
        QTest::newRow("forward rule, + gene") << forward << 0 << qint64(94);
        QTest::newRow("forward rule, - gene") << forward << 1 << qint64(94);
        QTest::newRow("gene rule, + gene") << gene << 0 << qint64(94);
        QTest::newRow("gene rule, - gene") << gene << 1 << qint64(97);
    }
    void inputRegion() {
        QFETCH(int, rule);
        QFETCH(int, strand);
        QFETCH(qint64, start);
        const InputShape shape{10, 6, rule == 0 ? StrandRule::Forward : StrandRule::Gene};
        const Strand geneStrand = strand == 0 ? Strand::Forward : Strand::Reverse;
        const Region region = diploscope::inputRegion(shape, "1", 100, geneStrand);
        QCOMPARE(qint64(region.start), start);
        QCOMPARE(region.length(), int64_t(10));
        // The model must find the TSS base at tssIndex, whatever it reads.
        std::string bases(10, 'C');
        bases[static_cast<size_t>(100 - region.start)] = 'A';
        const ReferenceWindow w = makeWindow(shape, "1", 100, geneStrand, 0, bases);
        QCOMPARE(modelInput(w, {})[6], w.reversed ? 'T' : 'A');
        QCOMPARE(w.reversed, rule == 1 && strand == 1);
    }

    void inputRegionOfXpresso() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        std::ifstream table(test::sharedData() / "xpresso/reference_predictions.tsv");
        std::string line;
        std::getline(table, line);
        int rows = 0;
        while (std::getline(table, line)) {
            std::istringstream fields(line);
            std::string id, name, contig, strand;
            int64_t tss = 0, start = 0, end = 0;
            fields >> id >> name >> contig >> tss >> strand >> start >> end;
            const Region region = diploscope::inputRegion({10500, 6999, StrandRule::Gene}, contig, tss - 1,
                                                          strand == "+" ? Strand::Forward : Strand::Reverse);
            QCOMPARE(region, (Region{contig, start - 1, end}));
            ++rows;
        }
        QCOMPARE(rows, 6);
    }

    void windowOverSequence() {
        const ReferenceWindow w = diploscope::windowOverSequence("acgTNRu", {7, 3, StrandRule::Gene});
        QCOMPARE(std::string(w.bases()), std::string("ACGTNNT"));
        QCOMPARE(w.tssOffset, int64_t(3));
        QCOMPARE(w.region, (Region{"sequence", 0, 7}));
        QVERIFY(!w.reversed);
    }

    void reverseComplement() {
        QCOMPARE(diploscope::reverseComplement("ACGTNacgtR"), std::string("NACGTNACGT"));
        QCOMPARE(diploscope::reverseComplement(""), std::string());
    }
};

QTEST_GUILESS_MAIN(TestReferenceWindow)
#include "tst_reference_window.moc"
