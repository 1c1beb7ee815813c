// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_folder.h"

#include "base/blas_info.h"
#include "lab/benchmark.h"

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

class TestBenchmark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reports_data();
    void reports();
    void reckonsFromASample();
    void wholePassesAlone();
    void refusesTooManyVariants();
    void namesTheMatrixLibrary();
};

void TestBenchmark::reports_data() {
    QTest::addColumn<bool>("haplotypes");
    QTest::addColumn<int>("sequences");
    QTest::newRow("ism") << false << 40;
    QTest::newRow("haplotypes") << true << 12;
}

void TestBenchmark::reports() {
    QFETCH(bool, haplotypes);
    QFETCH(int, sequences);
    TemporaryFolder folder;
    writeModel(
        folder.path(),
        sequentialModel(json::parse(R"([{"conv1d":{"name":"c","out":16,"width":10}},"relu",{"avgpool":50},
        "flatten",{"linear":{"name":"h","out":8}},"relu",{"linear":{"name":"o","out":1}}])"),
                        2000));
    BenchmarkOptions options;
    options.model = folder.path().string();
    options.randomWeightsSeed = 3;
    options.workload = haplotypes ? Workload::Haplotypes : Workload::Ism;
    options.variants = 40;
    options.people = 6;
    options.plainSequences = 5;
    options.checkSequences = 5;
    const auto report = runBenchmark(options, {});
    DS_VERIFY(report);
    for (const char* key : {"plain_s", "fast_s", "ratio", "max_difference", "plain_precision",
                            "peak_memory_mb", "threads", "blas", "model", "sequence_length"})
        QVERIFY2(report->contains(key), key);
    QCOMPARE(report->at("sequences").get<int>(), sequences);
    QCOMPARE(report->at("plain_sequences").get<int>(), 5);
    QVERIFY(report->at("max_difference").get<double>() <= 1e-9);
    QVERIFY(report->at("largest_value").get<double>() > 0);
    QVERIFY(std::abs(report->at("ratio").get<double>() * report->at("fast_s").get<double>() /
                         report->at("plain_s").get<double>() -
                     1) < 1e-9);
}

namespace {
BenchmarkOptions smallBenchmark(const TemporaryFolder& folder) {
    writeModel(folder.path(),
               sequentialModel(json::parse(R"([{"conv1d":{"name":"c","out":4,"width":10}},"relu","flatten",
        {"linear":{"name":"o","out":1}}])"),
                               500));
    BenchmarkOptions options;
    options.model = folder.path().string();
    options.randomWeightsSeed = 3;
    options.plainSequences = 4;
    options.checkSequences = 0;
    return options;
}
} // namespace

void TestBenchmark::reckonsFromASample() {
    TemporaryFolder folder;
    BenchmarkOptions options = smallBenchmark(folder);
    options.workload = Workload::Haplotypes;
    options.variants = 60;
    options.people = 50;
    options.sampleSequences = 20;
    const auto report = runBenchmark(options, {});
    DS_VERIFY(report);
    QCOMPARE(report->at("sequences").get<int>(), 100);
    QCOMPARE(report->at("fast_sequences").get<int>(), 20);
    QVERIFY(report->at("fast_extrapolated").get<bool>());
    QVERIFY(report->at("max_difference_plain").get<double>() < 1e-4);
    // Linkage: with independent SNVs hardly two haplotypes would be equal, and each would have many rare
    // ones.
    const double distinct = report->at("distinct_sequences").get<double>();
    QVERIFY2(distinct > 10 && distinct < 95, qPrintable(QString::number(distinct)));
    QVERIFY(report->at("edits_per_sequence").get<double>() > 1);
    QVERIFY(report->at("edits_per_sequence").get<double>() < 30);
}

void TestBenchmark::wholePassesAlone() {
    TemporaryFolder folder;
    BenchmarkOptions options = smallBenchmark(folder);
    options.workload = Workload::Forward;
    const auto report = runBenchmark(options, {});
    DS_VERIFY(report);
    QCOMPARE(report->at("plain_sequences").get<int>(), 4);
    QVERIFY(report->at("plain_s").get<double>() > 0);
    QVERIFY(!report->contains("fast_s"));
}

void TestBenchmark::refusesTooManyVariants() {
    TemporaryFolder folder;
    writeModel(folder.path(),
               sequentialModel(json::parse(R"(["flatten",{"linear":{"name":"o","out":1}}])"), 20));
    BenchmarkOptions options;
    options.model = folder.path().string();
    options.randomWeightsSeed = 1;
    options.variants = 21;
    const auto report = runBenchmark(options, {});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::BadInput);
}

void TestBenchmark::namesTheMatrixLibrary() {
    const BlasInfo info = blasInfo();
    QVERIFY(!info.name.empty());
    QVERIFY(!info.library.empty());
    QCOMPARE(blasWarning().empty(), !info.isSlow);
}

QTEST_GUILESS_MAIN(TestBenchmark)
#include "tst_benchmark.moc"
