// SPDX-License-Identifier: GPL-3.0-or-later
// Changes as people type and paste them, plans of what-ifs, and coherence of saturations made here.
#include "experiment/experiment_locus.h"

#include "experiment/carried_variants.h"
#include "experiment/driver_coherence.h"
#include "experiment/typed_edits.h"
#include "experiment/what_if.h"
#include "io/compressed_text.h"

using namespace diploscope;
using namespace diploscope::test;

class TestTypedEdits : public QObject {
    Q_OBJECT

    const std::vector<std::string> m_contigs{"22", "X"};

    static PreparedLocus prepared() {
        MadeLocus made(smallWindow(), {"ANN", "BEN"});
        made.record(4, "A", {"G"}, "10 11", "rs5;esv6");
        auto model = std::make_shared<ToyPredictor>(20);
        model->weights[{4, 'G'}] = 1;
        model->weights[{5, 'T'}] = 0.25;
        return made.prepared(model, nullptr, 0);
    }

private Q_SLOTS:
    void formsAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("place"); // 1-based; 0: none
        QTest::addColumn<QString>("name");
        QTest::newRow("a variant") << "22:105:A:G" << 0 << "22:105:A:G";
        QTest::newRow("with chr, spaced") << " chr22:105 A>G " << 0 << "22:105:A:G";
        QTest::newRow("blanks between, a place pointed at") << "22 105 A G" << 111 << "22:105:A:G";
        QTest::newRow("GenBank's lines") << "1 tttt tt\n7 t" << 105 << "22:105:ACGTACG:TTTTTTT";
        QTest::newRow("without contig") << "105:A:G" << 0 << "22:105:A:G";
        QTest::newRow("without contig, arrow") << "105A>G" << 0 << "22:105:A:G";
        QTest::newRow("id") << "rs5" << 0 << "22:105:A:G";
        QTest::newRow("another id of it") << "esv6" << 0 << "22:105:A:G";
        QTest::newRow("both ids") << "rs5;esv6" << 0 << "22:105:A:G";
        QTest::newRow("back to the reference") << "22:105:A:A" << 0 << "22:105:A:A";
        QTest::newRow("a base") << "c" << 105 << "22:105:A:C";
        QTest::newRow("a stretch") << "TTTT" << 105 << "22:105:ACG:TTT"; // T stands at 108
        QTest::newRow("RNA, in lines, numbered") << "1 uu\n3 uu" << 105 << "22:105:ACG:TTT";
        QTest::newRow("FASTA") << ">what it is\nTT\nTT\n" << 105 << "22:105:ACG:TTT";
        QTest::newRow("insertion") << "+ttg" << 105 << "22:105:A:ATTG";
        QTest::newRow("deletion") << "-2" << 106 << "22:105:ACG:A";
    }
    void formsAreRead() {
        QFETCH(const QString, text);
        QFETCH(const int, place);
        QFETCH(const QString, name);
        const PreparedLocus locus = prepared();
        const auto at = place > 0 ? std::optional<int64_t>(place - 1) : std::nullopt;
        const Result<Variant> edit = typedEdit(text.toStdString(), locus, m_contigs, at);
        DS_VERIFY(edit);
        QCOMPARE(QString::fromStdString(toName(*edit)), name);
        DS_VERIFY(checkedEdits(locus, {*edit}));
    }

    void whatMakesNoSenseIsSaid_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("place");
        QTest::addColumn<int>("kind");
        const int bad = static_cast<int>(ErrorKind::BadInput);
        QTest::newRow("no variant") << "what" << 105 << bad;
        QTest::newRow("no id") << "rs6" << 105 << bad;
        QTest::newRow("no place") << "ACG" << 0 << bad;
        QTest::newRow("no place to insert at") << "+A" << 0 << bad;
        QTest::newRow("what is there") << "ACG" << 105 << bad;
        QTest::newRow("nothing to insert") << "+" << 105 << bad;
        QTest::newRow("odd letters") << "+AXG" << 105 << bad;
        QTest::newRow("nothing to delete") << "-0" << 105 << bad;
        QTest::newRow("no number") << "-two" << 105 << bad;
        QTest::newRow("more than there is") << "-99999999999999" << 105 << bad;
        QTest::newRow("the first base") << "-1" << 101 << bad;
        QTest::newRow("another contig") << "7:105:A:G" << 0 << static_cast<int>(ErrorKind::NotFound);
    }
    void whatMakesNoSenseIsSaid() {
        QFETCH(const QString, text);
        QFETCH(const int, place);
        QFETCH(const int, kind);
        const PreparedLocus locus = prepared();
        const auto at = place > 0 ? std::optional<int64_t>(place - 1) : std::nullopt;
        const Result<Variant> edit = typedEdit(text.toStdString(), locus, m_contigs, at);
        QVERIFY(!edit);
        QCOMPARE(static_cast<int>(edit.error().kind), kind);
        QVERIFY(!edit.error().what.empty() && !edit.error().remedy.empty());
    }

    /// Places at the end of numbers, and what was pasted is not repeated whole.
    void hostileChangesAreRefusedInShort() {
        const PreparedLocus locus = prepared();
        const std::string endless(1'000'000, 'A');
        for (const std::string& text : {std::string("22:1099511627776:A:G"), "22:105:" + endless + ":G",
                                        "105:A:C" + endless, "22:1099511627776:" + endless + ":G"}) {
            const Result<Variant> edit = typedEdit(text, locus, m_contigs, std::nullopt);
            if (!edit) {
                QVERIFY(edit.error().message().size() < 1000);
                continue;
            }
            const auto checked = checkedEdits(locus, {*edit});
            if (!checked)
                QVERIFY2(checked.error().message().size() < 1000,
                         checked.error().what.substr(0, 200).c_str());
            else
                QVERIFY(edit->position == 104); // a long insertion is one
        }
        const auto outside = checkedEdits(locus, {{"22", LargestPosition, "A", "G"}});
        QVERIFY(!outside && outside.error().kind == ErrorKind::NotFound);
        const auto other = checkedEdits(locus, {{"22", 104, std::string(16, 'C'), "C"}});
        QVERIFY(!other && other.error().kind == ErrorKind::Mismatch);
        for (const char* text : {"22:0:A:G", "22:9223372036854775808:A:G", "22:-9223372036854775808:A:G",
                                 "-9223372036854775808", "--3", "+-3", "-", "", "\r\n", ">only a header"})
            QVERIFY2(!typedEdit(text, locus, m_contigs, 104), text);
    }

    void variantsAreListed() {
        const TemporaryFolder folder;
        const PreparedLocus locus = prepared();
        const auto read = [&](const std::string& bytes) {
            writeText(folder / "list.txt", bytes);
            return readVariantList(folder / "list.txt", locus, m_contigs);
        };
        const std::vector<Variant> wanted{{"22", 104, "A", "G"}};
        for (const std::string& text :
             {std::string("22:105:A:G\n"), std::string("rs5"),
              std::string("# those\r\n\r\n  chr22:105 A>G \r\nrs5\r\n"), gzipped("rs5\nrs5\n")}) {
            const auto found = read(text);
            DS_VERIFY(found);
            QCOMPARE(*found, wanted);
        }
        const auto refused = [&](const std::string& bytes, ErrorKind kind, const char* where) {
            const auto found = read(bytes);
            return !found && found.error().kind == kind && !found.error().remedy.empty() &&
                   found.error().where.ends_with(where) && found.error().message().size() < 2000;
        };
        QVERIFY(refused("", ErrorKind::BadInput, "list.txt"));
        QVERIFY(refused("# nothing\n", ErrorKind::BadInput, "list.txt"));
        QVERIFY(refused("rs5\nrs6\n", ErrorKind::BadInput, ", line 2"));
        QVERIFY(refused("rs5 rs5\n", ErrorKind::BadInput, ", line 1"));
        QVERIFY(refused("22:105:A:T\n", ErrorKind::NotFound, ", line 1")); // nobody carries it
        QVERIFY(refused("7:105:A:T\n", ErrorKind::NotFound, ", line 1"));
        QVERIFY(refused("22:-105:A:T\n", ErrorKind::BadInput, ", line 1"));
        QVERIFY(refused("22:105:" + std::string(1'000'000, 'A') + ":T\n", ErrorKind::NotFound, ", line 1"));
        QVERIFY(refused(std::string(1'000'000, 'x') + "\n", ErrorKind::BadInput, ", line 1"));
        QVERIFY(refused(std::string("rs5\n\0\n", 6), ErrorKind::BadInput, ""));
        QVERIFY(!readVariantList(folder / "absent", locus, m_contigs));
    }

    void aChangeTakesThePlaceOfOneOfTheSameBases() {
        const Variant first{"22", 104, "A", "G"}, second{"22", 104, "A", "T"}, other{"22", 100, "A", "C"};
        QCOMPARE(withChanges({first}, {second}), std::vector<Variant>{second});
        QCOMPARE(withChanges({first}, {other}), (std::vector<Variant>{other, first}));
        const Variant longer{"22", 104, "AC", "A"};
        QCOMPARE(withChanges({first}, {longer}).size(), size_t{2});
        // Of several of the same bases the last one counts.
        QCOMPARE(withChanges({}, {first, other, second}), (std::vector<Variant>{other, second}));
        QCOMPARE(withChanges({other, first}, {}), (std::vector<Variant>{other, first}));
    }

    /// Before all scores are there, those that are count, and no other is made up.
    void aPlanTellsWhatIsThere() {
        PreparedLocus locus = prepared();
        const EditList edits = checkedEdits(locus, {{"22", 105, "C", "T"}}).value();
        const auto plan = WhatIfPlan::make(locus, edits, backgroundsOf(locus, "all").value());
        DS_VERIFY(plan);
        ExperimentScores scores;
        scores.reference = Eigen::RowVectorXd::Zero(1);
        scores.byMember = Eigen::MatrixXd::Constant(8, 1, std::nan(""));
        scores.byMember.topRows(2) << 1, 1.25;
        const WhatIf partial = plan->resultOf(scores);
        QCOMPARE(partial.rows.size(), size_t{4});
        QCOMPARE(partial.rows[0].before, 1.0);
        QCOMPARE(partial.rows[0].after, 1.25);
        QVERIFY(std::isnan(partial.rows[1].before) && std::isnan(partial.rows[1].after));

        const auto run = locus.run(plan->experiment(), {});
        DS_VERIFY(run);
        const WhatIf whole = plan->resultOf(*run);
        const auto people = peopleOf(locus, whole);
        QVERIFY(people.has_value());
        QCOMPARE(people->before[0], 0.5); // ANN carries G once
        QCOMPARE(people->before[1], 1.0);
        QCOMPARE(people->after[0], 0.75);
        QCOMPARE(people->after[1], 1.25);
        const auto one = whatIf(locus, edits, backgroundsOf(locus, "ANN:1").value(), {});
        DS_VERIFY(one);
        QVERIFY(!peopleOf(locus, *one));
        const auto r = rOfEverybody(locus, *one, Eigen::VectorXd::Zero(2), {});
        QVERIFY(r && !*r);
        // As many as everybody's, but others.
        WhatIf others = whole;
        others.rows[1].background = std::nullopt;
        QVERIFY(!peopleOf(locus, others));
        std::swap(others.rows[0], others.rows[2]);
        QVERIFY(!peopleOf(locus, others));
    }

    void coherenceIsThatOfTheAttributions() {
        Saturation found;
        found.region = {"22", 100, 150};
        found.bases = std::string(50, 'A');
        found.effects = Eigen::MatrixXd::Zero(50, 4);
        found.effects.row(25) << 0, -3, -3, -3; // attribution 3
        found.effects.row(26) << 0, -1.5, -1.5, -1.5;
        QCOMPARE(largestAttribution(found).value(), 3.0);
        const auto at = coherenceAt(found, 125, 3.0);
        QVERIFY(at.has_value());
        QCOMPARE(at->attribution, 1.0);
        QCOMPARE(at->basesAtLocus, (std::array<int64_t, 4>{2, 2, 2, 2}));
        QCOMPARE(at->distance, (std::array<int64_t, 4>{0, 0, 0, 0}));
        const auto beside = coherenceAt(found, 128, 6.0);
        QVERIFY(beside.has_value());
        QCOMPARE(beside->distance, (std::array<int64_t, 4>{2, 2, 2, 3})); // 25 % and 50 %
        QVERIFY(!coherenceAt(found, 119, 3.0));                           // not 20 bp to the left
        QVERIFY(!coherenceAt(found, 130, 3.0));
        QVERIFY(coherenceAt(found, 120, 3.0) && coherenceAt(found, 129, 3.0));
        found.effects.setZero();
        QVERIFY(!largestAttribution(found));
        found.effects.setConstant(std::nan(""));
        QVERIFY(!largestAttribution(found));
    }
};

QTEST_GUILESS_MAIN(TestTypedEdits)
#include "tst_typed_edits.moc"
