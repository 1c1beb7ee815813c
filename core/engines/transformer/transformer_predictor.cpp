// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transformer/transformer_predictor.h"

#include "engines/transformer/trunk_windows.h"

#include <algorithm>

namespace diploscope {

TransformerPredictor::TransformerPredictor(ModelInfo info, TransformerSpec spec, WeightSource weights,
                                           Eigen::MatrixXd positionFeatures, PredictorOptions options)
    : m_info(std::move(info))
    , m_spec(std::move(spec))
    , m_weights(std::move(weights))
    , m_positionFeatures(std::move(positionFeatures))
    , m_options(std::move(options)) {}

Result<std::shared_ptr<const TransformerNetwork>> TransformerPredictor::network() const {
    const std::lock_guard lock(m_mutex);
    if (!m_network) {
        DS_ASSIGN(const TorchBackend* torch, torchBackend());
        DS_ASSIGN(m_network,
                  torch->createTransformer(m_spec, m_weights, m_positionFeatures, m_options.devices,
                                           m_options.precision, m_options.threads));
    }
    return m_network;
}

Result<std::unique_ptr<LocusPredictor>> TransformerPredictor::prepare(const ReferenceWindow& window,
                                                                      const OutputChoice& output,
                                                                      Method method) const {
    DS_TRY(checkRequest(m_info, window, output));
    DS_ASSIGN(const std::shared_ptr<const TransformerNetwork> made, network());
    return made->prepare(window, output, method);
}

std::string TransformerPredictor::computation(Method method) const {
    const std::string plain = plainComputation(m_options.precision, m_options.devices);
    return method == Method::Plain ? plain : plain.substr(plain.find(' ') + 1);
}

double TransformerPredictor::editsPerWholePass() const {
    double edit = trunkWork(m_spec, tokensOfOneBase(TrunkReach::bySteps(m_spec)));
    for (size_t i = 0; i + 1 < m_spec.blocks.size(); ++i) // of the last one only the asked bins are computed
        edit += m_spec.blocks[i].cost(m_spec.tokens());
    return std::max(1.0, m_spec.operations() / (2 * edit)); // that counts a product and its sum as two
}

} // namespace diploscope
