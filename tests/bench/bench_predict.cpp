// SPDX-License-Identifier: GPL-3.0-or-later
// Steps of the exact shortcut, at the size of the paper's CNN and of Xpresso, on one thread.
#include "base/blas_info.h"
#include "engines/sequential/fast_locus.h"
#include "engines/sequential/sequential_kind.h"
#include "engines/torch/torch_backend.h"
#include "model/model_manifest.h"
#include "model/random_weights.h"
#include "weights/model_weights.h"

#include <benchmark/benchmark.h>

#include <map>
#include <random>
#include <stdexcept>

using namespace diploscope;

namespace {

struct Prepared {
    NetworkSpec network;
    std::shared_ptr<const PackedNetwork> packed;
    ReferenceWindow window;
    EditList snvs; ///< 512, sorted
};

/// A shipped model with random weights on random bases.
const Prepared& prepared(const std::string& name) {
    static std::map<std::string, Prepared> all;
    const auto found = all.find(name);
    if (found != all.end())
        return found->second;
    const ModelManifest manifest = readModelManifest(findModelFolder(name).value()).value();
    Prepared made;
    made.network = networkOf(manifest).value();
    made.packed = std::make_shared<const PackedNetwork>(
        PackedNetwork::build(made.network, randomWeights(made.network, 1)).value());
    std::mt19937_64 random(1);
    std::string bases(static_cast<size_t>(manifest.input.length), 'A');
    for (char& base : bases)
        base = "ACGT"[random() % 4];
    made.window = windowOverSequence(bases, manifest.input);
    const int64_t step = manifest.input.length / 512;
    for (int64_t i = 0; i < 512; ++i) {
        const int64_t offset = i * step;
        made.snvs.push_back({offset, 1, bases[static_cast<size_t>(offset)] == 'A' ? "C" : "A"});
    }
    return all.emplace(name, std::move(made)).first->second;
}

void referenceActivations(benchmark::State& state, const std::string& model) {
    const Prepared& given = prepared(model);
    const BlasThreads one(1);
    for (auto unused : state) {
        LocusNetwork locus(given.packed, std::string(given.window.bases()));
        benchmark::DoNotOptimize(locus.computeReference(1, {}).has_value());
        state.counters["stored_mb"] = static_cast<double>(locus.storedBytes()) / 1e6;
    }
}

void clustersOfSnvs(benchmark::State& state, const std::string& model) {
    const Prepared& given = prepared(model);
    const BlasThreads one(1);
    LocusNetwork locus(given.packed, std::string(given.window.bases()));
    if (!locus.computeReference(1, {}))
        throw std::runtime_error("no reference");
    std::vector<EditCluster> clusters;
    for (const Edit& snv : given.snvs)
        clusters.push_back({snv.offset, snv.alt, {{snv.offset, snv.offset + 1}}});
    const auto together = static_cast<size_t>(state.range(0));
    for (auto unused : state)
        for (size_t begin = 0; begin < clusters.size(); begin += together)
            benchmark::DoNotOptimize(
                locus.contributions(std::span(clusters).subspan(begin, together)).data());
    state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(clusters.size()));
}

void takingSequencesApart(benchmark::State& state, const std::string& model) {
    const Prepared& given = prepared(model);
    const std::string reference(given.window.bases());
    for (auto unused : state)
        for (const Edit& snv : given.snvs)
            benchmark::DoNotOptimize(
                editClusters(given.packed->stack, reference, modelInput(given.window, {snv})).data());
    state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(given.snvs.size()));
}

void wholePass(benchmark::State& state, const std::string& model, Precision precision) {
    const Prepared& given = prepared(model);
    auto network = torchBackend().value()->createSequential(given.network, randomWeights(given.network, 1),
                                                            {{Device{}}, precision, 1});
    const std::vector<std::string> inputs(static_cast<size_t>(state.range(0)),
                                          std::string(given.window.bases()));
    for (auto unused : state)
        benchmark::DoNotOptimize((*network)->forward(inputs, state.range(0), {}).has_value());
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK_CAPTURE(referenceActivations, simple_cnn, "simple-cnn")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(referenceActivations, xpresso, "xpresso")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(clustersOfSnvs, simple_cnn, "simple-cnn")->Arg(16)->Arg(64)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(clustersOfSnvs, xpresso, "xpresso")->Arg(16)->Arg(64)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(takingSequencesApart, simple_cnn, "simple-cnn")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(wholePass, simple_cnn_fp32, "simple-cnn", Precision::Single)
    ->Arg(1)
    ->Arg(3)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(wholePass, simple_cnn_fp64, "simple-cnn", Precision::Double)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(wholePass, xpresso_fp32, "xpresso", Precision::Single)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
