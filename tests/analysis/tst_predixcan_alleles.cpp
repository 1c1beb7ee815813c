// SPDX-License-Identifier: GPL-3.0-or-later
// Which site and allele a PrediXcan weight is of, where several are near: multi-allelic sites in one record
// or in several, and insertions beside deletions of the same bases.
#include "analysis/predixcan.h"

#include "study/small_study.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

using Copies = QList<double>; ///< of HG2..HG6

constexpr size_t IndelAt = 20'100; ///< 1-based; the reference has ATG there
constexpr size_t SnvAt = 20'200;   ///< and G here
constexpr size_t OtherAt = 20'150; ///< and A here

/// Of HG1..HG6: copies of allele 1 are 1 0 1 0 0, of allele 2 are 1 2 0 1 0, of REF 0 0 1 1 2 for HG2..HG6.
constexpr const char* Genotypes = "0|0\t1|2\t2|2\t0|1\t0|2\t0|0";
constexpr const char* OfFirst = "0|0\t1|0\t0|0\t0|1\t0|0\t0|0";
constexpr const char* OfSecond = "0|0\t0|1\t1|1\t0|0\t0|1\t0|0";

std::string record(size_t position, const std::string& id, const std::string& ref, const std::string& alt,
                   const std::string& genotypes) {
    return "22\t" + std::to_string(position) + "\t" + id + "\t" + ref + "\t" + alt + "\t.\tPASS\t.\tGT\t" +
           genotypes + "\n";
}

std::string varId(size_t position, const char* ref, const char* alt) {
    return "22_" + std::to_string(position) + "_" + ref + "_" + alt;
}

} // namespace

class TestPredixcanAlleles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void copies_data();
    void copies();
};

void TestPredixcanAlleles::copies_data() {
    QTest::addColumn<QString>("records");
    QTest::addColumn<QString>("ref");
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QString>("varId"); ///< empty: by rsid
    QTest::addColumn<Copies>("expected");
    QTest::addColumn<int>("swapped");
    const auto row = [](const char* name, const std::string& records, const char* ref, const char* effect,
                        const std::string& id, const Copies& expected, int swapped) {
        QTest::newRow(name) << QString::fromStdString(records) << ref << effect << QString::fromStdString(id)
                            << expected << swapped;
    };
    const Copies first{1, 0, 1, 0, 0}, second{1, 2, 0, 1, 0}, reference{0, 0, 1, 1, 2}, absent;
    const Copies withoutInsertion{1, 0, 2, 1, 2};
    const std::string both = record(IndelAt, "rs5", "AT", "A,ATT", Genotypes);
    const std::string deletion = record(IndelAt, "rs5", "AT", "A", OfFirst);
    const std::string insertion = record(IndelAt, "rs5", "A", "AT", OfSecond);
    const std::string named = varId(IndelAt, "A", "AT"), lost = varId(IndelAt, "AT", "A");

    row("insertion, one record", both, "A", "AT", named, second, 0);
    row("insertion, behind the deletion", deletion + insertion, "A", "AT", named, second, 0);
    row("insertion, before the deletion", insertion + deletion, "A", "AT", named, second, 0);
    row("insertion by rsid, one record", both, "A", "AT", "", second, 0);
    row("insertion by rsid, behind the deletion", deletion + insertion, "A", "AT", "", second, 0);
    row("insertion by rsid, before the deletion", insertion + deletion, "A", "AT", "", second, 0);
    row("deletion, before the insertion", deletion + insertion, "AT", "A", lost, first, 0);
    row("deletion, behind the insertion", insertion + deletion, "AT", "A", lost, first, 0);
    row("insertion where only a deletion is", deletion, "A", "AT", named, absent, 0);
    row("the same by rsid", deletion, "A", "AT", "", absent, 0);
    row("deletion where only an insertion is", insertion, "AT", "A", lost, absent, 0);
    row("the effect allele is REF, says the varID", insertion, "AT", "A", named, withoutInsertion, 1);
    row("and the deletion stands there too", deletion + insertion, "AT", "A", named, withoutInsertion, 1);
    row("and nothing but the deletion", deletion, "AT", "A", named, absent, 0);
    // The reference has AT: what is called REF cannot be.
    row("the reference says which is REF", record(IndelAt, "rs5", "A", "AG", OfSecond), "AG", "A",
        varId(IndelAt, "AG", "A"), withoutInsertion, 1);
    row("the reference says so by rsid", record(IndelAt, "rs5", "A", "AG", OfSecond), "AG", "A", "",
        withoutInsertion, 1);

    const std::string three = record(SnvAt, "rs9", "G", "A,C", Genotypes);
    const std::string split =
        record(SnvAt, "rs9", "G", "A", OfFirst) + record(SnvAt, "rs9", "G", "C", OfSecond);
    row("REF of three alleles", three, "A", "G", varId(SnvAt, "G", "A"), reference, 1);
    row("REF of three alleles by rsid", three, "A", "G", "", reference, 1);
    row("REF of three alleles in two records", split, "A", "G", varId(SnvAt, "G", "A"), reference, 1);
    row("REF of three alleles in two records by rsid", split, "A", "G", "", reference, 1);
    row("the third allele", three, "G", "C", varId(SnvAt, "G", "C"), second, 0);
    // As listed before swapped, wherever the two stand.
    row("swapped, then as listed",
        record(OtherAt, "rs7", "A", "G", OfFirst) + record(SnvAt, "rs7", "G", "A", OfSecond), "G", "A", "",
        second, 0);
    row("as listed, then swapped",
        record(OtherAt, "rs7", "A", "G", OfFirst) + record(SnvAt, "rs7", "G", "A", OfSecond), "A", "G", "",
        first, 0);
    // G to T is C to A on the other strand; alleles of the same strand come before.
    row("swapped before the other strand",
        record(OtherAt, "rs7", "A", "C", OfFirst) + record(SnvAt, "rs7", "G", "T", OfSecond), "C", "A", "",
        {1, 2, 1, 2, 2}, 1);
}

