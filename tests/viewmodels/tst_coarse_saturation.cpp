// SPDX-License-Identifier: GPL-3.0-or-later
// A saturation's coarse answers come first, are told as such, and give way to exact ones.
#include "experiment/experiment_locus.h"

#include "viewmodels/saturation_shown.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

constexpr int64_t Length = 200;

/// What a gradient says of a change here is wrong by so much: it cannot be taken for a prediction.
constexpr double Wrong = 100;

/// The toy's scores, and a gradient, or none.
class GradientToy final : public Predictor {
public:
    GradientToy(std::shared_ptr<const ToyPredictor> toy, bool hasGradient)
        : m_toy(std::move(toy)), m_hasGradient(hasGradient) {}
    const ModelInfo& info() const override { return m_toy->info(); }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        DS_ASSIGN(auto scores, m_toy->prepare(window, output, method));
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(*this, std::move(scores)));
    }
    /// Of a base at an offset of the window.
    [[nodiscard]] static double slope(int64_t offset, char base) {
        return Wrong * static_cast<double>(base) + static_cast<double>(offset);
    }
    mutable int gradients = 0; ///< asked for

private:
    class Locus final : public LocusPredictor {
    public:
        Locus(const GradientToy& toy, std::unique_ptr<LocusPredictor> scores)
            : m_toy(toy), m_scores(std::move(scores)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                        const RunContext& context) override {
            return m_scores->predict(sequences, context);
        }
        int64_t batchSize() const override { return m_scores->batchSize(); }
        Result<Eigen::MatrixXd> gradient(const RunContext& context) override {
            ++m_toy.gradients;
            if (!m_toy.m_hasGradient)
                return LocusPredictor::gradient(context);
            Eigen::MatrixXd all(Length, 4);
            for (int64_t i = 0; i < Length; ++i)
                for (Eigen::Index base = 0; base < 4; ++base)
                    all(i, base) = slope(i, "ACGT"[base]);
            return all;
        }

    private:
        const GradientToy& m_toy;
        std::unique_ptr<LocusPredictor> m_scores;
    };
    std::shared_ptr<const ToyPredictor> m_toy;
    bool m_hasGradient;
};

} // namespace

class TestCoarseSaturation : public QObject {
    Q_OBJECT

    using Told = std::vector<std::shared_ptr<const SaturationOutcome>>;

    TemporaryFolder m_folder;
    std::shared_ptr<ToyPredictor> m_toy = std::make_shared<ToyPredictor>(Length);
    std::unique_ptr<MadeLocus> m_made;

    std::shared_ptr<WarmLocus> warm(const std::shared_ptr<const Predictor>& model,
                                    const std::shared_ptr<ScoreCache>& cache) const {
        ExperimentSubject subject;
        subject.gene.name = "GENE";
        subject.gene.region = m_made->window.region;
        return std::shared_ptr<WarmLocus>(new WarmLocus{
            std::move(subject), m_made->prepared(model, cache), {m_made->window.region.contig}, {}, {}, {}});
    }
    SaturationWish wish(int64_t reach) const {
        SaturationWish wanted;
        wanted.where = SaturationWish::Where::Variant;
        wanted.variant = m_made->snv(100);
        wanted.reach = reach;
        wanted.on = "variant";
        return wanted;
    }
    /// As the toy itself scores them; NaN nowhere.
    void verifyExact(const Saturation& row, bool hasVariant) const {
        std::string bases(m_made->window.bases());
        if (hasVariant)
            bases[100] = m_made->other(100);
        const double own = m_toy->scoreOf(bases);
        const int64_t first = row.region.start - m_made->window.region.start;
        for (Eigen::Index i = 0; i < row.effects.rows(); ++i)
            for (Eigen::Index base = 0; base < 4; ++base) {
                if (std::isnan(row.effects(i, base)))
                    continue;
                std::string mutant = bases;
                mutant[static_cast<size_t>(first + i)] = "ACGT"[base];
                QVERIFY(std::abs(row.effects(i, base) - (m_toy->scoreOf(mutant) - own)) < 1e-9);
            }
    }
    static Result<SaturationOutcome> saturated(const std::shared_ptr<WarmLocus>& locus,
                                               const SaturationWish& wanted, Told& told) {
        return trySaturation(
            {locus, nullptr}, wanted, {},
            [&](std::shared_ptr<const SaturationOutcome> outcome) { told.push_back(std::move(outcome)); });
    }

private Q_SLOTS:
    void initTestCase() {
        std::mt19937_64 random(5);
        m_made = std::make_unique<MadeLocus>(randomWindow(random, m_toy->info().input));
        for (int64_t i = 0; i < Length; ++i)
            for (const char base : {'A', 'C', 'G', 'T'})
                m_toy->weights[{i, base}] = double(random() % 1000) / 1000;
    }

