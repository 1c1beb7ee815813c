// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/people_benchmark.h"

#include "analysis/effect_alleles.h"
#include "analysis/gene_statistics.h"
#include "base/atomic_file.h"
#include "lab/benchmark_parts.h"
#include "lab/simulate/random.h"
#include "sequence/haplotypes.h"
#include "sequence/snv_panel.h"
#include "stats/eqtl.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

constexpr int Repeats = 5;

Result<void> checkSizes(const PeopleBenchmarkOptions& options) {
    if (options.people < 20 || options.variants < 1 || options.covariates < 0 ||
        options.covariates > options.people - 10)
        return fail(ErrorKind::BadInput,
                    fmt::format("{} people, {} variants and {} covariates cannot be timed.", options.people,
                                options.variants, options.covariates));
    return {};
}

Eigen::MatrixXd drawnNormal(Eigen::Index rows, Eigen::Index columns, simulate::Random& random) {
    return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return random.normal(); });
}

/// SNVs that know nothing of each other, and expression under two of them.
struct EqtlData {
    Dosages dosages;
    std::vector<uint8_t> copies;
    Eigen::MatrixXd covariates;
    Eigen::VectorXd expression;
};

EqtlData drawnGene(const PeopleBenchmarkOptions& options) {
    simulate::Random random(options.seed, "benchmark eQTL");
    const auto people = static_cast<size_t>(options.people);
    EqtlData data;
    data.copies.resize(people * static_cast<size_t>(options.variants));
    for (size_t v = 0; v < static_cast<size_t>(options.variants); ++v) {
        const double frequency = random.uniform(0.02, 0.5);
        for (size_t p = 0; p < people; ++p)
            data.copies[v * people + p] =
                static_cast<uint8_t>(random.chance(frequency) + random.chance(frequency));
        data.copies[v * people + v % people] = 1; // somebody carries it
        data.copies[v * people + (v + 1) % people] = 0;
    }
    data.dosages = Dosages(options.people, data.copies);
    data.covariates = drawnNormal(options.people, options.covariates, random);
    data.expression = drawnNormal(options.people, 1, random);
    data.expression += 0.4 * data.dosages.column(0) - 0.3 * data.dosages.column(options.variants / 2);
    return data;
}

Result<void> writeForOthers(const EqtlData& data, const std::vector<EqtlEffect>& effects,
                            const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const auto people = static_cast<size_t>(data.dosages.rows());
    const auto variants = static_cast<size_t>(data.dosages.cols());
    std::string table = "#IID\texpression", fam, bim, bed = "\x6c\x1b\x01", told = "t\n";
    for (Eigen::Index k = 0; k < data.covariates.cols(); ++k)
        fmt::format_to(std::back_inserter(table), "\tC{}", k);
    for (size_t p = 0; p < people; ++p) {
        const auto row = static_cast<Eigen::Index>(p);
        fmt::format_to(std::back_inserter(table), "\nP{}\t{}", p, data.expression[row]);
        for (Eigen::Index k = 0; k < data.covariates.cols(); ++k)
            fmt::format_to(std::back_inserter(table), "\t{}", data.covariates(row, k));
        fmt::format_to(std::back_inserter(fam), "P{0}\tP{0}\t0\t0\t0\t-9\n", p);
    }
    constexpr int CodeOfCopies[] = {3, 2, 0}; // PLINK 1, of the first allele
    for (size_t v = 0; v < variants; ++v) {
        fmt::format_to(std::back_inserter(bim), "1\tv{}\t0\t{}\tC\tA\n", v, v + 1);
        for (size_t p = 0; p < people; p += 4) {
            int byte = 0;
            for (size_t i = 0; i < 4 && p + i < people; ++i)
                byte |= CodeOfCopies[data.copies[v * people + p + i]] << 2 * i;
            bed += static_cast<char>(byte);
        }
        fmt::format_to(std::back_inserter(told), "{}\n", effects[v].t.value_or(0));
    }
    DS_TRY(writeFileAtomically(folder / "people.tsv", table + "\n"));
    DS_TRY(writeFileAtomically(folder / "genotypes.fam", fam));
    DS_TRY(writeFileAtomically(folder / "genotypes.bim", bim));
    DS_TRY(writeFileAtomically(folder / "genotypes.bed", bed));
    DS_TRY(writeFileAtomically(folder / "effects.tsv", told));
    return writeFileAtomically(folder / "genotypes.u8", std::string(data.copies.begin(), data.copies.end()));
}

/// Best of several.
Result<void> time(const char* what, json& report, const RunContext& context,
                  const std::function<void()>& work) {
    double wall = 0, cpu = 0;
    for (int i = 0; i < Repeats; ++i) {
        context.report(what, i, Repeats);
        DS_TRY(context.checkpoint());
        const Stopwatch watch;
        work();
        wall = i == 0 ? watch.wall() : std::min(wall, watch.wall());
        cpu = i == 0 ? watch.cpu() : std::min(cpu, watch.cpu());
    }
    report[std::string(what) + "_s"] = wall;
    report[std::string(what) + "_cpu_s"] = cpu;
    return {};
}

