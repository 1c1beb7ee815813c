// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/crash_note.h"
#include "engines/torch/module/edge.h"
#include "engines/torch/module/facts.h"
#include "engines/torch/module/networks.h"
#include "engines/torch/module/train.h"
#include "engines/torch/torch_backend.h"

#include <fmt/format.h>
#include <torch/torch.h>

namespace diploscope {

namespace {

class Backend final : public TorchBackend {
public:
    Backend() {
        addToCrashNote(torchVersions());
        useStrictSingle();
    }

    std::string version() const override { return TORCH_VERSION; }
    TorchFacts facts() const override { return torchFacts(); }
    Result<double> measureProducts(Device device) const override {
        return atTorchEdge("Multiplying matrices", [&] { return productSpeed(device); });
    }

    std::vector<std::string> devices() const override {
        std::vector<std::string> all{"cpu"};
        const size_t gpus = torch::cuda::is_available() ? torch::cuda::device_count() : 0;
        for (size_t i = 0; i < gpus; ++i)
            all.push_back(fmt::format("cuda:{}", i));
        return all;
    }

    Result<void> checkDevice(Device device) const override {
        DS_TRY(torchDevice(device));
        return {};
    }

    Result<std::unique_ptr<TorchNetwork>> createSequential(const NetworkSpec& network,
                                                           const WeightSource& weights,
                                                           const TorchOptions& options) const override {
        return atTorchEdge("Making the network",
                           [&] { return makeSequentialNetwork(network, weights, options); });
    }

    Result<std::unique_ptr<TorchNetwork>> openScript(const std::filesystem::path& file,
                                                     const ScriptShape& shape,
                                                     const TorchOptions& options) const override {
        return atTorchEdge("Opening the TorchScript module",
                           [&] { return makeScriptNetwork(file, shape, options); });
    }

    Result<std::shared_ptr<const TransformerNetwork>>
    createTransformer(const TransformerSpec& network, const WeightSource& weights,
                      const Eigen::MatrixXd& positionFeatures, const DeviceList& devices, Precision precision,
                      int threads) const override {
        return atTorchEdge("Making the network", [&] {
            return makeTransformerNetwork(network, weights, positionFeatures, devices, precision, threads);
        });
    }

    Result<TrainingResult> trainSequential(const NetworkSpec& network, const TrainingData& data,
                                           const TrainingOptions& options,
                                           const RunContext& context) const override {
        return atTorchEdge("Training",
                           [&] { return trainSequentialNetwork(network, data, options, context); });
    }

    Result<TrainingResult> trainTransformer(const TransformerSpec& network, const OutputChoice& output,
                                            const TrainingData& data, const TrainingOptions& options,
                                            const RunContext& context) const override {
        return atTorchEdge("Training",
                           [&] { return trainTransformerNetwork(network, output, data, options, context); });
    }
};

} // namespace

} // namespace diploscope

/// The module's only entry. Null when the program was built against another version of the interface.
extern "C" __attribute__((visibility("default"))) const diploscope::TorchBackend*
diploscopeTorchBackend(int interfaceVersion) {
    static const diploscope::Backend backend;
    return interfaceVersion == diploscope::kTorchInterfaceVersion ? &backend : nullptr;
}
