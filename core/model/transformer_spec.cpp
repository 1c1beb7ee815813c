// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/transformer_spec.h"

namespace diploscope {

namespace {

void append(std::vector<TensorSpec>& all, std::vector<TensorSpec> more) {
    for (TensorSpec& tensor : more)
        all.push_back(std::move(tensor));
}

/// Scale and shift.
std::vector<TensorSpec> layerNorm(const std::string& name, int64_t size) {
    return {{name + ".weight", {size}}, {name + ".bias", {size}}};
}

std::vector<TensorSpec> linearLayer(const std::string& name, int64_t out, int64_t in) {
    return {{name + ".weight", {out, in}}, {name + ".bias", {out}}};
}

} // namespace

StepCost ConvStep::cost() const {
    const auto products = static_cast<double>(in * width * out);
    return {products, products};
}

std::vector<TensorSpec> ConvStep::tensors() const {
    std::vector<TensorSpec> all;
    if (!norm.empty())
        for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
            all.push_back({norm + part, {in}});
    all.push_back({name + ".weight", {out, in, width}});
    all.push_back({name + ".bias", {out}});
    return all;
}

StepCost PairPoolStep::cost() const {
    const auto products = static_cast<double>(channels * channels);
    return {2 * products, products};
}

std::vector<TensorSpec> PairPoolStep::tensors() const {
    return {{name + ".weight", {channels, channels, 1, 1}}};
}

Reach TrunkStage::reach() const {
    Reach all;
    for (const TrunkStep& step : steps)
        all = all.then(std::visit([](const auto& its) { return its.reach(); }, step));
    return all;
}

int64_t TrunkStage::outChannels() const {
    return std::visit([](const auto& last) { return last.outChannels(); }, steps.back());
}

double AttentionBlock::cost(int64_t tokens) const {
    const auto all = static_cast<double>(tokens);
    const auto size = static_cast<double>(dim);
    const auto keySize = static_cast<double>(keys());
    const auto valueSize = static_cast<double>(values());
    const double offsets = 2 * all - 1; // between two tokens
    return all * size * (2 * keySize + 2 * valueSize) +
           offsets * static_cast<double>(positionFeatures) * keySize + all * keySize * (all + offsets) +
           all * all * valueSize + 2 * all * size * static_cast<double>(hiddenDim);
}

std::vector<TensorSpec> AttentionBlock::tensors() const {
    std::vector<TensorSpec> all = layerNorm(attentionNorm, dim);
    all.push_back({attention + ".to_q.weight", {keys(), dim}});
    all.push_back({attention + ".to_k.weight", {keys(), dim}});
    all.push_back({attention + ".to_v.weight", {values(), dim}});
    append(all, linearLayer(attention + ".to_out", dim, values()));
    all.push_back({attention + ".to_rel_k.weight", {keys(), positionFeatures}});
    all.push_back({attention + ".rel_content_bias", {1, heads, 1, key}});
    all.push_back({attention + ".rel_pos_bias", {1, heads, 1, key}});
    append(all, layerNorm(mlpNorm, dim));
    append(all, linearLayer(hidden, hiddenDim, dim));
    append(all, linearLayer(hiddenOut, dim, hiddenDim));
    return all;
}

std::vector<TensorSpec> OutputHead::tensors() const {
    return linearLayer(layer, tracks, in);
}

int64_t TransformerSpec::basesPerToken() const {
    int64_t bases = 1;
    for (const TrunkStage& stage : trunk)
        bases *= stage.reach().stride;
    return bases;
}

std::vector<TrunkStep> TransformerSpec::steps() const {
    std::vector<TrunkStep> all;
    for (const TrunkStage& stage : trunk)
        all.insert(all.end(), stage.steps.begin(), stage.steps.end());
    return all;
}

std::vector<TensorSpec> TransformerSpec::tensorsOfBody() const {
    std::vector<TensorSpec> all;
    for (const TrunkStep& step : steps())
        append(all, std::visit([](const auto& its) { return its.tensors(); }, step));
    for (const AttentionBlock& block : blocks)
        append(all, block.tensors());
    append(all, pointwise.tensors());
    return all;
}

std::vector<TensorSpec> TransformerSpec::tensors() const {
    std::vector<TensorSpec> all = tensorsOfBody();
    for (const OutputHead& one : heads)
        append(all, one.tensors());
    return all;
}

double TransformerSpec::operations() const {
    double products = 0;
    int64_t positions = inputLength;
    for (const TrunkStep& step : steps())
        std::visit(
            [&](const auto& its) {
                positions /= its.reach().stride;
                products += static_cast<double>(positions) * its.cost().defined;
            },
            step);
    for (const AttentionBlock& block : blocks)
        products += block.cost(tokens());
    double aBin = pointwise.cost().defined;
    for (const OutputHead& one : heads)
        aBin += one.cost();
    return 2 * (products + static_cast<double>(bins) * aBin);
}

} // namespace diploscope
