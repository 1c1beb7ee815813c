// SPDX-License-Identifier: GPL-3.0-or-later
// What people ask to be changed: read, checked, and put into what a haplotype has of its own.
#include "experiment/experiment_locus.h"

#include "experiment/edits.h"
#include "experiment/what_if.h"

using namespace diploscope;
using namespace diploscope::test;

class TestEdits : public QObject {
    Q_OBJECT

    std::shared_ptr<const Predictor> m_model = std::make_shared<ToyPredictor>(20);

    PreparedLocus prepared(VariantMode mode = VariantMode::SnvAndIndel) const {
        MadeLocus made(smallWindow(), {"ANN"});
        made.record(4, "A", {"G"}, "11").record(8, "AC", {"A"}, "10").record(12, "A", {"AT"}, "01");
        return made.prepared(m_model, nullptr, 500, mode);
    }
    static Variant change(int64_t place, const std::string& ref, const std::string& alt) {
        return {"22", place - 1, ref, alt};
    }
    /// ANN's haplotype with changes: the window's bases as they then are, and how many own alleles gave way.
    static std::pair<std::string, int64_t> changed(const PreparedLocus& locus, size_t haplotype,
                                                   const std::vector<Variant>& changes) {
        const EditedHaplotype edited =
            withEdits(locus, locus.wholeHaplotype(haplotype), checkedEdits(locus, changes).value());
        for (size_t i = 1; i < edited.edits.size(); ++i)
            if (edited.edits[i].offset < edited.edits[i - 1].end())
                return {"edits overlap", -1};
        // From the window's first base on, as far as it goes.
        return {applyEdits(locus.locus().window.bases(), edited.edits), edited.replaced};
    }

private Q_SLOTS:
    void formsAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::newRow("as the contract has it") << "22:105:A:G"
                                                << "22:105:A:G";
        QTest::newRow("chr") << "chr22:105:A:G"
                             << "22:105:A:G";
        QTest::newRow("as the window writes it") << "22:105 A>G"
                                                 << "22:105:A:G";
        QTest::newRow("insertion") << "22:105:A:ATT"
                                   << "22:105:A:ATT";
        QTest::newRow("padded") << "22:104:TA:TG"
                                << "22:105:A:G";
        QTest::newRow("back to the reference") << "chr22:105:A:A"
                                               << "22:105:A:A";
        QTest::newRow("back, as the window writes it") << "22:1,105 ac>AC"
                                                       << "22:1105:AC:AC";
    }
    void formsAreRead() {
        QFETCH(const QString, text);
        QFETCH(const QString, name);
        const auto edit = parseEdit(text.toStdString(), {"1", "22"});
        DS_VERIFY(edit);
        QCOMPARE(QString::fromStdString(toName(*edit)), name);
    }

    void whatCannotBeMeantIsSaid_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::newRow("no place") << "rs123" << int(ErrorKind::BadInput);
        QTest::newRow("no bases") << "22:105:N:G" << int(ErrorKind::BadInput);
        QTest::newRow("no bases, both") << "22:105:N:N" << int(ErrorKind::BadInput);
        QTest::newRow("no such contig") << "21:105:A:G" << int(ErrorKind::NotFound);
        QTest::newRow("no such contig, back") << "21:105:A:A" << int(ErrorKind::NotFound);
    }
    void whatCannotBeMeantIsSaid() {
        QFETCH(const QString, text);
        QFETCH(const int, kind);
        const auto edit = parseEdit(text.toStdString(), {"1", "22"});
        QVERIFY(!edit);
        QCOMPARE(int(edit.error().kind), kind);
        QVERIFY(!edit.error().where.empty() && !edit.error().remedy.empty());
    }

    void whatDoesNotFitIsSaid_data() {
        QTest::addColumn<QStringList>("edits");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("says");
        const int mismatch = int(ErrorKind::Mismatch), outside = int(ErrorKind::NotFound),
                  overlap = int(ErrorKind::BadInput);
        QTest::newRow("REF") << QStringList{"22:105:C:G"} << mismatch << "The reference has A there, not C.";
        QTest::newRow("longer REF") << QStringList{"22:105:AG:A"} << mismatch << "AC";
        QTest::newRow("left of the window") << QStringList{"22:100:C:G"} << outside << "22:101-120";
        QTest::newRow("right of it") << QStringList{"22:121:G:C"} << outside << "22:101-120";
        QTest::newRow("over its end") << QStringList{"22:120:TG:T"} << outside << "22:101-120";
        QTest::newRow("other contig") << QStringList{"1:105:A:G"} << outside << "22:101-120";
        QTest::newRow("twice") << QStringList{"22:105:A:G", "22:105:A:G"} << overlap << "same base";
        QTest::newRow("in a deletion") << QStringList{"22:105:ACG:A", "22:107:G:C"} << overlap << "same base";
        QTest::newRow("two insertions")
            << QStringList{"22:105:A:AT", "22:105:A:AG"} << overlap << "same base";
        QTest::newRow("none") << QStringList{} << overlap << "No change";
    }
    void whatDoesNotFitIsSaid() {
        QFETCH(const QStringList, edits);
        QFETCH(const int, kind);
        QFETCH(const QString, says);
        std::vector<Variant> changes;
        for (const QString& text : edits)
            changes.push_back(parseEdit(text.toStdString(), {"1", "22"}).value());
        const auto checked = checkedEdits(prepared(), changes);
        QVERIFY(!checked);
        QCOMPARE(int(checked.error().kind), kind);
        QVERIFY2(checked.error().message().find(says.toStdString()) != std::string::npos,
                 checked.error().message().c_str());
        QVERIFY(!checked.error().where.empty() && !checked.error().remedy.empty());
    }

    void anchorsAreNotChanged() {
        const PreparedLocus locus = prepared();
        // An SNV and an insertion or deletion behind it; two neighbouring deletions; a base and what follows
        // it.
        QVERIFY(checkedEdits(locus, {change(105, "A", "G"), change(105, "A", "AT")}).has_value());
        QVERIFY(checkedEdits(locus, {change(105, "AC", "A"), change(105, "A", "T")}).has_value());
        QVERIFY(checkedEdits(locus, {change(105, "AC", "A"), change(106, "CG", "C")}).has_value());
        QVERIFY(checkedEdits(locus, {change(105, "AC", "A"), change(107, "G", "T")}).has_value());
    }

    // Window: ACGT A CGT A C GT A CGTACGT; ANN has 105 A>G on both, 109 AC>A on the first, 113 A>AT on the
    // second.
    void ownAllelesGiveWay_data() {
        QTest::addColumn<int>("haplotype");
        QTest::addColumn<QString>("edit");
        QTest::addColumn<QString>("bases");
        QTest::addColumn<int>("replaced");
        QTest::newRow("beside") << 0 << "22:102:C:T"
                                << "ATGTGCGTAGTACGTACGT" << 0;
        QTest::newRow("another allele") << 0 << "22:105:A:T"
                                        << "ACGTTCGTAGTACGTACGT" << 1;
        QTest::newRow("the same") << 0 << "22:105:A:G"
                                  << "ACGTGCGTAGTACGTACGT" << 0;
        QTest::newRow("back") << 0 << "22:105:A:A"
                              << "ACGTACGTAGTACGTACGT" << 1;
        QTest::newRow("the anchor of a deletion") << 0 << "22:109:A:C"
                                                  << "ACGTGCGTCGTACGTACGT" << 0;
        QTest::newRow("a deleted base") << 0 << "22:110:C:T"
                                        << "ACGTGCGTATGTACGTACGT" << 1;
        QTest::newRow("a deleted base, back") << 0 << "22:110:C:C"
                                              << "ACGTGCGTACGTACGTACGT" << 1;
        QTest::newRow("an insertion where a deletion is") << 0 << "22:109:A:ATT"
                                                          << "ACGTGCGTATTGTACGTACGT" << 0;
        QTest::newRow("the anchor of an insertion") << 1 << "22:113:A:G"
                                                    << "ACGTGCGTACGTGTCGTACGT" << 0;
        QTest::newRow("another insertion") << 1 << "22:113:A:ACC"
                                           << "ACGTGCGTACGTACCCGTACGT" << 1;
        QTest::newRow("a deletion over an insertion") << 1 << "22:112:TACG:T"
                                                      << "ACGTGCGTACGTTACGT" << 1;
        QTest::newRow("a deletion behind an SNV") << 1 << "22:105:ACG:A"
                                                  << "ACGTGTACGTATCGTACGT" << 0;
    }
    void ownAllelesGiveWay() {
        QFETCH(const int, haplotype);
        QFETCH(const QString, edit);
        QFETCH(const QString, bases);
        QFETCH(const int, replaced);
        const PreparedLocus locus = prepared();
        const auto [found, count] =
            changed(locus, static_cast<size_t>(haplotype), {parseEdit(edit.toStdString(), {"22"}).value()});
        QCOMPARE(QString::fromStdString(found), bases);
        QCOMPARE(count, int64_t{replaced});
    }

    /// Over the TSS: 4 bases come from the left of the window and 10 from its right.
    void deletionsBeyondWhatWasReadAreRefused() {
        const Variant deletion = change(106, "CGTACGTACGTACGT", "C");
        QCOMPARE(deletedBases({deletion, change(105, "A", "ATT")}), int64_t{14});
        for (const int64_t flank : {9, 10}) {
            ReferenceWindow window = smallWindow();
            window.context =
                window.context.substr(static_cast<size_t>(10 - flank), static_cast<size_t>(20 + 2 * flank));
            window.flank = flank;
            PreparedLocus locus = MadeLocus(window, {"ANN"}).prepared(m_model);
            const auto edits = checkedEdits(locus, {deletion});
            DS_VERIFY(edits);
            const auto found = whatIf(locus, *edits, {std::nullopt}, {});
            QCOMPARE(found.has_value(), flank == 10);
            if (found)
                continue;
            QCOMPARE(found.error().kind, ErrorKind::Unsupported);
            QVERIFY(!found.error().where.empty() && !found.error().remedy.empty());
        }
    }

    void peopleAndHaplotypesAreFound() {
        const PreparedLocus locus = prepared();
        QCOMPARE(locus.haplotypeNamed("ANN:2").value(), size_t{1});
        QCOMPARE(backgroundsOf(locus, "all").value().size(), size_t{2});
        QCOMPARE(backgroundsOf(locus, "reference").value(), (std::vector<Background>{std::nullopt}));
        for (const auto& [text, kind] : {std::pair("ANN", ErrorKind::BadInput),
                                         {"ANN:3", ErrorKind::BadInput},
                                         {"ANE:1", ErrorKind::NotFound},
                                         {":1", ErrorKind::NotFound}}) {
            const auto unknown = backgroundsOf(locus, text);
            QVERIFY(!unknown);
            QCOMPARE(unknown.error().kind, kind);
        }
        const auto near = locus.person("AN");
        QVERIFY(!near && near.error().remedy.find("ANN") != std::string::npos);
    }

    void basesOfABackground() {
        const PreparedLocus locus = prepared();
        const EditList& own = locus.wholeHaplotype(0);
        QCOMPARE(baseAt(locus, own, 4), 'G');
        QCOMPARE(baseAt(locus, own, 8), 'A');  // a deletion's anchor
        QCOMPARE(baseAt(locus, own, 9), '\0'); // deleted
        QCOMPARE(baseAt(locus, own, 10), 'G');
        QCOMPARE(applyEdits(locus.locus().window.bases(), withBase(locus, own, 8, 'T')),
                 std::string("ACGTGCGTTGTACGTACGT"));
        QCOMPARE(applyEdits(locus.locus().window.bases(), withBase(locus, own, 4, 'A')),
                 std::string("ACGTACGTAGTACGTACGT"));
        QCOMPARE(withBase(locus, {Edit{4, 1, "G"}}, 4, 'A'), EditList{});
    }
};

QTEST_GUILESS_MAIN(TestEdits)
#include "tst_edits.moc"