/// A cohort's alleles: copies of a few hundred related haplotypes, some joined of two.
AlleleMatrix drawnCohort(const PeopleBenchmarkOptions& options, const ReferenceWindow& window) {
    constexpr int FounderPeople = 200;
    constexpr double JoinedOfTwo = 0.05;
    std::mt19937_64 places(options.seed);
    const EditList snvs = randomSnvs(window, options.variants, places);
    const auto founders = relatedAlleles(snvs, FounderPeople, options.seed);
    simulate::Random random(options.seed, "benchmark cohort");
    AlleleMatrix matrix;
    matrix.region = window.region;
    for (int p = 0; p < options.people; ++p)
        matrix.people.push_back(fmt::format("P{}", p));
    struct Copied {
        size_t first, second, joint;
    };
    std::vector<Copied> copied;
    for (size_t haplotype = 0; haplotype < matrix.haplotypeCount(); ++haplotype) {
        const auto founder = [&] { return static_cast<size_t>(random.below(2 * FounderPeople)); };
        copied.push_back(
            {founder(), founder(),
             random.chance(JoinedOfTwo) ? static_cast<size_t>(random.below(options.variants)) : snvs.size()});
    }
    matrix.alleles.reserve(snvs.size() * matrix.haplotypeCount());
    for (size_t s = 0; s < snvs.size(); ++s) {
        const int64_t position = window.region.start + snvs[s].offset;
        matrix.sites.push_back({position,
                                fmt::format("v{}", s),
                                std::string(1, window.bases()[static_cast<size_t>(snvs[s].offset)]),
                                {snvs[s].alt}});
        for (const Copied& own : copied)
            matrix.alleles.push_back(founders[s][s < own.joint ? own.first : own.second]);
    }
    return matrix;
}

} // namespace

Result<json> runEqtlBenchmark(const PeopleBenchmarkOptions& options, const RunContext& context) {
    DS_TRY(checkSizes(options));
    const EqtlData data = drawnGene(options);
    const Eigen::MatrixXd none(options.people, 0);
    json report{{"workload", "eqtl"},
                {"people", options.people},
                {"variants", options.variants},
                {"covariates", options.covariates}};
    std::vector<EqtlEffect> effects;
    DS_TRY(time("eqtl", report, context,
                [&] { effects = marginalEffects(data.dosages, data.expression, none); }));
    if (!options.data.empty())
        DS_TRY(writeForOthers(data, effects, options.data));
    DS_TRY(time("eqtl_covariates", report, context,
                [&] { effects = marginalEffects(data.dosages, data.expression, data.covariates); }));
    const std::optional<int64_t> lead = leadVariant(effects);
    if (lead)
        DS_TRY(time("eqtl_given", report, context, [&] {
            effects =
                conditionalEffects(data.dosages, data.expression, data.covariates, std::span(&*lead, 1));
        }));
    addMachine({Device{}}, 0, report);
    return report;
}

Result<json> runPeopleBenchmark(const PeopleBenchmarkOptions& options, const RunContext& context) {
    DS_TRY(checkSizes(options));
    constexpr int BasesAnSnv = 10;
    std::mt19937_64 bases(options.seed);
    const int64_t length = int64_t{BasesAnSnv} * options.variants;
    const ReferenceWindow window = randomWindow({length, length / 2, StrandRule::Forward}, bases);
    const AlleleMatrix matrix = drawnCohort(options, window);
    simulate::Random random(options.seed, "benchmark expression");
    const Eigen::MatrixXd covariates(options.people, 0);
    json report{{"workload", "people"}, {"people", options.people}, {"variants", options.variants}};
    report["alleles_memory_mb"] = peakMegabytes();

    const Stopwatch all;
    const auto step = [&](const char* what, const std::function<void()>& work) {
        context.report(what, 0, 0);
        const Stopwatch watch;
        work();
        report[std::string(what) + "_s"] = watch.wall();
        report[std::string(what) + "_cpu_s"] = watch.cpu();
    };
    Haplotypes haplotypes;
    step("haplotypes", [&] { haplotypes = buildHaplotypes(matrix, window.region.start, VariantMode::Snv); });
    report["distinct_haplotypes"] = haplotypes.distinct.size();
    size_t written = 0;
    step("sequences", [&] {
        for (const EditList& edits : haplotypes.distinct)
            written += modelInput(window, edits).size();
    });
    report["sequence_bases"] = written;
    haplotypes = {};
    SnvPanel panel;
    EffectAlleles alleles;
    step("dosages", [&] {
        panel = buildSnvPanel(matrix, window.region);
        alleles = effectAlleles(panel, AlleleConvention::Minor, HaploidDosage::AsTwo);
    });
    const Dosages& dosages = alleles.dosages;
    const Eigen::VectorXd ism = drawnNormal(dosages.cols(), 1, random);
    GeneReport gene;
    gene.gene.id = "GENE";
    gene.variants.resize(panel.snvs.size());
    const Eigen::VectorXd observed =
        drawnNormal(options.people, 1, random) + 0.5 * dosages.column(dosages.cols() / 2);
    step("eqtl", [&] {
        const std::vector<EqtlEffect> effects = marginalEffects(dosages, observed, covariates);
        for (size_t v = 0; v < effects.size(); ++v)
            gene.variants[v].eqtl = effects[v];
    });
    Eigen::VectorXd predicted = Eigen::VectorXd::Zero(options.people);
    for (Eigen::Index v = 0; v < dosages.cols(); ++v)
        predicted += ism[v] * dosages.column(v);
    gene.pearson = pearson(observed, predicted);
    step("drivers", [&] {
        for (const Driver& driver : approximateLinearly(ism, dosages, predicted).drivers) {
            gene.drivers.emplace_back();
            gene.drivers.back().variant = static_cast<size_t>(driver.variant);
            gene.drivers.back().driver = driver;
        }
    });
    Result<void> added;
    step("statistics", [&] {
        StatisticsOptions asked;
        asked.fineMapping = options.fineMapping;
        added = addStatistics(gene, "benchmark", {dosages, dosages, observed, predicted, covariates}, asked,
                              context);
    });
    DS_TRY(std::move(added));
    report["all_s"] = all.wall();
    report["all_cpu_s"] = all.cpu();
    addMachine({Device{}}, 0, report);
    return report;
}

} // namespace diploscope
