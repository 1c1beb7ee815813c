// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/transformer_model.h"

#include "base/parallel.h"
#include "engines/torch/module/edge.h"
#include "engines/torch/module/free_memory.h"

#include <algorithm>
#include <optional>
#include <thread>

namespace diploscope {

namespace {

torch::TensorOptions optionsOf(torch::Device device, Precision precision) {
    return torch::TensorOptions(device).dtype(precision == Precision::Double ? torch::kFloat64
                                                                             : torch::kFloat32);
}

/// How many of something that takes so many numbers each.
int64_t fitting(const TransformerLayers& on, int64_t numbersEach, int64_t most) {
    // A processor's caches and threads are full with little; a card wants much at once.
    const double cap = on.options().device().is_cpu() ? 0x1p30 : 0x1p34;
    const double room = std::min(cap, 0.5 * freeMemory(on.options().device()));
    const auto bytesEach =
        static_cast<double>(numbersEach) * static_cast<double>(on.options().dtype().itemsize());
    return std::clamp(static_cast<int64_t>(room / bytesEach), int64_t{1}, most);
}

} // namespace

Result<std::shared_ptr<const TransformerModel>>
TransformerModel::make(const TransformerSpec& network, const WeightSource& source,
                       const Eigen::MatrixXd& positionFeatures, const DeviceList& devices,
                       Precision precision, int threads) {
    auto model = std::make_shared<TransformerModel>();
    model->network = network;
    model->reach = TrunkReach::byStages(network);
    model->source = source;
    model->positionFeatures = positionFeatures;
    model->devices = devices;
    model->precision = precision;
    const auto processors =
        std::count_if(devices.begin(), devices.end(), [](Device d) { return d.kind == Device::Kind::Cpu; });
    const int all = threads > 0 ? threads : availableThreads();
    model->threads = std::max(1, all / std::max(1, static_cast<int>(processors)));
    const TransformerWeights weights(source);
    for (size_t i = 0; i < devices.size(); ++i) {
        const auto same = std::find(devices.begin(), devices.begin() + static_cast<int64_t>(i), devices[i]);
        if (same != devices.begin() + static_cast<int64_t>(i)) {
            model->layers.push_back(model->layers[static_cast<size_t>(same - devices.begin())]);
            continue;
        }
        DS_ASSIGN(const torch::Device device, torchDevice(devices[i]));
        std::unique_ptr<TransformerLayers> layers;
#ifdef DIPLOSCOPE_ONEDNN
        if (device.is_cpu() && precision == Precision::Single && onednnComputes(network)) {
            DS_ASSIGN(layers, makeOnednnLayers(network, weights, positionFeatures));
        }
#endif
        if (!layers) {
            DS_ASSIGN(layers,
                      makeAtenLayers(network, weights, positionFeatures, optionsOf(device, precision)));
        }
        model->layers.push_back(std::move(layers));
    }
    return std::shared_ptr<const TransformerModel>(std::move(model));
}

int64_t TransformerModel::batchSize() const {
    const auto dim = static_cast<double>(network.dim());
    const auto tokens = static_cast<double>(network.tokens());
    const double sequence =
        static_cast<double>(network.blocks.size()) * tokens * dim * (8 * dim + 2 * tokens);
    const double perDevice = devices.front().kind == Device::Kind::Cpu ? 2e12 : 1e14;
    return std::clamp(static_cast<int64_t>(perDevice / sequence), int64_t{1}, int64_t{256}) *
           static_cast<int64_t>(devices.size());
}

int64_t TransformerModel::sequencesAtOnce(const TransformerLayers& on) const {
    const AttentionBlock& block = network.blocks.front();
    const int64_t wide = 2 * block.keys() + 8 * block.dim;
    const int64_t logits = 3 * block.heads * 256;
    return fitting(on, network.tokens() * (wide + logits), 256);
}

int64_t TransformerModel::windowsAtOnce(const TransformerLayers& on) const {
    const int64_t bases = receptiveSpans(reach, {0, tokensOfOneBase(reach)}).front().length();
    return fitting(on, bases * network.trunk.front().outChannels() * 6, 256);
}

std::vector<int64_t> TransformerModel::tokensOf(const OutputChoice& output) const {
    std::vector<int64_t> tokens;
    for (const int bin : output.bins)
        tokens.push_back(network.crop() + bin);
    return tokens;
}

Result<Eigen::MatrixXd> onAllDevices(
    const TransformerModel& model, std::span<const std::string> inputs, int64_t columns,
    const std::function<Result<Eigen::MatrixXd>(size_t device, std::span<const std::string>)>& predictOn) {
    Eigen::MatrixXd values(static_cast<int64_t>(inputs.size()), columns);
    const size_t shares = std::min(model.layers.size(), std::max<size_t>(inputs.size(), 1));
    const auto firstOf = [&](size_t share) { return share * inputs.size() / shares; };
    std::vector<std::optional<Error>> errors(shares);
    const auto predictShare = [&](size_t share) {
        const auto part = inputs.subspan(firstOf(share), firstOf(share + 1) - firstOf(share));
        if (part.empty())
            return;
        const Result<Eigen::MatrixXd> rows =
            atTorchEdge("Running the model", [&]() -> Result<Eigen::MatrixXd> {
                const torch::NoGradGuard noGradients;
                useThreads(model.threads);
                return predictOn(share, part);
            });
        if (rows)
            values.middleRows(static_cast<int64_t>(firstOf(share)), rows->rows()) = *rows;
        else
            errors[share] = rows.error();
    };
    {
        std::vector<std::jthread> others;
        for (size_t share = 1; share < shares; ++share)
            others.emplace_back(predictShare, share);
        predictShare(0);
    }
    for (const std::optional<Error>& error : errors)
        if (error)
            return fail(*error);
    return values;
}

Eigen::MatrixXd rowsOf(const torch::Tensor& values_NQK) {
    const torch::Tensor values = values_NQK.to(torch::kCPU, torch::kFloat64).contiguous();
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const RowMajor>(values.data_ptr<double>(), values.size(0),
                                      values.size(1) * values.size(2));
}

} // namespace diploscope
