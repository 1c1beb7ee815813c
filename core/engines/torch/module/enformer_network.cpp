// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/edge.h"
#include "engines/torch/module/enformer_model.h"
#include "engines/torch/module/networks.h"

namespace diploscope {

namespace {

class Network final : public EnformerNetwork {
public:
    explicit Network(std::shared_ptr<const EnformerModel> model) : m_model(std::move(model)) {}

    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        return method == Method::Fast ? makeFastEnformerLocus(m_model, window, output)
                                      : makePlainEnformerLocus(m_model, window, output);
    }

private:
    std::shared_ptr<const EnformerModel> m_model;
};

} // namespace

Result<std::shared_ptr<const EnformerNetwork>> makeEnformerNetwork(const TransformerSpec& network,
                                                                   const WeightSource& weights,
                                                                   const Eigen::MatrixXd& positionFeatures,
                                                                   const DeviceList& devices,
                                                                   Precision precision, int threads) {
    const torch::NoGradGuard noGradients;
    DS_ASSIGN(std::shared_ptr<const EnformerModel> model,
              EnformerModel::make(network, weights, positionFeatures, devices, precision, threads));
    return std::shared_ptr<const EnformerNetwork>(std::make_shared<Network>(std::move(model)));
}

} // namespace diploscope
