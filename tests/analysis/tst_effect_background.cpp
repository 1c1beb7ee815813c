// SPDX-License-Identifier: GPL-3.0-or-later
// What an effect is held against: which variants, their effects, and the share below.
#include "analysis/effect_background.h"
#include "analysis/gene_analysis.h"
#include "analysis/report_columns.h"
#include "base/atomic_file.h"
#include "engines/open_model.h"
#include "lab/simulate/simulate_study.h"
#include "model/model_folder.h"
#include "workflow/workspace.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestEffectBackground : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study;
    std::shared_ptr<const Predictor> m_model;

    ScoreOptions score() const { return defaultScore(m_model->info()); }
    Result<EffectBackground> measured(int64_t variants, uint64_t seed = 0, double leastMaf = .05) const {
        return measureBackground(*m_study, m_model, score(), Method::Fast, nullptr,
                                 {variants, leastMaf, seed}, {});
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_folder / "data").string()));
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_folder / "cache").string()));
        simulate::SimulationOptions options;
        options.folder = m_folder / "demo";
        options.people = 80;
        options.genes = 12;
        DS_VERIFY(simulate::simulateStudy(options, {}));
        m_study = openStudy(m_folder / "demo/demo.study.json").study;
        QVERIFY(m_study);
        auto model = openModel(m_study->file().models.front().string());
        DS_VERIFY(model);
        m_model = *model;
    }

    void binsOfMethods() {
        for (const auto& [distance, bin] : {std::pair(0, 0),
                                            {100, 0},
                                            {-100, 0},
                                            {101, 1},
                                            {500, 1},
                                            {-501, 2},
                                            {2'000, 2},
                                            {2'001, 3},
                                            {10'000, 3},
                                            {10'001, 4},
                                            {-50'000, 4},
                                            {50'001, 5}})
            QCOMPARE(EffectBackground::binOf(distance), static_cast<size_t>(bin));
        QCOMPARE(EffectBackground::binName(1), std::string("100 bp to 500 bp"));
        QCOMPARE(EffectBackground::binName(5), std::string("more than 50 kb"));
    }

    /// tests/reference/percentiles.py: scipy.stats.percentileofscore(..., kind="strict").
    void sharesBelow() {
        EffectBackground background;
        background.bins[2].effects = {0, 0, .1, .25, .25, .25, .5, 1, 1.5, 4};
        const std::pair<double, double> expected[] = {{0, 0},    {.05, 20}, {.1, 20},  {-.1, 20},
                                                      {.25, 30}, {.26, 60}, {-.5, 60}, {1, 70},
                                                      {3.9, 90}, {4, 90},   {5, 100}};
        for (const auto& [effect, percent] : expected)
            QVERIFY2(std::abs(*background.shareBelow(effect, -1'500) - percent / 100) < 1e-12,
                     fmt::format("{}", effect).c_str());
        QVERIFY(!background.shareBelow(std::nan(""), 1'500));
        QVERIFY(!background.shareBelow(1, 400)); // nothing was measured there
        QCOMPARE(background.countAt(501), int64_t{10});
        QCOMPARE(background.count(), int64_t{10});
    }

    /// The effects are those that genes' own reports have of the same variants, common ones of which it
    /// takes.
    void effectsAreTheModels() {
        const auto background = measured(300);
        DS_VERIFY(background);
        const size_t reached = EffectBackground::binOf(m_model->info().input.tssIndex) + 1;
        std::array<std::multiset<double>, EffectBackground::Bins> ofReports;
        int64_t common = 0;
        for (const StudyGene& gene : m_study->genes()) {
            const auto report = analyzeGene(*m_study, gene, m_model, nullptr, {}, {});
            DS_VERIFY(report);
            for (const VariantResult& variant : (*report)->variants)
                if (variant.maf >= .05 && variant.ref.size() == 1 && variant.alt.size() == 1) {
                    ofReports[EffectBackground::binOf(variant.distanceToTss)].insert(std::abs(variant.ism));
                    ++common;
                }
        }
        QVERIFY(common > 20);
        int64_t found = 0;
        for (size_t bin = 0; bin < EffectBackground::Bins; ++bin) {
            const EffectBackground::Bin& here = background->bins[bin];
            QCOMPARE(here.effects.empty(), bin >= reached);
            if (here.effects.empty())
                continue;
            QCOMPARE(here.effects.size(), size_t{300 / reached + (300 % reached != 0)});
            QVERIFY(std::is_sorted(here.effects.begin(), here.effects.end()));
            // All but the random ones are common SNVs of some gene.
            int64_t own = 0;
            for (const double effect : ofReports[bin])
                own += std::binary_search(here.effects.begin(), here.effects.end(), effect) ? 1 : 0;
            QVERIFY(own >=
                    std::min<int64_t>(static_cast<int64_t>(here.effects.size()) - here.substitutions, 1));
            found += static_cast<int64_t>(here.effects.size()) - here.substitutions;
        }
        QVERIFY(found > 10 && found <= common);
        QVERIFY(background->count() >= 300);
    }

    /// Of a score that is a mean over shifts the effects are means, too: those of the reports.
    void shiftedScores() {
        AnalysisOptions options;
        options.score = score();
        options.score->shifts = 2;
        const auto background =
            measureBackground(*m_study, m_model, *options.score, Method::Fast, nullptr, {60, .05, 0}, {});
        DS_VERIFY(background);
        std::set<double> ofReports;
        for (const StudyGene& gene : m_study->genes()) {
            const auto report = analyzeGene(*m_study, gene, m_model, nullptr, options, {});
            DS_VERIFY(report);
            for (const VariantResult& variant : (*report)->variants)
                ofReports.insert(std::abs(variant.ism));
        }
        int64_t common = 0, found = 0;
        for (const EffectBackground::Bin& bin : background->bins) {
            common += static_cast<int64_t>(bin.effects.size()) - bin.substitutions;
            for (const double effect : bin.effects)
                found += std::any_of(ofReports.begin(), ofReports.end(),
                                     [effect](double known) { return std::abs(known - effect) < 1e-12; });
        }
        QVERIFY(common > 5);
        QVERIFY(found >= common);
    }

    /// What is of no concern to it may be unreadable.
    void otherFilesAreNotAsked() {
        fs::copy(m_folder / "demo", m_folder / "other", fs::copy_options::recursive);
        const auto study = openStudy(m_folder / "other/demo.study.json").study;
        QVERIFY(study);
        fs::remove(m_folder / "other/expression.bed.gz");
        DS_VERIFY(backgroundInputs(*study, {}));
        fs::remove(m_folder / "other/genes.gtf.gz");
        fs::create_directories(m_folder / "data/diploscope/backgrounds");
        const auto known = knownBackground(*study, m_model->info(), score(), {});
        DS_VERIFY(known);
        QVERIFY(!*known);
    }

    void aSeedIsAChoice() {
        const auto one = measured(60), again = measured(60), other = measured(60, 1);
        DS_VERIFY(one);
        DS_VERIFY(again);
        DS_VERIFY(other);
        bool same = true, differs = false;
        for (size_t bin = 0; bin < EffectBackground::Bins; ++bin) {
            same = same && one->bins[bin].effects == again->bins[bin].effects;
            differs = differs || one->bins[bin].effects != other->bins[bin].effects;
        }
        QVERIFY(same && differs);
        // No SNV is that common: all are random substitutions.
        const auto random = measured(60, 0, .5);
        DS_VERIFY(random);
        for (const EffectBackground::Bin& bin : random->bins)
            QCOMPARE(bin.substitutions, static_cast<int64_t>(bin.effects.size()));
    }

    void isKeptWithModelAndStudy() {
        Workspace workspace;
        workspace.setStudy(m_study);
        workspace.predictor = m_model;
        auto none = workspace.background({});
        DS_VERIFY(none);
        QVERIFY(!*none);
        const auto background = measured(120);
        DS_VERIFY(background);
        const fs::path file = backgroundFile(background->checksum, background->score, background->inputs);
        DS_VERIFY(writeBackground(*background, file));
        const auto read = readBackground(file);
        DS_VERIFY(read);
        for (size_t bin = 0; bin < EffectBackground::Bins; ++bin)
            QVERIFY(read->bins[bin].effects == background->bins[bin].effects); // to the last bit
        const auto known = workspace.background({});
        DS_VERIFY(known);
        QVERIFY(*known);

        // And reports say it, in files and to whoever asks for the column.
        AnalysisOptions options;
        options.background = *known;
        const auto report = analyzeGene(*m_study, m_study->genes().front(), m_model, nullptr, options, {});
        DS_VERIFY(report);
        const ReportColumn& share = columnNamed(variantColumns(), "ism_share_below");
        QVERIFY(share.isIn(**report));
        for (size_t v = 0; v < (*report)->variants.size(); ++v) {
            const VariantResult& variant = (*report)->variants[v];
            QVERIFY(share.value(**report, v).isKnown());
            QVERIFY(columnNamed(variantColumns(), "ism_background").value(**report, v).isKnown());
            QVERIFY((*known)->shareBelow(variant.ism, variant.distanceToTss) ==
                    (*known)->shareBelow(-variant.ism, variant.distanceToTss));
        }
        const auto without = analyzeGene(*m_study, m_study->genes().front(), m_model, nullptr, {}, {});
        DS_VERIFY(without);
        QVERIFY(!share.isIn(**without));
        QVERIFY(!share.value(**without, 0).isKnown());

        // Of another score nobody has measured any.
        workspace.options.score = score();
        workspace.options.score->shifts = 1;
        QVERIFY(!workspace.background({}).value());
    }

    void brokenFiles_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("newer") << QByteArray("\"schema\":1") << QByteArray("\"schema\":2");
        QTest::newRow("other bins") << QByteArray("[100,500,") << QByteArray("[100,501,");
        QTest::newRow("no bins") << QByteArray("\"bins\":[") << QByteArray("\"bins\":[{},");
        QTest::newRow("cut off") << QByteArray("}]") << QByteArray();
        QTest::newRow("negative") << QByteArray("\"effects\":[") << QByteArray("\"effects\":[-1,");
        QTest::newRow("unsorted") << QByteArray("\"effects\":[") << QByteArray("\"effects\":[1e9,");
        QTest::newRow("text") << QByteArray("\"effects\":[") << QByteArray("\"effects\":[\"a\",");
    }
    void brokenFiles() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const auto background = measured(60);
        DS_VERIFY(background);
        const fs::path file = backgroundFile(background->checksum, background->score, background->inputs);
        DS_VERIFY(writeBackground(*background, file));
        QByteArray text = QByteArray::fromStdString(readWholeFile(file).value());
        QVERIFY(text.contains(from));
        text.replace(from, to);
        writeText(file, text.toStdString());
        QVERIFY(!readBackground(file));
        // A report goes without.
        Workspace workspace;
        workspace.setStudy(m_study);
        workspace.predictor = m_model;
        const auto known = workspace.background({});
        DS_VERIFY(known);
        QVERIFY(!*known);
        fs::remove(file);
    }

    void stops() {
        RunContext context;
        std::stop_source source;
        source.request_stop();
        context.stop = source.get_token();
        const auto stopped =
            measureBackground(*m_study, m_model, score(), Method::Fast, nullptr, {}, context);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestEffectBackground)
#include "tst_effect_background.moc"
