// SPDX-License-Identifier: GPL-3.0-or-later
// The fitted head: simulated tracks of a stand-in model give their weights back, as glmnet has them.
#include "analysis/head_fit.h"

#include "model/tuned_head.h"
#include "stats/reference_json.h"
#include "study/small_study.h"
#include "table_file.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

constexpr int64_t Spacing = 1000; ///< bp between genes

/// Tracks by the place of a gene in the reference table; three bins, whose sum is 2^(what the table says).
class StandIn : public Predictor {
public:
    explicit StandIn(std::vector<std::vector<double>> log2Sums) : m_log2Sums(std::move(log2Sums)) {
        m_info.name = "Stand-in";
        m_info.input = {100, 50, StrandRule::Forward};
        m_info.trackCount = int(m_log2Sums[0].size());
        m_info.binCount = 7;
        m_info.defaultOutput.bins = {2, 3, 4};
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method) const override {
        if (output.bins.size() != 3 || output.tracks.size() != m_log2Sums[0].size())
            return fail(ErrorKind::BadInput, "All tracks at the default bins, please.");
        return std::unique_ptr<LocusPredictor>(
            std::make_unique<Locus>(m_log2Sums[size_t((window.region.start + 50) / Spacing)]));
    }

private:
    class Locus : public LocusPredictor {
    public:
        explicit Locus(std::vector<double> log2Sums) : m_log2Sums(std::move(log2Sums)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            const auto tracks = Eigen::Index(m_log2Sums.size());
            Eigen::MatrixXd values(Eigen::Index(sequences.size()), 3 * tracks);
            for (Eigen::Index k = 0; k < tracks; ++k)
                for (Eigen::Index bin = 0; bin < 3; ++bin)
                    values.col(bin * tracks + k)
                        .setConstant(std::exp2(m_log2Sums[size_t(k)]) * double(bin + 1) / 6);
            return values;
        }
        int64_t batchSize() const override { return 1; }

    private:
        std::vector<double> m_log2Sums;
    };
    ModelInfo m_info;
    std::vector<std::vector<double>> m_log2Sums;
};

std::string trackName(size_t k) {
    return "track" + std::to_string(k);
}

} // namespace

class TestHeadFit : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::vector<std::vector<double>> m_tracks; ///< [genes][tracks]
    std::shared_ptr<const Study> m_study;

private Q_SLOTS:
    /// The reference's genes, whose people scatter round the mean; then one that nobody was measured for and
    /// one with a track of 0.
    void initTestCase() {
        SmallStudy small;
        small.annotation.clear();
        small.expression = "#chr\tstart\tend\tphenotype_id\tHG2\tHG3\tHG4\tHG5\tHG6\n";
        const auto addGene = [&](const std::string& expression) {
            const auto number = int(m_tracks.size());
            const int tss = number * int(Spacing) + 1;
            const std::string id = "ENSG" + std::to_string(1000 + number);
            small.annotation += SmallStudy::gtf(id, id, "22", tss, tss + 500, '+');
            small.expression +=
                "22\t" + std::to_string(tss - 1) + "\t" + std::to_string(tss) + "\t" + id + expression + "\n";
        };
        for (auto& gene : tableFile(fixture("reference/head_fit_genes.tsv"))) {
            const double y = std::stod(gene["y"]);
            std::string expression;
            for (const double off : {0.5, -0.5, 1.0, -1.0})
                expression += "\t" + std::to_string(y + off);
            addGene(expression + "\tNA"); // the fifth was not measured
            std::vector<double> tracks;
            for (size_t k = 0; gene.contains(trackName(k)); ++k)
                tracks.push_back(std::stod(gene[trackName(k)]));
            m_tracks.push_back(std::move(tracks));
        }
        QCOMPARE(m_tracks.size(), size_t{90});
        addGene("\tNA\tNA\tNA\tNA\tNA");
        m_tracks.push_back(m_tracks[0]);
        addGene("\t1\t2\t3\t4\t5");
        m_tracks.push_back(m_tracks[0]);
        m_tracks.back()[3] = -std::numeric_limits<double>::infinity();
        const StudyCheck check = openStudy(small.write(m_folder));
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        m_study = check.study;
    }

    void equalsGlmnetAtItsLambda() {
        const auto head = fitHead(*m_study, StandIn(m_tracks), {}, {});
        DS_VERIFY(head);
        QCOMPARE(head->genes, int64_t{90});
        QCOMPARE(head->skipped, int64_t{2});
        const auto path = tableFile(fixture("reference/head_fit_path.tsv"));
        const auto found = std::find_if(path.begin(), path.end(), [&](const auto& row) {
            return std::abs(std::stod(row.at("lambda")) / head->lambda - 1) < 1e-5;
        });
        QVERIFY2(found != path.end(), qPrintable(QString::number(head->lambda, 'g', 9)));
        for (size_t k = 0; k < head->weights.size(); ++k)
            DS_COMPARE_OPTIONAL(head->weights[k], std::stod(found->at(trackName(k))), 0, 2e-3);
        DS_COMPARE_OPTIONAL(head->offset, std::stod(found->at("offset")), 0, 1e-2);
        QVERIFY(*head->r > 0.95 && *head->r < 1); // of genes that the fit had not seen
    }

    void findsThePlantedWeights() {
        const auto head = fitHead(*m_study, StandIn(m_tracks), {}, {});
        DS_VERIFY(head);
        std::vector<double> planted(m_tracks[0].size());
        planted[1] = 0.8;
        planted[6] = -0.5;
        planted[12] = 0.4;
        planted[19] = 0.3;
        for (size_t k = 0; k < planted.size(); ++k)
            QVERIFY2(std::abs(head->weights[k] - planted[k]) < 0.07, trackName(k).c_str());
        QVERIFY(std::abs(head->offset - 1.5) < 0.3);
    }

    /// What is written scores as METHODS 3 says, with names that need quotes.
    void writtenHeadReadsBack() {
        const auto head = fitHead(*m_study, StandIn(m_tracks), {}, {});
        DS_VERIFY(head);
        const TrackList names(head->weights.size(), {"CNhs1", "CAGE:brain, \"adult\""});
        DS_VERIFY(writeHead(*head, &names, m_folder / "head.csv"));
        const auto read = readTunedHead(m_folder / "head.csv", int(head->weights.size()));
        DS_VERIFY(read);
        std::vector<double> weights(head->weights.size());
        for (size_t i = 0; i < read->tracks.size(); ++i)
            weights[size_t(read->tracks[i])] = read->weights[Eigen::Index(i)];
        QCOMPARE(weights, head->weights);
        QCOMPARE(read->offset, head->offset);
    }

    void foldsFollowFromTheSeed() {
        const StandIn model(m_tracks);
        const auto head = fitHead(*m_study, model, {}, {});
        const auto same = fitHead(*m_study, model, {}, {});
        const auto other = fitHead(*m_study, model, {.seed = 2}, {});
        QCOMPARE(same->weights, head->weights);
        QVERIFY(other->r != head->r);
    }

    void faults() {
        const auto tooFew = fitHead(*m_study, StandIn(m_tracks), {.folds = 46}, {});
        QVERIFY(!tooFew && tooFew.error().kind == ErrorKind::BadInput);
        QVERIFY2(tooFew.error().what.find("90 genes") != std::string::npos, tooFew.error().what.c_str());
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = fitHead(*m_study, StandIn(m_tracks), {}, {stop.get_token(), {}, {}});
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestHeadFit)
#include "tst_head_fit.moc"
