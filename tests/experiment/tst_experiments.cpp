// SPDX-License-Identifier: GPL-3.0-or-later
// Every experiment against whole forward passes over sequences that are spelled out here, under three kinds
// of models.
#include "experiment/experiment_locus.h"

#include "experiment/ablation.h"
#include "experiment/interaction.h"
#include "experiment/saturation.h"
#include "experiment/waterfall.h"
#include "experiment/what_if.h"

using namespace diploscope;
using namespace diploscope::test;

class TestExperiments : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Predictor> m_model;
    std::unique_ptr<MadeLocus> m_made;
    std::unique_ptr<PreparedLocus> m_locus;
    std::string m_reference;       ///< the window's bases
    double m_size = 0;             ///< of scores
    std::vector<int64_t> m_places; ///< offsets of the SNVs, right of the TSS the last

    static void models() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("reversed");
        QTest::newRow("demo's CNN") << "demo-cnn" << false;
        QTest::newRow("demo's CNN, gene on -") << "demo-cnn" << true;
        QTest::newRow("like Xpresso") << "xpresso-like" << false;
        QTest::newRow("like Xpresso, gene on -") << "xpresso-like" << true;
        QTest::newRow("Enformer") << "enformer" << false;
    }
    bool reversed() const { return m_made->window.reversed; }
    double whole(const std::string& bases) const { return wholeScore(*m_model, bases, reversed()); }
    std::string with(std::string bases, const std::vector<int64_t>& snvs) const {
        for (const int64_t offset : snvs)
            bases[static_cast<size_t>(offset)] = m_made->other(offset);
        return bases;
    }
    std::string with(const std::vector<int64_t>& snvs) const { return with(m_reference, snvs); }

    /// Three people, six SNVs; ANN's first haplotype carries the first four of them.
    bool make() {
        QFETCH(const QString, kind);
        QFETCH(const bool, reversed);
        const auto model = modelOf(kind.toStdString(), m_folder / kind.toStdString());
        if (!model) {
            qWarning("%s", model.error().message().c_str());
            return false;
        }
        m_model = *model;
        std::mt19937_64 random(11);
        m_made = std::make_unique<MadeLocus>(randomWindow(random, m_model->info().input, reversed, 60));
        const int64_t middle = m_made->window.tssOffset;
        m_places = {middle - 100, middle - 37, middle - 3, middle + 1, middle + 40, middle + 111};
        m_made->snvOf(m_places[0], "10 11 00", "rs0")
            .snvOf(m_places[1], "10 00 01")
            .snvOf(m_places[2], "11 01 00")
            .snvOf(m_places[3], "10 10 01")
            .snvOf(m_places[4], "01 00 11")
            .snvOf(m_places[5], "00 01 01");
        m_locus = std::make_unique<PreparedLocus>(m_made->prepared(m_model));
        m_reference = std::string(m_made->window.bases());
        m_size = std::max(std::abs(whole(m_reference)), 1e-3);
        return true;
    }

