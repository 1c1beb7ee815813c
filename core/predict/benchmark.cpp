// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/benchmark.h"

#include "base/parallel.h"
#include "predict/blas_info.h"
#include "sequence/reference_window.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <random>
#include <set>

namespace diploscope {

using nlohmann::json;

namespace {

/// Wall and processor seconds since it was made.
class Stopwatch {
public:
    [[nodiscard]] double wall() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_wall).count();
    }
    [[nodiscard]] double cpu() const { return double(std::clock() - m_cpu) / CLOCKS_PER_SEC; }

private:
    std::chrono::steady_clock::time_point m_wall = std::chrono::steady_clock::now();
    std::clock_t m_cpu = std::clock();
};

double peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

double unit(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

ReferenceWindow randomWindow(const InputShape& shape, std::mt19937_64& random) {
    std::string bases(static_cast<size_t>(shape.length), 'A');
    for (char& base : bases)
        base = "ACGT"[random() % 4];
    return windowOverSequence(std::move(bases), shape);
}

/// SNVs at different places, sorted.
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

std::vector<EditList> makeSequences(const BenchmarkOptions& options, const ReferenceWindow& window,
                                    std::mt19937_64& random) {
    const EditList snvs = randomSnvs(window, options.variants, random);
    std::vector<EditList> sequences;
    if (options.workload == Workload::Ism) {
        for (const Edit& snv : snvs)
            sequences.push_back({snv});
        return sequences;
    }
    // Frequencies with density 1/f between one chromosome and one half, as in people.
    const double least = 1.0 / (2.0 * options.people);
    std::vector<double> frequencies;
    for (size_t i = 0; i < snvs.size(); ++i)
        frequencies.push_back(least * std::pow(0.5 / least, unit(random)));
    for (int haplotype = 0; haplotype < 2 * options.people; ++haplotype) {
        EditList edits;
        for (size_t i = 0; i < snvs.size(); ++i)
            if (unit(random) < frequencies[i])
                edits.push_back(snvs[i]);
        sequences.push_back(std::move(edits));
    }
    return sequences;
}

/// `count` of the sequences, evenly spread.
std::vector<EditList> spread(const std::vector<EditList>& sequences, int count) {
    std::vector<EditList> some;
    const size_t wanted = std::min(sequences.size(), static_cast<size_t>(count));
    for (size_t i = 0; i < wanted; ++i)
        some.push_back(sequences[i * sequences.size() / wanted]);
    return some;
}

struct Timed {
    Eigen::MatrixXd values;
    double wall = 0;
    double cpu = 0;
};

Result<Timed> timed(const Predictor& model, const ReferenceWindow& window, Method method, int warmUp,
                    std::span<const EditList> sequences, const char* stage, const RunContext& context) {
    // Reading and packing weights, and loading LibTorch, are once a model, not once a gene.
    DS_ASSIGN(const std::unique_ptr<LocusPredictor> locus,
              model.prepare(window, model.info().defaultOutput, method));
    if (warmUp > 0) {
        DS_TRY(locus->predict(sequences.first(std::min(sequences.size(), static_cast<size_t>(warmUp))),
                              context));
    }
    const Stopwatch watch;
    Timed result;
    result.values.resize(static_cast<int64_t>(sequences.size()),
                         static_cast<int64_t>(model.info().defaultOutput.bins.size() *
                                              model.info().defaultOutput.tracks.size()));
    const auto total = static_cast<int64_t>(sequences.size());
    for (int64_t begin = 0; begin < total; begin += locus->batchSize()) {
        context.report(stage, begin, total);
        const int64_t count = std::min(locus->batchSize(), total - begin);
        DS_ASSIGN(result.values.middleRows(begin, count),
                  locus->predict(sequences.subspan(static_cast<size_t>(begin), static_cast<size_t>(count)),
                                 context));
    }
    result.wall = watch.wall();
    result.cpu = watch.cpu();
    context.report(stage, total, total);
    return result;
}

} // namespace

Result<json> runBenchmark(const BenchmarkOptions& options, const RunContext& context) {
    PredictorOptions plainOptions{options.devices, options.plainPrecision, options.threads};
    DS_ASSIGN(const auto model, openModel(options.model, plainOptions, options.randomWeightsSeed));
    const InputShape& shape = model->info().input;
    if (options.variants < 1 || options.people < 1 || options.plainSequences < 1 ||
        options.variants > shape.length)
        return fail(ErrorKind::BadInput, fmt::format("{} variants of {} people cannot be placed on {} bases.",
                                                     options.variants, options.people, shape.length));
    std::mt19937_64 random(options.seed);
    const ReferenceWindow window = randomWindow(shape, random);
    const std::vector<EditList> sequences = makeSequences(options, window, random);
    size_t edits = 0;
    for (const EditList& sequence : sequences)
        edits += sequence.size();

    // First the fast way, so that its peak memory is its own.
    DS_ASSIGN(const Timed fast, timed(*model, window, Method::Fast, 0, sequences, "Fast", context));
    const double fastPeak = peakMegabytes();
    const std::vector<EditList> forPlain = spread(sequences, options.plainSequences);
    DS_ASSIGN(const Timed plain, timed(*model, window, Method::Plain, 2, forPlain, "Whole passes", context));

    json report;
    if (options.checkSequences > 0) {
        const std::vector<EditList> forCheck = spread(forPlain, options.checkSequences);
        PredictorOptions exactOptions{options.devices, Precision::Double, options.threads};
        DS_ASSIGN(const auto exactModel, openModel(options.model, exactOptions, options.randomWeightsSeed));
        DS_ASSIGN(const Timed exact,
                  timed(*exactModel, window, Method::Plain, 0, forCheck, "Whole passes in double", context));
        DS_ASSIGN(const Timed again,
                  timed(*model, window, Method::Fast, 0, forCheck, "Fast, the same sequences", context));
        report["max_difference"] = (again.values - exact.values).cwiseAbs().maxCoeff();
        report["largest_value"] = exact.values.cwiseAbs().maxCoeff();
        report["check_sequences"] = forCheck.size();
    }
    const double count = static_cast<double>(sequences.size());
    const double plainCount = static_cast<double>(forPlain.size());
    report["workload"] = options.workload == Workload::Ism ? "ism" : "haplotypes";
    report["model"] = model->info().name;
    report["random_weights"] = options.randomWeightsSeed >= 0;
    report["sequence_length"] = shape.length;
    report["sequences"] = sequences.size();
    report["edits_per_sequence"] = static_cast<double>(edits) / count;
    report["plain_sequences"] = forPlain.size();
    report["fast_total_s"] = fast.wall;
    report["plain_total_s"] = plain.wall;
    report["fast_s"] = fast.wall / count;
    report["plain_s"] = plain.wall / plainCount;
    report["fast_cpu_s"] = fast.cpu / count;
    report["plain_cpu_s"] = plain.cpu / plainCount;
    report["ratio"] = (plain.wall / plainCount) / (fast.wall / count);
    report["ratio_cpu"] = (plain.cpu / plainCount) / (fast.cpu / count);
    report["plain_precision"] = options.plainPrecision == Precision::Single ? "fp32" : "fp64";
    report["device"] = textOf(options.devices);
    report["fast_peak_memory_mb"] = fastPeak;
    report["peak_memory_mb"] = peakMegabytes();
    report["threads"] = options.threads > 0 ? options.threads : availableThreads();
    report["blas"] = blasDescription();
    if (const std::string warning = blasWarning(); !warning.empty())
        report["warning"] = warning;
    return report;
}

} // namespace diploscope
