// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/benchmark_parts.h"

#include "base/atomic_file.h"
#include "base/blas_info.h"
#include "base/parallel.h"
#include "lab/simulate/genealogy.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

namespace diploscope::lab {

ReferenceWindow randomWindow(const InputShape& shape, std::mt19937_64& random) {
    std::string bases(static_cast<size_t>(shape.length), 'A');
    for (char& base : bases)
        base = "ACGT"[random() % 4];
    return windowOverSequence(std::move(bases), shape);
}

EditList randomSnvs(const ReferenceWindow& window, int count, std::mt19937_64& random) {
    std::set<int64_t> offsets;
    while (static_cast<int>(offsets.size()) < count)
        offsets.insert(static_cast<int64_t>(random() % static_cast<uint64_t>(window.length())));
    EditList snvs;
    for (const int64_t offset : offsets) {
        char alt = window.bases()[static_cast<size_t>(offset)];
        while (alt == window.bases()[static_cast<size_t>(offset)])
            alt = "ACGT"[random() % 4];
        snvs.push_back({offset, 1, std::string(1, alt)});
    }
    return snvs;
}

std::vector<std::vector<int8_t>> relatedAlleles(const EditList& snvs, int people, uint64_t seed) {
    constexpr double recombination = 2 * 10000.0 * 1e-8;
    simulate::Random chances(seed, "benchmark haplotypes");
    simulate::Genealogy genealogy(2 * people, chances);
    std::vector<std::vector<int8_t>> alleles(
        snvs.size(), std::vector<int8_t>(static_cast<size_t>(2) * static_cast<size_t>(people)));
    double at = 0;
    for (size_t s = 0; s < snvs.size(); ++s) {
        const auto place = static_cast<double>(snvs[s].offset);
        for (;;) {
            at += chances.exponential(genealogy.totalLength() * recombination);
            if (at >= place)
                break;
            genealogy.recombine(chances);
        }
        at = place; // waiting times forget
        genealogy.mark(genealogy.branch(chances), 1, alleles[s]);
    }
    return alleles;
}

LinkedGene linkedGene(int people, int variants, uint64_t seed) {
    constexpr int BasesAnSnv = 100;
    std::mt19937_64 places(seed);
    const int64_t length = int64_t{BasesAnSnv} * variants;
    const ReferenceWindow window = randomWindow({length, length / 2, StrandRule::Forward}, places);
    const auto alleles = relatedAlleles(randomSnvs(window, variants, places), people, seed);
    std::vector<uint8_t> copies;
    for (const std::vector<int8_t>& carried : alleles)
        for (size_t p = 0; p < static_cast<size_t>(people); ++p)
            copies.push_back(static_cast<uint8_t>(carried[2 * p] + carried[2 * p + 1]));
    LinkedGene gene{Dosages(people, std::move(copies)), Eigen::VectorXd(people)};
    simulate::Random random(seed, "benchmark expression of linked SNVs");
    for (double& value : gene.expression)
        value = random.normal();
    // The commonest of either half.
    for (const int begin : {0, variants / 2}) {
        Eigen::Index commonest = begin;
        for (Eigen::Index v = begin; v < std::min(begin + (variants + 1) / 2, variants); ++v)
            if (std::abs(gene.dosages.column(v).mean() - 1) <
                std::abs(gene.dosages.column(commonest).mean() - 1))
                commonest = v;
        gene.expression += 0.6 * gene.dosages.column(commonest);
    }
    return gene;
}

Result<void> writeLinkedGene(const LinkedGene& gene, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    std::string bytes, people = "expression\n";
    for (Eigen::Index v = 0; v < gene.dosages.cols(); ++v)
        bytes.append(reinterpret_cast<const char*>(gene.dosages.copies(v)),
                     static_cast<size_t>(gene.dosages.rows()));
    for (const double value : gene.expression)
        fmt::format_to(std::back_inserter(people), "{}\n", value);
    DS_TRY(writeFileAtomically(folder / "dosages.u8", bytes));
    return writeFileAtomically(folder / "people.tsv", people);
}

std::vector<EditList> spread(const std::vector<EditList>& sequences, int count) {
    std::vector<EditList> some;
    const size_t wanted = std::min(sequences.size(), static_cast<size_t>(count));
    for (size_t i = 0; i < wanted; ++i)
        some.push_back(sequences[i * sequences.size() / wanted]);
    return some;
}

Result<Timed> timedOn(LocusPredictor& locus, const Predictor& model, std::span<const EditList> sequences,
                      const char* stage, const RunContext& context) {
    const Stopwatch watch;
    Timed result;
    result.values.resize(static_cast<int64_t>(sequences.size()),
                         static_cast<int64_t>(model.info().defaultOutput.bins.size() *
                                              model.info().defaultOutput.tracks.size()));
    const auto total = static_cast<int64_t>(sequences.size());
    for (int64_t begin = 0; begin < total; begin += locus.batchSize()) {
        context.report(stage, begin, total);
        const int64_t count = std::min(locus.batchSize(), total - begin);
        DS_ASSIGN(result.values.middleRows(begin, count),
                  locus.predict(sequences.subspan(static_cast<size_t>(begin), static_cast<size_t>(count)),
                                context));
    }
    result.wall = watch.wall();
    result.cpu = watch.cpu();
    context.report(stage, total, total);
    return result;
}

Result<std::unique_ptr<LocusPredictor>> warmedUp(const Predictor& model, const ReferenceWindow& window,
                                                 Method method, int warmUp,
                                                 std::span<const EditList> sequences,
                                                 const RunContext& context) {
    DS_ASSIGN(std::unique_ptr<LocusPredictor> locus,
              model.prepare(window, model.info().defaultOutput, method));
    if (warmUp > 0) {
        DS_TRY(locus->predict(sequences.first(std::min(sequences.size(), static_cast<size_t>(warmUp))),
                              context));
    }
    return locus;
}

Result<Timed> timed(const Predictor& model, const ReferenceWindow& window, Method method, int warmUp,
                    std::span<const EditList> sequences, const char* stage, const RunContext& context) {
    DS_ASSIGN(const auto locus, warmedUp(model, window, method, warmUp, sequences, context));
    return timedOn(*locus, model, sequences, stage, context);
}

double peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

namespace {

/// Of this process since the system was last told to forget it.
double highestMegabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::strtod(line.c_str() + std::string_view("VmHWM:").size(), nullptr) / 1024.0;
    return peakMegabytes();
}

void forgetHighest() {
    constexpr const char* ForgetHighest = "5"; // proc(5), clear_refs
    std::ofstream("/proc/self/clear_refs") << ForgetHighest;
}

} // namespace