    void coarseAnswersComeFirst() {
        const auto cache = *ScoreCache::open(m_folder / "first.sqlite");
        const auto model = std::make_shared<GradientToy>(m_toy, true);
        const auto locus = warm(model, cache);
        Told told;
        const auto found = saturated(locus, wish(20), told);
        DS_VERIFY(found);
        QCOMPARE(model->gradients, 2); // one a background

        // Both rows, before anything is predicted.
        QVERIFY(!told.empty());
        const SaturationOutcome& first = *told.front();
        QVERIFY(!first.complete);
        QCOMPARE(first.gradients.size(), size_t{2});
        const SaturationShown coarse = saturationShown(*locus, first, false);
        QCOMPARE(coarse.coarse, int64_t{2 * 3 * 41});
        QVERIFY(coarse.title.contains(coarseText()));
        QVERIFY(coarse.summary.contains(QStringLiteral("246 of them by gradient")));
        for (size_t row = 0; row < 2; ++row)
            for (int64_t i = 0; i < 41; ++i)
                for (Eigen::Index base = 0; base < 4; ++base) {
                    const char own = coarse.rows[row].bases[static_cast<size_t>(i)];
                    const double slope =
                        GradientToy::slope(80 + i, "ACGT"[base]) - GradientToy::slope(80 + i, own);
                    QCOMPARE(coarse.rows[row].effects(i, base), slope);
                    QCOMPARE(coarse.rows[row].isCoarse(i, base), own != "ACGT"[base]);
                    const auto cell = static_cast<size_t>(4 * (41 * static_cast<int64_t>(row) + i) + base);
                    QCOMPARE(coarse.cellText(cell).contains(coarseText()), own != "ACGT"[base]);
                }

        // What is called exact is, always; at the end nothing else is left.
        for (const auto& outcome : told)
            for (size_t row = 0; row < 2; ++row)
                verifyExact(outcome->rows[row], row == 1);
        QVERIFY(found->complete && found->withoutGradient.empty());
        for (size_t row = 0; row < 2; ++row) {
            QVERIFY(!found->rows[row].effects.hasNaN());
            QCOMPARE(found->gradients[row].rows(), Eigen::Index{0});
            verifyExact(found->rows[row], row == 1);
        }
        const SaturationShown exact = saturationShown(*locus, *found, false);
        QCOMPARE(exact.coarse, int64_t{0});
        QVERIFY(!exact.title.contains(coarseText()) && !exact.summary.contains(QStringLiteral("gradient")));
        QVERIFY(!exact.cellText(1).contains(coarseText()));

        // The cache holds exact ones alone: from it no coarse one is needed, and all are right.
        told.clear();
        const auto again = saturated(warm(model, cache), wish(20), told);
        DS_VERIFY(again);
        QCOMPARE(model->gradients, 2);
        for (size_t row = 0; row < 2; ++row) {
            QVERIFY(again->rows[row].effects == found->rows[row].effects);
            for (const auto& outcome : told)
                QCOMPARE(outcome->gradients[row].rows(), Eigen::Index{0});
        }
    }

    /// Of what one batch brings, a gradient would be no earlier.
    void aSingleBatchNeedsNone() {
        const auto model = std::make_shared<GradientToy>(m_toy, true);
        Told told;
        DS_VERIFY(saturated(warm(model, nullptr), wish(0), told));
        QCOMPARE(model->gradients, 0);
    }

    /// A stop is heard; what is shown then is marked as it is.
    void stoppedWhileCoarse() {
        const auto locus = warm(std::make_shared<GradientToy>(m_toy, true), nullptr);
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        Told told;
        const auto found = trySaturation({locus, nullptr}, wish(20), context,
                                         [&](std::shared_ptr<const SaturationOutcome> outcome) {
                                             told.push_back(std::move(outcome));
                                             stop.request_stop();
                                         });
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Cancelled);
        QCOMPARE(told.size(), size_t{1});
        QVERIFY(saturationShown(*locus, *told.front(), false).coarse > 0);
    }

    void modelsWithoutGradientsSayWhy() {
        const auto model = std::make_shared<GradientToy>(m_toy, false);
        const auto locus = warm(model, nullptr);
        Told told;
        const auto found = saturated(locus, wish(20), told);
        DS_VERIFY(found);
        QCOMPARE(model->gradients, 1);
        QVERIFY(!told.front()->withoutGradient.empty());
        QCOMPARE(saturationShown(*locus, *told.front(), false).coarse, int64_t{0});
        QVERIFY(found->complete && found->withoutGradient.empty());
        verifyExact(found->rows[0], false);
    }
};

QTEST_GUILESS_MAIN(TestCoarseSaturation)
#include "tst_coarse_saturation.moc"
