// SPDX-License-Identifier: GPL-3.0-or-later
// A study with `"variants": "snv+indel"`: deletions far longer than the flank that is read first, which reach
// into the window or out of it. What the model is given is held against each person's whole contig, written
// out by the test itself (METHODS 2); tst_bcftools_consensus holds the same rule against bcftools.
#include "analysis/gene_analysis.h"
#include "analysis/gene_locus.h"
#include "sequence/reference_window.h"

#include "study/small_study.h"
#include "study/study_check.h"

#include <array>
#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

constexpr int64_t Length = 2000;
constexpr int64_t TssIndex = 1000;
constexpr int64_t Tss = 20'000; ///< 0-based, of GENEA

/// A number of every base and its place.
double scoreOf(std::string_view bases) {
    double sum = 0;
    for (size_t i = 0; i < bases.size(); ++i)
        sum += std::sin(0.37 * double(i) + 1) * double(bases[i] % 7);
    return sum;
}

/// Reads the bases themselves, so that one that is wrong or one place off shows.
class BasesModel final : public Predictor {
public:
    BasesModel() {
        m_info.name = "bases";
        m_info.checksum = "b";
        m_info.input = {Length, TssIndex, StrandRule::Forward};
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(window));
    }

private:
    class Locus final : public LocusPredictor {
    public:
        explicit Locus(const ReferenceWindow& window) : m_window(window) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd scores(Eigen::Index(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                scores(Eigen::Index(i), 0) = scoreOf(materialize(m_window, sequences[i]));
            return scores;
        }
        int64_t batchSize() const override { return 100; }

    private:
        ReferenceWindow m_window;
    };
    ModelInfo m_info;
};

struct Record {
    int64_t at = 0; ///< 0-based
    int64_t reference = 1;
    std::array<const char*, 6> genotypes; ///< of HG1 to HG6
};

/// A 5 kb deletion that ends 501 bases within the window, an SNV that it deletes on some, one that it draws
/// in from 5 kb further left, one beside it, a 3 kb deletion that leaves the window on the right, and an SNV
/// behind that.
const std::vector<Record> Records{{14'300, 1, {"0|1", "1|1", "1|0", "0|0", "0|1", "1|1"}},
                                  {14'500, 5001, {"0|0", "0|1", "1|1", "0|0", "1|0", "0|0"}},
                                  {19'200, 1, {"1|1", "1|1", "1|0", "0|1", "1|1", "0|0"}},
                                  {19'700, 1, {"0|0", "1|0", "0|1", "0|1", "1|1", "0|0"}},
                                  {20'800, 3001, {"0|1", "0|0", "0|1", "1|1", "0|0", "0|0"}},
                                  {23'900, 1, {"0|1", "1|1", "0|1", "0|1", "1|0", "1|1"}}};

char other(char base) {
    return base == 'A' ? 'C' : 'A';
}

/// The window of one haplotype, cut from the whole contig with its alleles written in. Deleted SNVs are
/// dropped.
std::string windowOf(const std::string& bases, int person, int haplotype) {
    std::string whole = bases;
    int64_t tss = Tss;
    for (auto record = Records.rbegin(); record != Records.rend(); ++record) { // from the right: places hold
        if (record->genotypes[size_t(person)][2 * haplotype] != '1')
            continue;
        if (record->reference == 1) {
            whole[size_t(record->at)] = other(bases[size_t(record->at)]);
        } else {
            whole.erase(size_t(record->at + 1), size_t(record->reference - 1));
            if (record->at < Tss)
                tss -= record->reference - 1;
        }
    }
    return whole.substr(size_t(tss - TssIndex), size_t(Length));
}

SmallStudy madeStudy(const char* variants) {
    SmallStudy small;
    small.extra = std::string(R"(, "options": {"variants": ")") + variants + "\"}";
    small.genotypes =
        "##fileformat=VCFv4.2\n##contig=<ID=22>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="
        "\"Genotype\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
        small.people + "\n";
    for (const Record& record : Records) {
        const std::string ref = small.bases.substr(size_t(record.at), size_t(record.reference));
        small.genotypes += "22\t" + std::to_string(record.at + 1) + "\t.\t" + ref + "\t" +
                           (record.reference == 1 ? other(ref.front()) : ref.front()) + "\t.\tPASS\t.\tGT";
        for (const char* genotype : record.genotypes)
            small.genotypes += std::string("\t") + genotype;
        small.genotypes += '\n';
    }
    return small;
}

} // namespace

class TestLongDeletions : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { keepCachesIn(m_cache); }

    void reportsAreOfWholeHaplotypes() {
        const TemporaryFolder folder;
        const SmallStudy small = madeStudy("snv+indel");
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        const auto gene = check.study->findGene("GENEA");
        DS_VERIFY(gene);
        const auto model = std::make_shared<BasesModel>();
        const auto locus = readLocus(*check.study, (*gene)->gene, model->info().input, 0, {});
        DS_VERIFY(locus);
        QVERIFY(locus->window.flank >= 5000); // as far as the bases that are drawn in stand
        const auto report = analyzeGene(*check.study, **gene, model, nullptr, {}, {});
        DS_VERIFY(report);
        QCOMPARE((*report)->people.size(), size_t{5});
        for (int person = 1; person < 6; ++person) { // HG1 has no expression
            const PersonResult& found = (*report)->people[size_t(person - 1)];
            QCOMPARE(found.sample, "HG" + std::to_string(person + 1));
            const double first = scoreOf(windowOf(small.bases, person, 0));
            const double second = scoreOf(windowOf(small.bases, person, 1));
            QVERIFY2(std::abs(found.haplotype1 - first) < 1e-9, found.sample.c_str());
            QVERIFY2(std::abs(found.haplotype2 - second) < 1e-9, found.sample.c_str());
        }
    }

    /// With SNVs alone the deletions are left out, and told.
    void snvsAlone() {
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(madeStudy("snv").write(folder));
        QVERIFY2(check.study, allOf(check).c_str());
        const auto gene = check.study->findGene("GENEA");
        DS_VERIFY(gene);
        const auto report =
            analyzeGene(*check.study, **gene, std::make_shared<BasesModel>(), nullptr, {}, {});
        DS_VERIFY(report);
        QVERIFY((*report)->genotypes.indels > 0);
        QCOMPARE((*report)->variants.size(), size_t{2}); // those of the reference's window
    }
};

QTEST_GUILESS_MAIN(TestLongDeletions)
#include "tst_long_deletions.moc"
