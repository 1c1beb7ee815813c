// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/genes_benchmark.h"

#include "model/model_folder.h"

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

class TestGenesBenchmark : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    [[nodiscard]] GenesBenchmarkOptions options() const {
        GenesBenchmarkOptions options;
        options.people = 24;
        options.genes = 4;
        options.threads = 3;
        options.model = (m_folder / "model").string();
        options.folder = m_folder / "work";
        return options;
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());
        std::filesystem::create_directories(m_folder / "work");
        writeModelWithWeights(m_folder / "model", sequentialModel(json::parse(R"([
            {"conv1d":{"name":"c","out":4,"width":8}},"relu","flatten",{"linear":{"name":"o","out":1}}])"),
                                                                  3000));
    }

    /// It fails where files of several threads, or of scores from the cache, are others.
    void bothWays() {
        const auto report = runGenesBenchmark(options(), {});
        DS_VERIFY(report);
        QVERIFY(report->at("same_bytes").get<bool>());
        QVERIFY(report->at("cpu_s_per_gene").get<double>() >= 0);
        QCOMPARE(report->at("rows").size(), size_t{2});
        for (const json& row : report->at("rows")) {
            QCOMPARE(row.at("genes").get<int>(), 4);
            QCOMPARE(row.at("people").get<int>(), 24);
            QCOMPARE(row.at("threads").get<int>(), 3);
            QCOMPARE(row.at("files").get<int>(), 4 * 3 + 2); // people, variants, drivers; genes and drivers
            for (const char* key : {"s", "cpu_s", "peak_memory_mb", "plain_s", "plain_cpu_s",
                                    "plain_peak_memory_mb", "ratio_s", "ratio_cpu"})
                QVERIFY2(row.at(key).get<double>() >= 0, key);
        }
        QVERIFY(std::filesystem::is_empty(m_folder / "work"));
    }

    void refuses() {
        GenesBenchmarkOptions few = options();
        few.people = 3;
        const auto report = runGenesBenchmark(few, {});
        QVERIFY(!report && report.error().kind == ErrorKind::BadInput);
    }

    void canBeStopped() {
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const auto report = runGenesBenchmark(options(), context);
        QVERIFY(!report && report.error().kind == ErrorKind::Cancelled);
        QVERIFY(std::filesystem::is_empty(m_folder / "work"));
    }
};

QTEST_GUILESS_MAIN(TestGenesBenchmark)
#include "tst_genes_benchmark.moc"
