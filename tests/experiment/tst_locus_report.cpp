// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a prepared locus is the one that analyzeGene() makes, and what is asked of the locus then is
// not computed again.
#include "experiment/locus_report.h"

#include "analysis/made_study.h"
#include "analysis/report_frame.h"
#include "experiment/audit.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Counts what it predicts.
class Counting final : public Predictor {
public:
    const ModelInfo& info() const override { return m_linear.info(); }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        DS_ASSIGN(auto linear, m_linear.prepare(window, output, method));
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(*this, std::move(linear)));
    }
    mutable size_t predicted = 0;

private:
    class Locus final : public LocusPredictor {
    public:
        Locus(const Counting& of, std::unique_ptr<LocusPredictor> linear)
            : m_of(of), m_linear(std::move(linear)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                        const RunContext& context) override {
            m_of.predicted += sequences.size();
            return m_linear->predict(sequences, context);
        }
        int64_t batchSize() const override { return m_linear->batchSize(); }

    private:
        const Counting& m_of;
        std::unique_ptr<LocusPredictor> m_linear;
    };
    Linear m_linear;
};

} // namespace

class TestLocusReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheAnalysisSays() {
        Made made;
        for (int place = 0; place < 12; ++place)
            made.snv(place);
        DS_VERIFY(made.analysed());
        const StudyGene& gene = made.study->genes().front();
        const auto model = std::make_shared<Counting>();
        AnalysisOptions options;
        options.thresholds.minimumGain = 0.01;
        options.statistics.resamples = 0;
        const auto whole = analyzeGene(*made.study, gene, model, nullptr, options, {});
        DS_VERIFY(whole);

        const size_t alone = std::exchange(model->predicted, 0);
        auto locus = PreparedLocus::read(*made.study, gene.gene, model, defaultScore(model->info()),
                                         {Method::Fast, nullptr, 0}, {});
        DS_VERIFY(locus);
        const auto own = reportOfLocus(*locus, *made.study, gene, model, options, {});
        DS_VERIFY(own);
        const GeneReport& report = *own->report;
        QVERIFY(report.complete && !report.drivers.empty());
        QCOMPARE(report.drivers.size(), (*whole)->drivers.size());
        for (size_t d = 0; d < report.drivers.size(); ++d) {
            QCOMPARE(report.drivers[d].variant, (*whole)->drivers[d].variant);
            QCOMPARE(report.drivers[d].driver.gain, (*whole)->drivers[d].driver.gain);
            QCOMPARE(report.drivers[d].standing(), (*whole)->drivers[d].standing());
        }
        for (size_t v = 0; v < report.variants.size(); ++v)
            QCOMPARE(report.variants[v].ism, (*whole)->variants[v].ism);
        for (size_t p = 0; p < report.people.size(); ++p)
            QCOMPARE(report.people[p].predicted, (*whole)->people[p].predicted);
        QCOMPARE(report.pearson.r, (*whole)->pearson.r);
        QCOMPARE(report.linearR, (*whole)->linearR);
        QCOMPARE(report.provenance, (*whole)->provenance);
        QVERIFY(!report.rInterval); // nobody asked
        QCOMPARE(model->predicted, alone);
        QCOMPARE(own->counts.computed, static_cast<int64_t>(alone));

        const Eigen::VectorXd observed = observedAt(*made.study, gene, locus->locus()).value();
        const auto audited = audit(*locus, report, observed, {0, 1}, {});
        DS_VERIFY(audited);
        QCOMPARE(model->predicted, alone); // all of it was there
        QCOMPARE(audited->counts.computed, int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestLocusReport)
#include "tst_locus_report.moc"