void TestPredixcanAlleles::copies() {
    QFETCH(QString, records);
    QFETCH(QString, ref);
    QFETCH(QString, effect);
    QFETCH(QString, varId);
    QFETCH(Copies, expected);
    QFETCH(int, swapped);
    SmallStudy small;
    small.bases.replace(IndelAt - 1, 3, "ATG");
    small.bases[SnvAt - 1] = 'G';
    small.bases[OtherAt - 1] = 'A';
    small.genotypes = small.vcf();
    const size_t behind = small.genotypes.find("\n22\t20500\t");
    QVERIFY(behind != std::string::npos);
    small.genotypes.insert(behind + 1, records.toStdString());
    const TemporaryFolder folder;
    const StudyCheck check = openStudy(small.write(folder));
    QVERIFY2(check.study != nullptr, check.problems.empty() ? "" : check.problems.front().message().c_str());

    PredixcanDatabase database;
    database.genes = {{"ENSG01.2", "GENEA", {}, {}, {}}};
    const std::string rsid = records.section('\t', 2, 2).toStdString();
    PredixcanWeight weight{0, rsid, ref.toStdString(), effect.toStdString(), 1, {}, -1, {}, {}};
    if (!varId.isEmpty()) {
        const QStringList parts = varId.split('_');
        weight.contig = parts[0].toStdString();
        weight.position = parts[1].toLongLong() - 1;
        weight.varRef = parts[2].toStdString();
        weight.varAlt = parts[3].toStdString();
        database.hasPositions = true;
    }
    database.weights = {weight};
    const auto scores =
        applyPredixcan(*check.study, database, {PredixcanMatch::Automatic, {"ENSG01"}}, RunContext());
    DS_VERIFY(scores);
    const PredixcanCounts counts = scores->total();
    QCOMPARE(counts.used, int64_t(expected.isEmpty() ? 0 : 1));
    QCOMPARE(counts.absent, int64_t(expected.isEmpty() ? 1 : 0));
    QCOMPARE(counts.swapped, int64_t(swapped));
    Copies found;
    for (Eigen::Index p = 0; p < scores->values.rows(); ++p)
        if (!std::isnan(scores->values(p, 0)))
            found.append(scores->values(p, 0));
    QCOMPARE(found, expected);
}

QTEST_GUILESS_MAIN(TestPredixcanAlleles)
#include "tst_predixcan_alleles.moc"