private Q_SLOTS:
    void whatIf_data() { models(); }
    void whatIf() {
        QVERIFY(make());
        const int64_t place = m_places[3] + 5;
        const auto edits = checkedEdits(*m_locus, {m_made->snv(place)});
        DS_VERIFY(edits);
        const auto everybody = backgroundsOf(*m_locus, "all");
        DS_VERIFY(everybody);
        std::vector<Background> backgrounds{std::nullopt};
        backgrounds.insert(backgrounds.end(), everybody->begin(), everybody->end());
        const auto found = diploscope::whatIf(*m_locus, *edits, backgrounds, {});
        DS_VERIFY(found);
        QCOMPARE(found->rows.size(), size_t{7});
        const std::vector<std::vector<int64_t>> own{{},
                                                    {m_places[0], m_places[1], m_places[2], m_places[3]},
                                                    {m_places[2], m_places[4]},
                                                    {m_places[0], m_places[3]},
                                                    {m_places[0], m_places[2], m_places[5]},
                                                    {m_places[4]},
                                                    {m_places[1], m_places[3], m_places[4], m_places[5]}};
        for (size_t i = 0; i < own.size(); ++i) {
            DS_NEAR(found->rows[i].before, whole(with(own[i])), m_size);
            DS_NEAR(found->rows[i].after, whole(with(with(own[i]), {place})), m_size);
            QCOMPARE(found->rows[i].replaced, int64_t{0});
        }
    }

    /// An own allele gives way; ALT equal to REF takes it away.
    void changesReplaceOwnAlleles_data() { models(); }
    void changesReplaceOwnAlleles() {
        QVERIFY(make());
        const std::vector<Background> ann{size_t{0}};
        Variant third = m_made->snv(m_places[1]);
        third.alt = std::string("GT").substr(third.ref == "G" ? 1 : 0, 1);
        auto edits = checkedEdits(*m_locus, {third});
        DS_VERIFY(edits);
        auto found = diploscope::whatIf(*m_locus, *edits, ann, {});
        DS_VERIFY(found);
        const std::string own = with({m_places[0], m_places[1], m_places[2], m_places[3]});
        std::string changed = own;
        changed[static_cast<size_t>(m_places[1])] = third.alt.front();
        DS_NEAR(found->rows[0].after, whole(changed), m_size);
        QCOMPARE(found->rows[0].replaced, int64_t{1});

        Variant none = m_made->snv(m_places[1]);
        none.alt = none.ref;
        edits = checkedEdits(*m_locus, {none});
        DS_VERIFY(edits);
        found = diploscope::whatIf(*m_locus, *edits, ann, {});
        DS_VERIFY(found);
        DS_NEAR(found->rows[0].after, whole(with({m_places[0], m_places[2], m_places[3]})), m_size);
        QCOMPARE(found->rows[0].replaced, int64_t{1});
    }

    /// Right of the TSS an insertion pushes bases out of the window, and a deletion draws on those beside it;
    /// left of it the other way round.
    void insertionsAndDeletions_data() { models(); }
    void insertionsAndDeletions() {
        QVERIFY(make());
        const std::string context = m_made->window.context;
        const auto flank = static_cast<size_t>(m_made->window.flank);
        const auto length = m_reference.size();
        for (const int64_t place : {m_places[5] + 10, m_places[0] - 10}) {
            const auto at = static_cast<size_t>(place) + flank;
            const bool isRight = place > m_made->window.tssOffset;
            Variant insertion{"1", m_made->window.region.start + place, context.substr(at, 1),
                              context.substr(at, 1) + "TTTTT"};
            Variant deletion{"1", m_made->window.region.start + place, context.substr(at, 6),
                             context.substr(at, 1)};
            for (const Variant& change : {insertion, deletion}) {
                std::string all = context;
                all.replace(at, change.ref.size(), change.alt);
                const auto growth =
                    static_cast<int64_t>(change.alt.size()) - static_cast<int64_t>(change.ref.size());
                const auto start = static_cast<size_t>(static_cast<int64_t>(flank) + (isRight ? 0 : growth));
                const auto edits = checkedEdits(*m_locus, {change});
                DS_VERIFY(edits);
                const auto found = diploscope::whatIf(*m_locus, *edits, {std::nullopt}, {});
                DS_VERIFY(found);
                DS_NEAR(found->rows[0].after, whole(all.substr(start, length)), m_size);
            }
        }
    }

    void ablation_data() { models(); }
    void ablation() {
        QVERIFY(make());
        const Eigen::Vector3d observed(1, 3, 2);
        const AblationRequest request{{m_made->snv(m_places[0]), m_made->snv(m_places[3])}, false, 0, 0};
        const auto found = ablate(*m_locus, request, observed, {});
        DS_VERIFY(found);
        const std::vector<std::vector<int64_t>> left{{m_places[1], m_places[2]},
                                                     {m_places[2], m_places[4]},
                                                     {},
                                                     {m_places[2], m_places[5]},
                                                     {m_places[4]},
                                                     {m_places[1], m_places[4], m_places[5]}};
        const std::vector<std::vector<int64_t>> kept{
            {m_places[0], m_places[3]}, {}, {m_places[0], m_places[3]}, {m_places[0]}, {}, {m_places[3]}};
        for (Eigen::Index h = 0; h < 6; ++h)
            DS_NEAR(found->after(h / 2, h % 2), whole(with(left[static_cast<size_t>(h)])), m_size);
        DS_NEAR(found->before(0, 0), whole(with({m_places[0], m_places[1], m_places[2], m_places[3]})),
                m_size);
        if (found->r.before.r)
            QCOMPARE(*found->r.before.r, *pearson(observed, found->predictedBefore(), DoubleScores).r);

        // All of it but check and intervals is told before.
        AblationRequest resampled = request;
        resampled.resamples = 400; // no interval has fewer than 40 that are defined
        std::vector<Ablation> early;
        const auto late = ablate(*m_locus, resampled, observed, {},
                                 [&early](const Ablation& shown) { early.push_back(shown); });
        DS_VERIFY(late);
        QVERIFY(!early.empty());
        for (const Ablation& shown : early) {
            QVERIFY(shown.before == late->before && shown.after == late->after);
            QCOMPARE(shown.r.difference, late->r.difference);
            QVERIFY(!shown.r.beforeInterval && !shown.r.afterInterval && !shown.r.differenceInterval);
        }
        QCOMPARE(late->r.differenceInterval.has_value(), late->r.difference.has_value());

        AblationRequest only = request;
        only.keepOnly = true;
        const auto alone = ablate(*m_locus, only, observed, {});
        DS_VERIFY(alone);
        for (Eigen::Index h = 0; h < 6; ++h)
            DS_NEAR(alone->after(h / 2, h % 2), whole(with(kept[static_cast<size_t>(h)])), m_size);
        QCOMPARE(alone->before, found->before);
    }

    void waterfall_data() { models(); }
    void waterfall() {
        QVERIFY(make());
        const auto found = waterfalls(*m_locus, fromReference(*m_locus, 0), {});
        DS_VERIFY(found);
        QCOMPARE(found->each.size(), size_t{2});
        const std::vector<std::vector<int64_t>> own{{m_places[0], m_places[1], m_places[2], m_places[3]},
                                                    {m_places[2], m_places[4]}};
        for (size_t h = 0; h < 2; ++h) {
            const Waterfall& waterfall = found->each[h];
            DS_NEAR(waterfall.from, whole(m_reference), m_size);
            DS_NEAR(waterfall.to, whole(with(own[h])), m_size);
            QCOMPARE(waterfall.steps.size(), own[h].size());
            std::string bases = m_reference;
            double before = waterfall.from;
            for (size_t i = 0; i < waterfall.steps.size(); ++i) {
                const WaterfallStep& step = waterfall.steps[i];
                QVERIFY(step.in && !step.out);
                const int64_t place = step.in->position - m_made->window.region.start;
                QCOMPARE(*step.in, m_made->snv(place));
                bases = with(bases, {place});
                DS_NEAR(step.score, whole(bases), m_size);
                QCOMPARE(step.change, step.score - before);
                before = step.score;
                DS_NEAR(step.effect, whole(with({place})) - whole(m_reference), m_size);
                std::vector<int64_t> others = own[h];
                std::erase(others, place);
                DS_NEAR(step.without, whole(with(others)), m_size);
                QCOMPARE(step.leaveOneOut, waterfall.to - step.without);
                QVERIFY(i == 0 || std::abs(step.effect) <= std::abs(waterfall.steps[i - 1].effect));
            }
            QCOMPARE(before, waterfall.to);
        }
    }

    void interactions_data() { models(); }
    void interactions() {
        QVERIFY(make());
        const std::vector<int64_t> near{m_places[2], m_places[3], m_places[4]};
        std::vector<Variant> variants;
        for (const int64_t place : near)
            variants.push_back(m_made->snv(place));
        const auto found = interactionsOf(*m_locus, variants, {});
        DS_VERIFY(found);
        const double reference = whole(m_reference);
        for (Eigen::Index v = 0; v < 3; ++v) {
            const int64_t first = near[static_cast<size_t>(v)];
            DS_NEAR(found->effects[v], whole(with({first})) - reference, m_size);
            QVERIFY(std::isnan(found->pairs(v, v)));
            for (Eigen::Index w = v + 1; w < 3; ++w) {
                const int64_t second = near[static_cast<size_t>(w)];
                DS_NEAR(found->pairs(v, w),
                        whole(with({first, second})) - whole(with({first})) - whole(with({second})) +
                            reference,
                        m_size);
                QCOMPARE(found->pairs(w, v), found->pairs(v, w));
            }
        }
    }

    void saturation_data() { models(); }
    void saturation() {
        QVERIFY(make());
        const Region region = around("1", m_made->window.region.start + m_places[3], 6);
        for (const bool onHaplotype : {false, true}) {
            const EditList background = onHaplotype ? m_locus->wholeHaplotype(0) : EditList{};
            const auto found = saturate(*m_locus, region, background, {});
            DS_VERIFY(found);
            const std::string bases =
                onHaplotype ? with({m_places[0], m_places[1], m_places[2], m_places[3]}) : m_reference;
            const double score = whole(bases);
            DS_NEAR(found->background, score, m_size);
            QCOMPARE(found->effects.rows(), Eigen::Index{13});
            for (Eigen::Index i = 0; i < 13; ++i) {
                const auto at = static_cast<size_t>(m_places[3] - 6 + i);
                QCOMPARE(found->bases[static_cast<size_t>(i)], bases[at]);
                double sum = 0;
                for (Eigen::Index base = 0; base < 4; ++base) {
                    std::string mutant = bases;
                    mutant[at] = "ACGT"[base];
                    DS_NEAR(found->effects(i, base), whole(mutant) - score, m_size);
                    sum += found->effects(i, base);
                }
                QCOMPARE(found->effects(i, static_cast<Eigen::Index>(std::string("ACGT").find(bases[at]))),
                         0.0);
                DS_NEAR(found->means()[i], sum / 3, m_size);
            }
            QVERIFY(found->effects.cwiseAbs().maxCoeff() > 0); // or nothing would be held against anything
        }
    }

    /// What stands in for effects: the gradient of LibTorch's whole pass over the background, spelled out
    /// here, each base less the one that stands there.
    void firstOrders_data() { models(); }
    void firstOrders() {
        QVERIFY(make());
        const Region region = around("1", m_made->window.region.start + m_places[3], 6);
        const auto length = static_cast<int64_t>(m_reference.size());
        const std::string order = "ACGT";
        for (const bool onHaplotype : {false, true}) {
            const EditList background = onHaplotype ? m_locus->wholeHaplotype(0) : EditList{};
            const auto plan = SaturationPlan::make(*m_locus, region, background);
            DS_VERIFY(plan);
            const auto found = plan->firstOrder(*m_locus, {});
            DS_VERIFY(found);
            const std::string bases =
                onHaplotype ? with({m_places[0], m_places[1], m_places[2], m_places[3]}) : m_reference;
            const auto whole = m_model->prepare(
                windowOverSequence(reversed() ? reverseComplement(bases) : bases, m_model->info().input),
                m_model->info().defaultOutput, Method::Plain);
            DS_VERIFY(whole);
            const auto gradient = (*whole)->gradient({});
            DS_VERIFY(gradient);
            const auto at = [&](int64_t offset, size_t base) {
                return reversed() ? (*gradient)(length - 1 - offset, static_cast<Eigen::Index>(3 - base))
                                  : (*gradient)(offset, static_cast<Eigen::Index>(base));
            };
            for (int64_t i = 0; i < 13; ++i) {
                const int64_t offset = m_places[3] - 6 + i;
                const size_t own = order.find(bases[static_cast<size_t>(offset)]);
                for (size_t base = 0; base < 4; ++base)
                    DS_NEAR((*found)(i, static_cast<Eigen::Index>(base)), at(offset, base) - at(offset, own),
                            gradient->cwiseAbs().maxCoeff());
            }
            QVERIFY(found->cwiseAbs().maxCoeff() > 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestExperiments)
#include "tst_experiments.moc"
