// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/benchmark.h"

#include "engines/open_model.h"
#include "engines/transformer/trunk_work.h"
#include "lab/benchmark_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

std::vector<EditList> makeSequences(const BenchmarkOptions& options, const ReferenceWindow& window,
                                    std::mt19937_64& random) {
    const EditList snvs = randomSnvs(window, options.variants, random);
    std::vector<EditList> sequences;
    if (options.workload == Workload::Ism) {
        for (const Edit& snv : snvs)
            sequences.push_back({snv});
        return sequences;
    }
    sequences.resize(static_cast<size_t>(2) * static_cast<size_t>(options.people));
    const std::vector<std::vector<int8_t>> alleles = relatedAlleles(snvs, options.people, options.seed);
    for (size_t s = 0; s < snvs.size(); ++s)
        for (size_t haplotype = 0; haplotype < sequences.size(); ++haplotype)
            if (alleles[s][haplotype] != 0)
                sequences[haplotype].push_back(snvs[s]);
    return sequences;
}

/// The rows that spread() of what they belong to would take.
Eigen::MatrixXd spreadRows(const Eigen::MatrixXd& rows, int64_t wanted) {
    Eigen::MatrixXd some(wanted, rows.cols());
    for (int64_t i = 0; i < wanted; ++i)
        some.row(i) = rows.row(i * rows.rows() / wanted);
    return some;
}

bool onCards(const BenchmarkOptions& options) {
    return options.devices.front().kind == Device::Kind::Cuda;
}

/// Wall or processor seconds, and the work they paid for.
struct Cost {
    double seconds = 0;
    double trunkPasses = 0;
    double sequences = 0;
};

/// What `all` would cost, out of two runs that mix the costs of the trunk and of the rest differently.
double extrapolated(const Cost& reference, const Cost& sample, const Cost& all) {
    const double passes = reference.trunkPasses - sample.trunkPasses / sample.sequences;
    const double perPass =
        passes > 0 ? std::max(0.0, reference.seconds - sample.seconds / sample.sequences) / passes : 0.0;
    const double rest = (sample.seconds - perPass * sample.trunkPasses) / sample.sequences;
    return perPass * all.trunkPasses + rest * all.sequences;
}

struct FastTimes {
    Eigen::MatrixXd values; ///< of the sample
    double wall = 0;        ///< of all sequences
    double cpu = 0;
    double trunkPasses = 0;
    double distinct = 0; ///< sequences that are neither the reference nor equal
};

/// Times the sample on a fresh locus. Where that is not all there is, the reference is timed apart, and the
/// time of all follows from the trunk's work, which is counted, and the rest, which is the same for each.
Result<FastTimes> timeFast(const Predictor& model, const ReferenceWindow& window, int warmUp,
                           std::span<const EditList> all, std::span<const EditList> sample,
                           const RunContext& context) {
    FastTimes fast;
    std::set<std::string> distinct;
    const std::string reference = modelInput(window, {});
    const auto countDistinct = [&](std::span<const EditList> sequences) {
        distinct.clear();
        for (const EditList& edits : sequences)
            distinct.insert(modelInput(window, edits));
        distinct.erase(reference);
        return std::max(1.0, static_cast<double>(distinct.size()));
    };
    fast.distinct = countDistinct(all);
    if (warmUp > 0)
        DS_TRY(warmedUp(model, window, Method::Fast, warmUp, sample, context)); // dropped with what it met
    DS_ASSIGN(const auto locus, model.prepare(window, model.info().defaultOutput, Method::Fast));
    const auto* work = dynamic_cast<const TrunkWork*>(locus.get()); // null where there is no trunk
    const auto passes = [work] { return work != nullptr ? work->trunkPasses() : 0.0; };
    if (sample.size() == all.size()) {
        DS_ASSIGN(Timed timedAll, timedOn(*locus, model, all, "Fast", context));
        fast.values = std::move(timedAll.values);
        fast.wall = timedAll.wall;
        fast.cpu = timedAll.cpu;
        fast.trunkPasses = passes();
        return fast;
    }
    const std::vector<EditList> onlyReference(1);
    DS_ASSIGN(const Timed first, timedOn(*locus, model, onlyReference, "The reference", context));
    const double referencePasses = passes();
    DS_ASSIGN(Timed some, timedOn(*locus, model, sample, "Fast", context));
    const double samplePasses = passes() - referencePasses;
    fast.values = std::move(some.values);
    fast.trunkPasses = referencePasses + (work != nullptr ? work->trunkPassesFor(all) : 0.0);
    const double ofSample = countDistinct(sample);
    const auto total = [&](double ofReference, double ofSome) {
        return extrapolated({ofReference, referencePasses, 1}, {ofSome, samplePasses, ofSample},
                            {0, fast.trunkPasses, 1 + fast.distinct});
    };
    fast.wall = total(first.wall, some.wall);
    fast.cpu = total(first.cpu, some.cpu);
    return fast;
}