Result<Measured> leastOf(int repeats, const char* stage, const RunContext& context,
                         const std::function<Result<void>()>& work) {
    Measured least;
    forgetHighest();
    for (int i = 0; i < repeats; ++i) {
        DS_TRY(context.checkpoint());
        context.report(stage, i, repeats);
        const Stopwatch watch;
        DS_TRY(work());
        const double wall = watch.wall(), cpu = watch.cpu();
        least.wall = i == 0 ? wall : std::min(least.wall, wall);
        least.cpu = i == 0 ? cpu : std::min(least.cpu, cpu);
    }
    least.peakMegabytes = highestMegabytes();
    return least;
}

void tellOurs(const Measured& ours, nlohmann::json& row) {
    row["s"] = ours.wall;
    row["cpu_s"] = ours.cpu;
    row["peak_memory_mb"] = ours.peakMegabytes;
}

void tellBoth(const Measured& ours, const Measured& plain, nlohmann::json& row) {
    tellOurs(ours, row);
    row["plain_s"] = plain.wall;
    row["plain_cpu_s"] = plain.cpu;
    row["plain_peak_memory_mb"] = plain.peakMegabytes;
    row["ratio_s"] = plain.wall / ours.wall;
    row["ratio_cpu"] = plain.cpu / ours.cpu;
}

void addMachine(const DeviceList& devices, int threads, nlohmann::json& report) {
    report["device"] = textOf(devices);
    report["peak_memory_mb"] = peakMegabytes();
    report["threads"] = threads > 0 ? threads : availableThreads();
    report["blas"] = blasDescription();
    if (const std::string warning = blasWarning(); !warning.empty())
        report["warning"] = warning;
}

} // namespace diploscope::lab
