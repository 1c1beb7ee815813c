// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/torch/torch_backend.h"
#include "engines/transformer/position_features.h"
#include "engines/transformer/position_table.h"
#include "model/enformer_config.h"
#include "model/predictor.h"
#include "sequence/reference_window.h"
#include "support.h"
#include "weights/model_weights.h"
#include "weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace diploscope::test {

/// One of the public PyTorch port's cases in the shared data, `enformer_parity/NAME`.
struct EnformerCase {
    EnformerConfig config;
    ReferenceWindow window;
    OutputChoice output;
    std::vector<EditList> edits;
    std::shared_ptr<const SafetensorsFile> weightsFile;
    std::shared_ptr<const SafetensorsFile> expected;
    Eigen::MatrixXd features; ///< with the published gamma table where the case used it

    [[nodiscard]] WeightSource weights() const { return weightsOfFile(weightsFile); }
    /// A tensor of the expected results as [rows x the rest].
    [[nodiscard]] Eigen::MatrixXd want(const std::string& name) const {
        const NamedTensor tensor = expected->read(name).value();
        using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        return Eigen::Map<const RowMajor>(tensor.values.data(), tensor.shape.front(),
                                          elementCount(tensor.shape) / tensor.shape.front());
    }
    /// Of the reference and all edits, relative.
    [[nodiscard]] Result<double> worstDifference(const DeviceList& devices, Precision precision,
                                                 Method method) const {
        DS_ASSIGN(const TorchBackend* torch, torchBackend());
        DS_ASSIGN(const auto network,
                  torch->createTransformer(config.network(), weights(), features, devices, precision, 2));
        DS_ASSIGN(const auto locus, network->prepare(window, output, method));
        std::vector<EditList> sequences{{}};
        sequences.insert(sequences.end(), edits.begin(), edits.end());
        DS_ASSIGN(const Eigen::MatrixXd values, locus->predict(sequences, {}));
        Eigen::MatrixXd wanted(values.rows(), values.cols());
        wanted << want("human_bins_tracks").reshaped<Eigen::RowMajor>().transpose(), want("edited");
        return ((values - wanted).array() / wanted.array()).abs().maxCoeff();
    }
};

inline std::shared_ptr<const SafetensorsFile> openSafetensors(const std::filesystem::path& file) {
    return std::make_shared<const SafetensorsFile>(SafetensorsFile::open(file).value());
}

inline EnformerCase readEnformerCase(const std::string& name, const std::string& head = "human") {
    const std::filesystem::path all = sharedData() / "enformer_parity";
    const auto json = [&](const char* file) {
        return nlohmann::json::parse(std::ifstream(all / name / file));
    };
    const nlohmann::json spec = json("case.json");
    EnformerCase found;
    found.config =
        parseEnformerConfig(json("config.json"), "config.json", spec.at("sequence_length")).value();
    found.config.head = head;
    found.output.bins = spec.at("bins").get<std::vector<int>>();
    found.output.tracks = spec.at("tracks").get<std::vector<int>>();
    std::string bases;
    std::ifstream(all / name / "sequence.txt") >> bases;
    const int64_t length = found.config.inputLength;
    found.window = windowOverSequence(bases, {length, length / 2, StrandRule::Forward});
    for (const auto& edit : spec.at("edits"))
        found.edits.push_back({{edit.at("offset"), 1, edit.at("alt")}});
    found.weightsFile = openSafetensors(all / name / "model.safetensors");
    found.expected = openSafetensors(all / name / "expected.safetensors");
    const Eigen::MatrixXd gammas =
        found.config.useTfGamma ? readPositionTable(all / "tf_gammas.safetensors", found.config).value()
                                : gammaFeatures(found.config.tokens(), found.config.positionFeatures() / 6);
    found.features = positionFeatures(found.config.tokens(), found.config.positionFeatures(), gammas);
    return found;
}

} // namespace diploscope::test