Result<json> timeForward(const BenchmarkOptions& options, const Predictor& model,
                         const ReferenceWindow& window, const RunContext& context) {
    const std::vector<EditList> sequences(static_cast<size_t>(options.plainSequences));
    DS_ASSIGN(const Timed plain, timed(model, window, Method::Plain, 1, sequences, "Whole passes", context));
    const auto count = static_cast<double>(sequences.size());
    json report;
    report["workload"] = "forward";
    report["model"] = model.info().name;
    report["sequence_length"] = window.length();
    report["plain_sequences"] = sequences.size();
    report["plain_s"] = plain.wall / count;
    report["plain_cpu_s"] = plain.cpu / count;
    report["plain_precision"] = options.plainPrecision == Precision::Single ? "fp32" : "fp64";
    addMachine(options.devices, options.threads, report);
    return report;
}

} // namespace

Result<json> runBenchmark(const BenchmarkOptions& options, const RunContext& context) {
    PredictorOptions plainOptions{options.devices, options.plainPrecision, options.threads};
    DS_ASSIGN(const auto model, openModel(options.model, plainOptions, options.randomWeightsSeed));
    const InputShape& shape = model->info().input;
    const bool drawsVariants = options.workload != Workload::Forward;
    if (options.plainSequences < 1)
        return fail(ErrorKind::BadInput, "At least one whole pass must be timed.");
    if (drawsVariants && (options.variants < 1 || options.people < 1 || options.variants > shape.length))
        return fail(ErrorKind::BadInput, fmt::format("{} variants of {} people cannot be placed on {} bases.",
                                                     options.variants, options.people, shape.length));
    std::mt19937_64 random(options.seed);
    const ReferenceWindow window = randomWindow(shape, random);
    if (!drawsVariants)
        return timeForward(options, *model, window, context);
    const std::vector<EditList> sequences = makeSequences(options, window, random);
    size_t edits = 0;
    for (const EditList& sequence : sequences)
        edits += sequence.size();
    const double count = static_cast<double>(sequences.size());

    // First the fast way, so that its peak memory is its own.
    const int sample =
        options.sampleSequences > 0 ? options.sampleSequences : static_cast<int>(sequences.size());
    const std::vector<EditList> forFast = spread(sequences, sample);
    DS_ASSIGN(const FastTimes fast,
              timeFast(*model, window, onCards(options) ? 32 : 0, sequences, forFast, context));
    const double fastPeak = peakMegabytes();
    const std::vector<EditList> forPlain = spread(forFast, options.plainSequences);
    // A warm-up where it costs little.
    const int warmUp = shape.length > 100000 && !onCards(options) ? 0 : 2;
    DS_ASSIGN(const Timed plain,
              timed(*model, window, Method::Plain, warmUp, forPlain, "Whole passes", context));

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
    const double plainCount = static_cast<double>(forPlain.size());
    report["workload"] = options.workload == Workload::Ism ? "ism" : "haplotypes";
    report["fast_sequences"] = forFast.size();
    report["fast_extrapolated"] = forFast.size() < sequences.size();
    report["distinct_sequences"] = fast.distinct;
    report["trunk_work"] = fast.trunkPasses / count;
    report["max_difference_plain"] =
        (spreadRows(fast.values, plain.values.rows()) - plain.values).cwiseAbs().maxCoeff();
    report["largest_plain_value"] = plain.values.cwiseAbs().maxCoeff();
    report["model"] = model->info().name;
    if (!model->info().note.empty())
        report["model_note"] = model->info().note;
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
    report["ratio_cpu_distinct"] = (plain.cpu / plainCount) / (fast.cpu / fast.distinct);
    report["plain_precision"] = options.plainPrecision == Precision::Single ? "fp32" : "fp64";
    report["fast_peak_memory_mb"] = fastPeak;
    addMachine(options.devices, options.threads, report);
    return report;
}

} // namespace diploscope
