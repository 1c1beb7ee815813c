// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"
#include "model/opened_model.h"
#include "model/random_weights.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace diploscope::test {

// A kind of models as an addition to the program would be one: this file is all there is of it. A sequence's
// score is the sum of its bases' weights, times `scale`.

struct BaseCountPart final : KindPart {
    double scale = 1;
};

class BaseCountLocus final : public LocusPredictor {
public:
    BaseCountLocus(ReferenceWindow window, Eigen::Vector4d weights)
        : m_window(std::move(window)), m_weights(std::move(weights)) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
        Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(static_cast<int64_t>(sequences.size()), 1);
        for (size_t i = 0; i < sequences.size(); ++i)
            for (const char base : modelInput(m_window, sequences[i]))
                if (const size_t at = std::string("ACGT").find(base); at != std::string::npos)
                    scores(static_cast<int64_t>(i), 0) += m_weights[static_cast<int64_t>(at)];
        return scores;
    }
    int64_t batchSize() const override { return 16; }

private:
    ReferenceWindow m_window;
    Eigen::Vector4d m_weights;
};

class BaseCountPredictor final : public Predictor {
public:
    BaseCountPredictor(ModelInfo info, Eigen::Vector4d weights)
        : m_info(std::move(info)), m_weights(std::move(weights)) {}

    const ModelInfo& info() const override { return m_info; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method) const override {
        DS_TRY(checkRequest(m_info, window, output));
        return std::unique_ptr<LocusPredictor>(std::make_unique<BaseCountLocus>(window, m_weights));
    }
    std::string computation(Method) const override { return {}; }

private:
    ModelInfo m_info;
    Eigen::Vector4d m_weights;
};

class BaseCountKind final : public ModelKind {
public:
    std::string name() const override { return "base-count"; }
    KindWords words() const override { return {"a count of bases", "counts of bases"}; }

    std::vector<std::string> keys() const override { return {"scale"}; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override {
        auto part = std::make_shared<BaseCountPart>();
        DS_ASSIGN(part->scale, fields.number("scale", 1));
        model.part = std::move(part);
        return {};
    }
    const HuggingFaceForm* huggingFace() const override {
        static const HuggingFaceForm form{"base-count", {"base_weights"}};
        return &form;
    }
    Result<nlohmann::json> ofHuggingFace(const nlohmann::json& config, int64_t inputLength) const override {
        const int64_t length = inputLength > 0 ? inputLength : 20;
        return nlohmann::json{{"input", {{"length", length}, {"tss_index", length / 2}}},
                              {"scale", config.value("scale", 1.0)}};
    }
    std::optional<WeightNeeds> needs(const ModelManifest&) const override {
        return WeightNeeds{{{"bases.weight", {4}}}, {}, {}};
    }

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions&,
                                                  int64_t randomWeightsSeed) const override {
        const auto random = [](uint64_t seed) -> WeightSource {
            return [seed](const TensorSpec& spec) -> Result<NamedTensor> {
                return randomTensor(spec, seed, {0, 1});
            };
        };
        DS_ASSIGN(const OpenedWeights weights,
                  openWeightsOf(model, *needs(model), random, randomWeightsSeed));
        DS_ASSIGN(const NamedTensor bases, weights.source({"bases.weight", {4}}));
        DS_ASSIGN(ModelInfo info, infoOf(model));
        info.checksum = checksumOf(model, weights.digest);
        const double scale = dynamic_cast<const BaseCountPart&>(*model.part).scale;
        const Eigen::Vector4d scaled = scale * Eigen::Map<const Eigen::Vector4d>(bases.values.data());
        return std::shared_ptr<const Predictor>(
            std::make_shared<BaseCountPredictor>(std::move(info), scaled));
    }
    Gradients gradients() const override { return Gradients::Never; }
};

} // namespace diploscope::test
