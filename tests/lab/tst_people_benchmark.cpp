// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/people_benchmark.h"

#include "support.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

using namespace diploscope;

class TestPeopleBenchmark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eqtl() {
        const QTemporaryDir folder;
        PeopleBenchmarkOptions options;
        options.people = 103;
        options.variants = 40;
        options.covariates = 3;
        options.data = folder.path().toStdString();
        const auto report = runEqtlBenchmark(options, {});
        DS_VERIFY(report);
        for (const char* what : {"eqtl", "eqtl_covariates", "eqtl_given"})
            for (const char* clock : {"_s", "_cpu_s"})
                QVERIFY(report->at(std::string(what) + clock).get<double>() >= 0);
        const auto size = [&](const char* name) { return std::filesystem::file_size(options.data / name); };
        QCOMPARE(size("genotypes.u8"), uintmax_t{103 * 40});
        QCOMPARE(size("genotypes.bed"), uintmax_t{3 + 40 * 26});
    }

    void people() {
        PeopleBenchmarkOptions options;
        options.people = 300;
        options.variants = 60;
        const auto report = runPeopleBenchmark(options, {});
        DS_VERIFY(report);
        for (const char* step :
             {"haplotypes", "sequences", "dosages", "eqtl", "drivers", "statistics", "all"})
            QVERIFY(report->at(std::string(step) + "_cpu_s").get<double>() >= 0);
        QVERIFY(report->at("distinct_haplotypes").get<int>() > 10);
        QCOMPARE(report->at("sequence_bases").get<int>(), report->at("distinct_haplotypes").get<int>() * 600);
    }

    void sizesThatCannotBe() {
        PeopleBenchmarkOptions options;
        options.people = 5;
        QVERIFY(!runEqtlBenchmark(options, {}));
        options.people = 100;
        options.covariates = 100;
        QVERIFY(!runPeopleBenchmark(options, {}));
    }

    void stops() {
        RunContext context;
        std::stop_source stop;
        stop.request_stop();
        context.stop = stop.get_token();
        PeopleBenchmarkOptions options;
        options.people = 100;
        options.variants = 20;
        const auto report = runEqtlBenchmark(options, context);
        QVERIFY(!report && report.error().kind == ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestPeopleBenchmark)
#include "tst_people_benchmark.moc"
