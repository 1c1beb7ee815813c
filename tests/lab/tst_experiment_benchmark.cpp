// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_folder.h"

#include "lab/experiment_benchmark.h"

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

class TestExperimentBenchmark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reports();
    void extrapolates();
    void refuses_data();
    void refuses();
};

namespace {

ExperimentBenchmarkOptions smallExperiments(const TemporaryFolder& folder) {
    writeModel(folder.path(),
               sequentialModel(json::parse(R"([{"conv1d":{"name":"c","out":4,"width":10}},"relu",
        {"avgpool":50},"flatten",{"linear":{"name":"h","out":8}},"relu",{"linear":{"name":"o","out":1}}])"),
                               1500));
    ExperimentBenchmarkOptions options;
    options.model = folder.path().string();
    options.randomWeightsSeed = 3;
    options.variants = 60;
    options.people = 12;
    options.flips = 4;
    options.ablations = 3;
    options.reach = 30;
    return options;
}

} // namespace

void TestExperimentBenchmark::reports() {
    const TemporaryFolder folder;
    const auto report = runExperimentBenchmark(smallExperiments(folder), {});
    DS_VERIFY(report);
    for (const char* key : {"ready_s", "ready_cpu_s", "people_s", "people_cpu_s", "distinct_haplotypes",
                            "fast_peak_memory_mb", "threads", "blas", "sequence_length", "plain_precision"})
        QVERIFY2(report->contains(key), key);
    QCOMPARE(report->at("people").get<int>(), 12);
    QCOMPARE(report->at("saturated_bases").get<int>(), 61);
    // Before and after; everybody's two; the reference and three bases at each place.
    const std::tuple<const char*, int, int> asked[] = {
        {"flip", 4, 2}, {"ablation", 3, 24}, {"saturation", 3, 1 + 3 * 61}};
    for (const auto& [question, repeats, sequences] : asked) {
        const json& told = report->at(question);
        QCOMPARE(told.at("repeats").get<int>(), repeats);
        QCOMPARE(told.at("sequences").get<int>(), sequences);
        const auto seconds = [&told](const char* key) { return told.at(key).get<double>(); };
        QVERIFY(seconds("s") > 0);
        QVERIFY2(seconds("worst_s") >= seconds("s") && seconds("checked_s") >= seconds("s"), question);
        QVERIFY(seconds("cpu_s") > 0);
        QVERIFY(seconds("plain_s") > 0 && seconds("plain_cpu_s") > 0);
        QVERIFY2(!told.at("plain_extrapolated").get<bool>(), question); // a minute is enough for all
        QVERIFY(std::abs(seconds("ratio") * seconds("checked_s") / seconds("plain_s") - 1) < 1e-9);
        QVERIFY2(seconds("max_difference") <= 1e-4, qPrintable(QString::number(seconds("max_difference"))));
    }
}

/// The same sequences score the same, however few of them whole passes are timed on.
void TestExperimentBenchmark::extrapolates() {
    const TemporaryFolder folder;
    ExperimentBenchmarkOptions options = smallExperiments(folder);
    options.plainSeconds = 0;
    options.plainSequences = 2;
    options.plainPrecision = Precision::Double;
    const auto report = runExperimentBenchmark(options, {});
    DS_VERIFY(report);
    QVERIFY(!report->at("flip").at("plain_extrapolated").get<bool>()); // two are all
    for (const char* question : {"flip", "ablation", "saturation"}) {
        const json& told = report->at(question);
        QCOMPARE(told.at("plain_extrapolated").get<bool>(), std::string(question) != "flip");
        QVERIFY2(told.at("max_difference").get<double>() <= 1e-9, question);
    }
    QCOMPARE(report->at("plain_precision").get<std::string>(), "fp64");
}

void TestExperimentBenchmark::refuses_data() {
    QTest::addColumn<int>("people");
    QTest::addColumn<int>("variants");
    QTest::addColumn<int>("flips");
    QTest::addColumn<qlonglong>("reach");
    QTest::newRow("too few people") << 2 << 60 << 4 << qlonglong{30};
    QTest::newRow("fewer SNVs than ablations") << 12 << 2 << 4 << qlonglong{30};
    QTest::newRow("more SNVs than bases") << 12 << 1501 << 4 << qlonglong{30};
    QTest::newRow("no flip") << 12 << 60 << 0 << qlonglong{30};
    QTest::newRow("a longer stretch than the model reads") << 12 << 60 << 4 << qlonglong{750};
    QTest::newRow("a stretch of no length") << 12 << 60 << 4 << qlonglong{-1};
}

void TestExperimentBenchmark::refuses() {
    QFETCH(int, people);
    QFETCH(int, variants);
    QFETCH(int, flips);
    QFETCH(qlonglong, reach);
    const TemporaryFolder folder;
    ExperimentBenchmarkOptions options = smallExperiments(folder);
    options.people = people;
    options.variants = variants;
    options.flips = flips;
    options.reach = reach;
    const auto report = runExperimentBenchmark(options, {});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::BadInput);
}

QTEST_GUILESS_MAIN(TestExperimentBenchmark)
#include "tst_experiment_benchmark.moc"
