// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "predict/enformer_config.h"
#include "predict/predictor.h"
#include "predict/safetensors.h"
#include "predict/torch_backend.h"
#include "predict/weights.h"
#include "sequence/reference_window.h"
#include "support.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>
#include <numbers>
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
};

inline std::shared_ptr<const SafetensorsFile> openSafetensors(const std::filesystem::path& file) {
    return std::make_shared<const SafetensorsFile>(SafetensorsFile::open(file).value());
}

/// LibTorch's exp() in single precision, which rounds otherwise than the C library's: a network of one layer
/// that reads the base A.
inline Eigen::VectorXd singleExp(const std::vector<double>& exponents) {
    const auto count = static_cast<int64_t>(exponents.size());
    const nlohmann::json layers{
        {{"conv1d", {{"name", "c"}, {"out", count}, {"width", 1}, {"bias", false}}}}, "exp", "flatten"};
    const WeightSource weights = [&](const TensorSpec& spec) -> Result<NamedTensor> {
        NamedTensor tensor{spec.name, spec.shape, std::vector<double>(4 * exponents.size())};
        for (size_t i = 0; i < exponents.size(); ++i)
            tensor.values[4 * i] = exponents[i];
        return tensor;
    };
    const auto network =
        torchBackend().value()->createSequential(parseNetwork(layers, 1).value(), weights, {}).value();
    return network->forward(std::vector<std::string>{"A"}, 1, {}).value().row(0);
}

/// `2 ** torch.linspace(3, log2(tokens), features)` in single precision, for the fixtures' numbers of tokens.
inline std::vector<float> portsHalfLives(int64_t tokens) {
    if (tokens == 128)
        return {8.0F, 11.8879538F, 17.665432F, 26.2507343F, 39.0084343F, 57.9663162F, 86.1376038F, 128.0F};
    return {8.0F,        9.47861385F,  11.2305174F, 13.3062172F, 15.7655649F, 18.6794624F, 22.1319275F,
            26.2224998F, 31.069128F, 36.8115349F, 43.6152916F, 51.6765785F, 61.2277946F, 72.5443268F,
            85.9524612F, 101.838776F,  120.661339F, 142.962784F, 169.386139F, 200.693283F, 237.786774F,
            281.736115F, 333.808624F,  395.505249F, 468.605347F, 555.216309F, 657.834961F, 779.420654F,
            923.478149F, 1094.16199F,  1296.39282F, 1536.00037F};
}

/// The features that the fixtures were made with: the port computed the exponential ones in single precision
/// even where all else was double, and took gammas from the published table where the case says so.
inline void usePortsFeatures(EnformerCase& c, const std::filesystem::path& table) {
    const int64_t tokens = c.config.tokens();
    const int64_t kinds = c.features.cols() / 6; // exponential, mask, gamma; the same with signs
    const std::vector<float> halfLives = portsHalfLives(tokens);
    std::vector<double> exponents;
    for (int64_t i = 0; i < c.features.rows(); ++i)
        for (const float halfLife : halfLives)
            exponents.push_back(-std::numbers::ln2_v<float> / halfLife *
                                static_cast<float>(std::abs(i - tokens + 1)));
    const Eigen::VectorXd exponentials = singleExp(exponents);
    std::vector<double> gammas;
    if (c.config.useTfGamma)
        gammas = openSafetensors(table)->read("tf_gammas").value().values;
    for (int64_t i = 0; i < c.features.rows(); ++i) {
        const auto sign = static_cast<double>((i >= tokens) - (i < tokens - 1));
        for (int64_t k = 0; k < kinds; ++k) {
            c.features(i, k) = exponentials[i * kinds + k];
            if (!gammas.empty())
                c.features(i, 2 * kinds + k) = gammas[static_cast<size_t>(i * kinds + k)];
            for (const int64_t kind : {0, 2})
                c.features(i, (3 + kind) * kinds + k) = sign * c.features(i, kind * kinds + k);
        }
    }
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
    found.features = positionFeatures(found.config.tokens(), found.config.positionFeatures());
    usePortsFeatures(found, all / "tf_gammas.safetensors");
    return found;
}

} // namespace diploscope::test
