// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/sequential_predictor.h"

#include "engines/sequential/fast_locus.h"
#include "engines/torch/plain_locus.h"
#include "engines/torch/torch_backend.h"

#include <algorithm>

namespace diploscope {

namespace {
/// Numbers that one batch of a plain pass may hold in its largest activation: 512 MiB in fp32.
constexpr int64_t kPlainNumbers = int64_t{128} << 20;
constexpr int64_t kMostPlainBatch = 64;
} // namespace

SequentialPredictor::SequentialPredictor(ModelInfo info, NetworkSpec network, WeightSource weights,
                                         PredictorOptions options)
    : m_info(std::move(info))
    , m_network(std::move(network))
    , m_weights(std::move(weights))
    , m_options(std::move(options)) {}

Result<std::shared_ptr<const PackedNetwork>> SequentialPredictor::packed() const {
    const std::lock_guard lock(m_mutex);
    if (!m_packed) {
        DS_ASSIGN(PackedNetwork network, PackedNetwork::build(m_network, m_weights));
        m_packed = std::make_shared<const PackedNetwork>(std::move(network));
    }
    return m_packed;
}

Result<std::unique_ptr<LocusPredictor>>
SequentialPredictor::prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const {
    DS_TRY(checkRequest(m_info, window, output));
    if (method == Method::Fast) {
        DS_ASSIGN(std::shared_ptr<const PackedNetwork> network, packed());
        return std::unique_ptr<LocusPredictor>(
            std::make_unique<FastLocus>(std::move(network), window, output.tracks, m_options.threads,
                                        [self = shared_from_this(), window, output] {
                                            return self->plain(window, output, Precision::Double);
                                        }));
    }
    return plain(window, output, m_options.precision);
}

Result<std::unique_ptr<LocusPredictor>> SequentialPredictor::plain(const ReferenceWindow& window,
                                                                   const OutputChoice& output,
                                                                   Precision precision) const {
    DS_ASSIGN(std::shared_ptr<TorchNetwork> network, whole(precision));
    const int64_t batch =
        std::clamp(kPlainNumbers / m_network.largestActivation(), int64_t{1}, kMostPlainBatch);
    return std::unique_ptr<LocusPredictor>(
        std::make_unique<PlainLocus>(std::move(network), window, output, m_info.trackCount, batch));
}

Result<std::shared_ptr<TorchNetwork>> SequentialPredictor::whole(Precision precision) const {
    DS_ASSIGN(const TorchBackend* torch, torchBackend());
    const std::lock_guard lock(m_mutex); // a weight source reads one tensor at a time
    std::shared_ptr<TorchNetwork>& network = m_whole[precision];
    if (!network) {
        DS_ASSIGN(network, torch->createSequential(
                               m_network, m_weights,
                               TorchOptions{m_options.devices.front(), precision, m_options.threads}));
    }
    return network;
}

std::string SequentialPredictor::computation(Method method) const {
    return method == Method::Fast ? std::string() : plainComputation(m_options.precision, m_options.devices);
}

double SequentialPredictor::editsPerWholePass() const {
    return m_network.operations() / std::max(1.0, m_network.operationsOfOneBase());
}

} // namespace diploscope
