// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/edge.h"
#include "engines/torch/module/networks.h"
#include "engines/torch/module/transformer_model.h"

namespace diploscope {

namespace {

class Network final : public TransformerNetwork {
public:
    explicit Network(std::shared_ptr<const TransformerModel> model) : m_model(std::move(model)) {}

    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method method) const override {
        return method == Method::Fast ? makeFastTransformerLocus(m_model, window, output)
                                      : makePlainTransformerLocus(m_model, window, output);
    }

private:
    std::shared_ptr<const TransformerModel> m_model;
};

} // namespace

Result<std::shared_ptr<const TransformerNetwork>>
makeTransformerNetwork(const TransformerSpec& network, const WeightSource& weights,
                       const Eigen::MatrixXd& positionFeatures, const DeviceList& devices,
                       Precision precision, int threads) {
    const torch::NoGradGuard noGradients;
    DS_ASSIGN(std::shared_ptr<const TransformerModel> model,
              TransformerModel::make(network, weights, positionFeatures, devices, precision, threads));
    return std::shared_ptr<const TransformerNetwork>(std::make_shared<Network>(std::move(model)));
}

} // namespace diploscope
