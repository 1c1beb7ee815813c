// SPDX-License-Identifier: GPL-3.0-or-later
// A report that is shown while a slow model is at work costs what its scores do: genotypes are those of all
// reports of the gene, and nothing that follows from them is computed anew.
#include "analysis/gene_analysis.h"
#include "stats/residuals.h"
#include "study/small_study.h"

#include <QThread>

#include <dlfcn.h>

using namespace diploscope;
using namespace diploscope::test;

namespace {

thread_local bool isCounting = false;
thread_local size_t taken = 0; ///< bytes, while counting
thread_local int residualsMade = 0;
thread_local int residualsMadeAnew = 0; ///< while counting

} // namespace

// In the place of core's own, which it calls: whatever computes an eQTL effect begins here.
Residuals diploscope::residualise(const Dosages& dosages, const Eigen::Ref<const Eigen::VectorXd>& expression,
                                  const Eigen::Ref<const Eigen::MatrixXd>& covariates) {
    Dl_info self{};
    if (dladdr(reinterpret_cast<void*>(&diploscope::residualise), &self) == 0 || self.dli_sname == nullptr)
        qFatal("the test's own function has no name");
    static const auto real = reinterpret_cast<decltype(&residualise)>(dlsym(RTLD_NEXT, self.dli_sname));
    ++residualsMade;
    residualsMadeAnew += isCounting;
    return real(dosages, expression, covariates);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // which have their own
extern "C" void* __libc_malloc(size_t size);
// Every allocation of the program: those of matrices do not go through operator new.
extern "C" void* malloc(size_t size) {
    if (isCounting)
        taken += size;
    return __libc_malloc(size);
}
#define DS_COUNTS_BYTES
#endif

namespace {

/// Takes so long for a batch that a report is shown behind each of the first ones. Counts from there on.
class Slow : public Predictor {
public:
    Slow() {
        m_info.name = "slow";
        m_info.checksum = "slow";
        m_info.input = {2000, 1000, StrandRule::Forward};
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow&, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>());
    }

private:
    class Locus : public LocusPredictor {
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd scores(Eigen::Index(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                scores(Eigen::Index(i), 0) = double(sequences[i].size());
            if (m_batches++ < 4)
                QThread::msleep(260);
            taken = 0;
            residualsMadeAnew = 0;
            isCounting = true;
            return scores;
        }
        int64_t batchSize() const override { return 200; }
        int m_batches = 0;
    };
    ModelInfo m_info;
};

constexpr size_t People = 2000;
constexpr size_t Snvs = 950;

/// An SNV every second base round the TSS, whose carriers are of three kinds of people.
SmallStudy largeStudy() {
    SmallStudy small;
    small.people.clear();
    std::string values;
    for (size_t p = 0; p < People; ++p) {
        small.people += (p == 0 ? "P" : "\tP") + std::to_string(p);
        values += "\t" + std::to_string(double(p * 37 % 1000) / 100);
    }
    small.expression =
        "#chr\tstart\tend\tphenotype_id\t" + small.people + "\n22\t20000\t20001\tENSG01.2" + values + "\n";
    std::vector<std::string> rows;
    for (size_t kind = 0; kind < 3; ++kind) {
        std::string row;
        for (size_t p = 0; p < People; ++p)
            row += p % 3 == kind ? "\t0|1" : p % 7 == kind ? "\t1|1" : "\t0|0";
        rows.push_back(row);
    }
    small.genotypes = "##fileformat=VCFv4.2\n##contig=<ID=22>\n##FORMAT=<ID=GT,Number=1,Type=String,"
                      "Description=\"g\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
                      small.people + "\n";
    for (size_t i = 0; i < Snvs; ++i) {
        const size_t position = 19'051 + 2 * i; // 1-based
        const char ref = small.bases[position - 1];
        small.genotypes += "22\t" + std::to_string(position) + "\t.\t" + ref + "\t" +
                           (ref == 'A' ? 'C' : 'A') + "\t.\tPASS\t.\tGT" + rows[i % 3] + "\n";
    }
    return small;
}

} // namespace

class TestPartialReports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void costWhatScoresDo() {
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(largeStudy().write(folder));
        QVERIFY(check.study != nullptr);
        AnalysisOptions options;
        options.selfCheckEvery = 0;
        options.statistics.fineMapping = false;
        options.statistics.nullPredictors = PublishedNullPredictors;
        options.statistics.resamples = 0;
        std::vector<std::shared_ptr<const GeneReport>> partial;
        std::vector<size_t> bytes;
        std::vector<int> residuals;
        const auto report = analyzeGene(*check.study, check.study->genes().front(), std::make_shared<Slow>(),
                                        nullptr, options, {}, [&](const auto& shown) {
                                            isCounting = false;
                                            partial.push_back(shown);
                                            bytes.push_back(taken);
                                            residuals.push_back(residualsMadeAnew);
                                        });
        isCounting = false;
        DS_VERIFY(report);
        QVERIFY2(residualsMade > 0, "core calls its own");
        QCOMPARE((*report)->variants.size(), Snvs);
        QCOMPARE((*report)->people.size(), People);
        QVERIFY2(partial.size() >= 3, qPrintable(QString::number(partial.size())));
        for (size_t i = 0; i < partial.size(); ++i) {
            QVERIFY(!partial[i]->complete);
            QCOMPARE(residuals[i], 0);
            for (size_t v = 0; v < Snvs; ++v) {
                const VariantResult& shown = partial[i]->variants[v];
                QVERIFY(shown.genotypes == (*report)->variants[v].genotypes);
                QCOMPARE(shown.eqtl.slope, (*report)->variants[v].eqtl.slope);
            }
#ifdef DS_COUNTS_BYTES
            QVERIFY2(bytes[i] > 0 && bytes[i] < People * Snvs,
                     qPrintable(QString("%1 bytes where genotypes are %2").arg(bytes[i]).arg(People * Snvs)));
#endif
        }
    }
};

QTEST_GUILESS_MAIN(TestPartialReports)
#include "tst_partial_reports.moc"
