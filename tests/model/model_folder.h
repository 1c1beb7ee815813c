// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_manifest.h"
#include "model/network_spec.h"
#include "model/random_weights.h"
#include "sequence/reference_window.h"
#include "support.h"
#include "weights/model_weights.h"
#include "weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace diploscope::test {

/// A convolution and a head of two outputs.
inline nlohmann::json smallLayers() {
    return nlohmann::json::parse(
        R"([{"conv1d":{"name":"c","out":3,"width":4}},"relu","flatten",{"linear":{"name":"o","out":2}}])");
}

/// A small sequential model.json around `layers`.
inline nlohmann::json sequentialModel(const nlohmann::json& layers, int64_t length,
                                      const std::string& strand = "forward") {
    return {{"schema", 1},
            {"name", "test-net"},
            {"kind", "sequential"},
            {"weights", "weights.safetensors"},
            {"source", "https://example.org/weights"},
            {"input", {{"length", length}, {"tss_index", length / 2}, {"strand", strand}}},
            {"layers", layers}};
}

inline void writeModel(const std::filesystem::path& folder, const nlohmann::json& model) {
    writeText(folder / "model.json", model.dump(1));
}

/// All tensors of a network, random.
inline std::vector<NamedTensor> randomTensors(const NetworkSpec& network, uint64_t seed) {
    std::vector<NamedTensor> tensors;
    const WeightSource source = randomWeights(network, seed);
    for (const TensorSpec& spec : network.tensors())
        tensors.push_back(source(spec).value());
    return tensors;
}

/// model.json and matching random weights.
inline void writeModelWithWeights(const std::filesystem::path& folder, const nlohmann::json& model,
                                  uint64_t seed = 1) {
    writeModel(folder, model);
    const NetworkSpec network = parseNetwork(model["layers"], model["input"]["length"]).value();
    (void)writeSafetensors(folder / "weights.safetensors", randomTensors(network, seed));
}

inline std::string randomBases(std::mt19937_64& random, int64_t length) {
    std::string bases(static_cast<size_t>(length), 'N');
    for (char& base : bases)
        base = "ACGT"[random() % 4];
    return bases;
}

/// A window of a model's length with a flank of random bases.
inline ReferenceWindow randomWindow(std::mt19937_64& random, const InputShape& shape, bool reversed = false,
                                    int64_t flank = 50) {
    ReferenceWindow window;
    window.region = {"1", 1000, 1000 + shape.length};
    window.tssOffset = reversed ? shape.length - 1 - shape.tssIndex : shape.tssIndex;
    window.reversed = reversed;
    window.flank = flank;
    window.context = randomBases(random, shape.length + 2 * flank);
    return window;
}

} // namespace diploscope::test
