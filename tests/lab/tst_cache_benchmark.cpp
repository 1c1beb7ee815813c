// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/cache_benchmark.h"

#include "support.h"

#include <nlohmann/json.hpp>

using namespace diploscope;
using namespace diploscope::test;

class TestCacheBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void measuresBoth();
    void withoutThePeer();
    void leavesNothingBehind();
    void refusesNothing();
    void canBeStopped();
};

void TestCacheBenchmark::measuresBoth() {
    const TemporaryFolder folder;
    // Neither genes nor batches divide what is stored.
    const auto report = runCacheBenchmark(
        {.scores = 5'003, .batch = 100, .geneScores = 1'010, .lookUps = 3, .folder = folder.path()}, {});
    DS_VERIFY(report);
    QCOMPARE(report->at("scores").get<int64_t>(), int64_t{5'003});
    for (const char* which : {"cache", "plain"}) {
        const nlohmann::json& told = report->at(which);
        for (const char* key : {"store_cpu_us", "store_us", "open_cpu_ms", "open_ms", "gene_cpu_ms",
                                "gene_ms", "cold_gene_cpu_ms", "cold_gene_ms", "halve_cpu_s", "halve_s"})
            QVERIFY2(told.at(key).get<double>() >= 0, key);
        QVERIFY(told.at("bytes_per_score").get<double>() > 24); // a key and a score
        QVERIFY(told.at("peak_memory_mb").get<double>() > 1);
    }
    // A row a batch is smaller than a row a score and its entry in the index.
    QVERIFY(report->at("cache").at("bytes_per_score").get<double>() <
            report->at("plain").at("bytes_per_score").get<double>());
    for (const char* ratio : {"ratio_store", "ratio_gene", "ratio_halve"})
        QVERIFY(report->contains(ratio));
}

void TestCacheBenchmark::withoutThePeer() {
    const auto report =
        runCacheBenchmark({.scores = 300, .batch = 64, .geneScores = 100, .lookUps = 50, .plain = false}, {});
    DS_VERIFY(report);
    QVERIFY(report->contains("cache") && !report->contains("plain") && !report->contains("ratio_store"));
}

void TestCacheBenchmark::leavesNothingBehind() {
    const TemporaryFolder folder;
    DS_VERIFY(runCacheBenchmark({.scores = 300, .lookUps = 1, .folder = folder.path()}, {}));
    QVERIFY(std::filesystem::is_empty(folder.path()));
}

void TestCacheBenchmark::refusesNothing() {
    const auto report = runCacheBenchmark({.scores = 0}, {});
    QVERIFY(!report && report.error().kind == ErrorKind::BadInput);
}

void TestCacheBenchmark::canBeStopped() {
    std::stop_source stop;
    stop.request_stop();
    RunContext context;
    context.stop = stop.get_token();
    const auto report = runCacheBenchmark({.scores = 300}, context);
    QVERIFY(!report && report.error().kind == ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestCacheBenchmark)
#include "tst_cache_benchmark.moc"
