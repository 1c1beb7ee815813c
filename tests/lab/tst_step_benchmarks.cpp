// SPDX-License-Identifier: GPL-3.0-or-later
// Benchmarks of files, SuSiE and the elastic net: both ways give the same numbers, and the report has its
// fields. How long they take is not looked at.
#include "lab/elastic_net_benchmark.h"
#include "lab/files_benchmark.h"
#include "lab/susie_benchmark.h"

#include "support.h"

#include <nlohmann/json.hpp>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

namespace {

constexpr const char* BothWays[] = {"s",       "cpu_s",       "peak_memory_mb",       "ratio_s",
                                    "plain_s", "plain_cpu_s", "plain_peak_memory_mb", "ratio_cpu"};

bool tellsBothWays(const json& row) {
    for (const char* key : BothWays)
        if (!row.contains(key) || !(row.at(key).get<double>() >= 0))
            return false;
    return row.at("peak_memory_mb").get<double>() > 1;
}

FilesBenchmarkOptions fewFiles() {
    FilesBenchmarkOptions options;
    options.people = 7;
    options.genes = 90;
    options.sites = 300;
    options.sitePeople = 3;
    options.asked = 11; // divides neither
    return options;
}

} // namespace

class TestStepBenchmarks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void files();
    void filesLeaveNothingBehind();
    void susie_data();
    void susie();
    void elasticNet();
    void elasticNetForOthers();
    void susieForOthers();
    void withoutPlain();
    void refuse();
    void canBeStopped();
};

/// It fails where the two ways read different values.
void TestStepBenchmarks::files() {
    const auto report = runFilesBenchmark(fewFiles(), {});
    DS_VERIFY(report);
    const json& rows = report->at("rows");
    QCOMPARE(rows.size(), size_t{3});
    const char* names[] = {"genotypes", "annotation", "expression"};
    for (size_t i = 0; i < 3; ++i) {
        QCOMPARE(rows[i].at("what").get<std::string>(), std::string(names[i]));
        QVERIFY2(tellsBothWays(rows[i]), names[i]);
        QVERIFY(rows[i].at("file_mb").get<double>() > 0);
    }
    QCOMPARE(rows[0].at("asked").get<int>(), 11);
    QVERIFY(rows[0].at("index_mb").get<double>() > 0);
    QCOMPARE(rows[1].at("genes").get<int>(), 90);
    QCOMPARE(rows[2].at("people").get<int>(), 7);
    QVERIFY(report->contains("blas"));
}

void TestStepBenchmarks::filesLeaveNothingBehind() {
    const TemporaryFolder folder;
    FilesBenchmarkOptions options = fewFiles();
    options.folder = folder.path();
    DS_VERIFY(runFilesBenchmark(options, {}));
    QVERIFY(std::filesystem::is_empty(folder.path()));
}

void TestStepBenchmarks::susie_data() {
    QTest::addColumn<int>("variants");
    QTest::newRow("fewer than effects") << 6;
    QTest::newRow("as many as people") << 400;
    QTest::newRow("more") << 500;
}

void TestStepBenchmarks::susie() {
    QFETCH(int, variants);
    SusieBenchmarkOptions options;
    options.people = 400;
    options.variants = {variants};
    const auto report = runSusieBenchmark(options, {});
    DS_VERIFY(report);
    const json& row = report->at("rows").at(0);
    QVERIFY(tellsBothWays(row));
    QCOMPARE(row.at("variants").get<int>(), variants);
    // The search for prior variances ends at 1e-8.
    QVERIFY2(row.at("difference").get<double>() < 1e-5, row.dump().c_str());
    QCOMPARE(row.at("sets").get<int>(), row.at("plain_sets").get<int>());
    if (variants > 100) // common ones are among them, which expression is under
        QVERIFY(row.at("sets").get<int>() > 0);
}

