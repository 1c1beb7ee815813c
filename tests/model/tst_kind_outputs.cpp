// SPDX-License-Identifier: GPL-3.0-or-later
// Outputs that a model names for phenotypes of one kind.
#include "engines/open_model.h"
#include "model/model_folder.h"
#include "scoring/score_options.h"
#include "workflow/scored_model.h"

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

class TestKindOutputs : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;

    /// A model of two tracks whose own output is the first.
    [[nodiscard]] std::filesystem::path modelWith(const json& outputs) const {
        json model = sequentialModel(smallLayers(), 30);
        model["output"] = {{"tracks", {0}}, {"unit", "log TPM"}};
        if (!outputs.is_null())
            model["outputs"] = outputs;
        writeModelWithWeights(m_folder / "m", model);
        return m_folder / "m";
    }
    [[nodiscard]] static ScoredModel opened(const std::filesystem::path& folder, const std::string& kind,
                                            const ScoreRequest& asked = {}) {
        StudyFile study;
        study.phenotypes = kind;
        const auto model = openScoredModel({.place = folder.string(), .score = asked, .study = &study});
        if (!model)
            qFatal("%s", model.error().message().c_str());
        return *model;
    }

private Q_SLOTS:
    /// Command line and study file, then the kind's output, then the model's own.
    void whoIsHeard() {
        const auto folder =
            modelWith({{"atac", {{"tracks", {1}}, {"aggregate", "log2-of-sum"}, {"unit", "accessibility"}}},
                       {"3aqtl", {{"tracks", {0, 1}}}}});
        const ScoredModel genes = opened(folder, GenePhenotypes);
        QCOMPARE(genes.score.output.text(), std::string("bins 0; tracks 0; sum"));
        QCOMPARE(genes.score.unit, std::string("log TPM"));
        QVERIFY(genes.note().empty());
        const ScoredModel atac = opened(folder, "atac");
        QCOMPARE(atac.score.output.text(), std::string("bins 0; tracks 1; log2-of-sum"));
        QCOMPARE(atac.score.unit, std::string("accessibility"));
        QVERIFY(atac.note().empty());
        QCOMPARE(opened(folder, "3aqtl").score.output.text(), std::string("bins 0; tracks 0,1; sum"));
        QCOMPARE(opened(folder, "3aqtl").score.unit, std::string("log TPM"));
        const ScoredModel asked = opened(folder, "atac", {.tracks = "0"});
        QCOMPARE(asked.score.output.tracks, std::vector<int>{0});
        QVERIFY(asked.score.output.aggregate == Aggregate::Log2OfSum); // what is not asked is the kind's
        // A kind that it does not know: its own output, which is said.
        const ScoredModel other = opened(folder, "methylation");
        QCOMPARE(other.score.output.text(), genes.score.output.text());
        QVERIFY2(other.note().find("names no output for methylation") != std::string::npos,
                 other.note().c_str());
        QVERIFY(opened(folder, "methylation", {.tracks = "1"}).note().empty());
        // The weights and what they mean are the same: no score of the cache is made anew.
        QCOMPARE(atac.predictor->info().checksum,
                 opened(modelWith(nullptr), "atac").predictor->info().checksum);
    }

    /// Without a request, as a workspace of tests asks.
    void defaults() {
        const auto model = openModel(modelWith({{"atac", {{"tracks", {1}}}}}).string(), {});
        DS_VERIFY(model);
        QCOMPARE(defaultScore((*model)->info(), "atac").output.tracks, std::vector<int>{1});
        QCOMPARE(defaultScore((*model)->info(), "gene").output.tracks, std::vector<int>{0});
        QCOMPARE(defaultScore((*model)->info()).output.tracks, std::vector<int>{0});
    }

    void headOfAKind() {
        const auto folder = modelWith({{"atac", {{"head", "atac.csv"}}}});
        writeText(folder / "atac.csv", "tracks,weights\n0,0.5\n1,2\noffset,0.1\n");
        const ScoredModel atac = opened(folder, "atac");
        QVERIFY(atac.score.output.head != nullptr);
        QCOMPARE(atac.score.output.tracks, (std::vector<int>{0, 1}));
        QVERIFY(opened(folder, GenePhenotypes).score.output.head == nullptr);
    }

    void refusals_data() {
        QTest::addColumn<QString>("outputs");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* outputs, const char* where, const char* says) {
            QTest::newRow(name) << QString(outputs) << QString(where) << QString(says);
        };
        row("no object", R"([1])", "outputs", "an object");
        row("a kind that is none", R"({"atac": 5})", "outputs.atac", "object");
        row("a track that is not there", R"({"atac": {"tracks": [2]}})", "outputs.atac.tracks",
            "from 0 to 1");
        row("genes, too", R"({"gene": {"tracks": [1]}})", "outputs.gene", "is \"output\"");
        row("an unknown key", R"({"atac": {"track": [1]}})", "outputs.atac", "Did you mean \"tracks\"?");
        row("counts of the whole model", R"({"atac": {"bin_count": 3}})", "outputs.atac", "bin_count");
        row("a head and tracks", R"({"atac": {"head": "h.csv", "tracks": [1]}})", "outputs.atac.tracks",
            "A head says itself");
    }
    void refusals() {
        QFETCH(QString, outputs);
        QFETCH(QString, where);
        QFETCH(QString, says);
        const auto manifest = readModelManifest(modelWith(json::parse(outputs.toStdString())));
        QVERIFY(!manifest);
        const QString told = QString::fromStdString(manifest.error().message());
        QVERIFY2(told.contains(says), qPrintable(told));
        QVERIFY2(QString::fromStdString(manifest.error().where).contains(where), qPrintable(told));
    }
};

QTEST_GUILESS_MAIN(TestKindOutputs)
#include "tst_kind_outputs.moc"
