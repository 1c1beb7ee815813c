// SPDX-License-Identifier: GPL-3.0-or-later
// PrediXcan on the GEUVADIS study: stretches and products against a loop that asks for every variant by
// itself. Needs DIPLOSCOPE_SHARED_DATA.
#include "analysis/predixcan.h"
#include "stats/elastic_net.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

using namespace diploscope;

namespace {

struct Given {
    std::shared_ptr<const Study> study;
    PredixcanDatabase database;
};

const Given& given() {
    static const Given value = [] {
        const char* shared = std::getenv("DIPLOSCOPE_SHARED_DATA");
        const std::filesystem::path data =
            std::filesystem::path(shared ? shared : "../shared/data") / "geuvadis_chr22";
        const std::filesystem::path file =
            std::filesystem::temp_directory_path() / "bench_predixcan.study.json";
        StudyFile study;
        study.path = file;
        study.name = "GEUVADIS chr22";
        study.build = "GRCh37";
        study.reference = std::filesystem::absolute(data / "reference/hg19.22.1-22000000.fa.gz");
        study.annotation = std::filesystem::absolute(data / "annotation/gencode.v19.annotation.chr22.gtf.gz");
        study.genotypes =
            std::filesystem::absolute(data / "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz").string();
        study.expression = std::filesystem::absolute(data / "expression/geuvadis358.genes.RPKM.chr22.bed.gz");
        if (!writeStudyFile(study, file))
            throw std::runtime_error("no place for the study file");
        Given made;
        made.study = openStudy(file).study;
        auto database = readPredixcan(data / "predictdb/geuvadis_train216_enet_chr22.db");
        if (!made.study || !database)
            throw std::runtime_error("no shared data; set DIPLOSCOPE_SHARED_DATA");
        made.database = *database;
        return made;
    }();
    return value;
}

void oneProductAStretch(benchmark::State& state) {
    for (auto unused : state)
        benchmark::DoNotOptimize(applyPredixcan(*given().study, given().database).value().values.data());
}

/// What the stretches replace: one query of the VCF and one pass over people for every weight.
void oneQueryAVariant(benchmark::State& state) {
    for (auto unused : state) {
        const auto people = static_cast<Eigen::Index>(given().study->people().size());
        Eigen::MatrixXd values =
            Eigen::MatrixXd::Zero(people, static_cast<Eigen::Index>(given().database.genes.size()));
        for (const PredixcanWeight& weight : given().database.weights) {
            const auto matrix =
                given().study->genotypes({weight.contig, weight.position, weight.position + 1}).value();
            for (size_t s = 0; s < matrix.sites.size(); ++s)
                if (matrix.sites[s].ref == weight.ref && matrix.sites[s].alts.front() == weight.effectAllele)
                    for (Eigen::Index p = 0; p < people; ++p)
                        values(p, static_cast<Eigen::Index>(weight.gene)) +=
                            weight.weight * ((matrix.allele(s, 2 * static_cast<size_t>(p)) == 1) +
                                             (matrix.allele(s, 2 * static_cast<size_t>(p) + 1) == 1));
        }
        benchmark::DoNotOptimize(values.data());
    }
}

/// One gene's cross-validated path: 316 people, some thousand SNVs.
void elasticNetOfAGene(benchmark::State& state) {
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    Eigen::MatrixXd x(316, state.range(0));
    for (double& value : x.reshaped())
        value = static_cast<double>(random() % 3);
    Eigen::VectorXd y(316);
    for (double& value : y)
        value = normal(random);
    y += x.col(3) * 0.5;
    for (auto unused : state)
        benchmark::DoNotOptimize(crossValidate(x, y, shuffledFolds(316, 10, 1)).value().best);
}

// Processor time of all threads: what a busy machine changes least.
BENCHMARK(oneProductAStretch)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);
BENCHMARK(oneQueryAVariant)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);
BENCHMARK(elasticNetOfAGene)->Arg(1000)->Arg(4000)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