void TestStepBenchmarks::elasticNet() {
    ElasticNetBenchmarkOptions options;
    options.people = 90;
    options.variants = {20, 200};
    options.folds = 4;
    const auto report = runElasticNetBenchmark(options, {});
    DS_VERIFY(report);
    QCOMPARE(report->at("rows").size(), size_t{2});
    for (const json& row : report->at("rows")) {
        QVERIFY(tellsBothWays(row));
        QVERIFY(row.at("lambdas").get<int>() > 10);
        // Both stop at a tolerance of 1e-7 of the variance, from different sides.
        QVERIFY2(row.at("difference").get<double>() < 2e-2, row.dump().c_str());
        QVERIFY(std::abs(row.at("best").get<int>() - row.at("plain_best").get<int>()) <= 1);
    }
}

void TestStepBenchmarks::elasticNetForOthers() {
    const TemporaryFolder folder;
    ElasticNetBenchmarkOptions options;
    options.people = 41;
    options.variants = {30};
    options.folds = 3;
    options.plain = false;
    options.data = folder.path() / "data";
    const auto report = runElasticNetBenchmark(options, {});
    DS_VERIFY(report);
    QCOMPARE(std::filesystem::file_size(options.data / "dosages.u8"), uintmax_t{41 * 30});
    const auto lines = [&](const char* name) {
        std::ifstream file(options.data / name);
        return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
    };
    QCOMPARE(lines("people.tsv"), 42);
    QCOMPARE(lines("folds.tsv"), 42);
    QCOMPARE(lines("lambdas.tsv"), report->at("rows").at(0).at("lambdas").get<long>() + 1);
}

void TestStepBenchmarks::susieForOthers() {
    const TemporaryFolder folder;
    SusieBenchmarkOptions options;
    options.people = 41;
    options.variants = {7, 30}; // the last one is written
    options.plain = false;
    options.data = folder.path() / "data";
    DS_VERIFY(runSusieBenchmark(options, {}));
    QCOMPARE(std::filesystem::file_size(options.data / "dosages.u8"), uintmax_t{41 * 30});
    std::ifstream pips(options.data / "pip.tsv");
    QCOMPARE(std::count(std::istreambuf_iterator<char>(pips), {}, '\n'), 31);
}

void TestStepBenchmarks::withoutPlain() {
    for (const auto& report : {runElasticNetBenchmark({.people = 40, .variants = {10}, .plain = false}, {}),
                               runSusieBenchmark({.people = 40, .variants = {10}, .plain = false}, {})}) {
        DS_VERIFY(report);
        const json& row = report->at("rows").at(0);
        QVERIFY(row.contains("cpu_s") && row.contains("peak_memory_mb"));
        QVERIFY(!row.contains("plain_cpu_s") && !row.contains("ratio_cpu") && !row.contains("difference"));
    }
}

void TestStepBenchmarks::refuse() {
    const auto refused = [](const Result<json>& report) {
        return !report && report.error().kind == ErrorKind::BadInput;
    };
    FilesBenchmarkOptions files = fewFiles();
    files.asked = files.genes + 1;
    QVERIFY(refused(runFilesBenchmark(files, {})));
    QVERIFY(refused(runSusieBenchmark({.people = 19}, {})));
    QVERIFY(refused(runSusieBenchmark({.variants = {}}, {})));
    QVERIFY(refused(runElasticNetBenchmark({.people = 30, .folds = 16}, {})));
    QVERIFY(refused(runElasticNetBenchmark({.variants = {5, 0}}, {})));
}

void TestStepBenchmarks::canBeStopped() {
    std::stop_source stop;
    stop.request_stop();
    RunContext context;
    context.stop = stop.get_token();
    for (const auto& report :
         {runFilesBenchmark(fewFiles(), context), runSusieBenchmark({.people = 20, .variants = {5}}, context),
          runElasticNetBenchmark({.people = 20, .variants = {5}}, context)})
        QVERIFY(!report && report.error().kind == ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestStepBenchmarks)
#include "tst_step_benchmarks.moc"
