// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_fields.h"
#include "model/model_manifest.h"
#include "model/predictor.h"
#include "model/training_data.h"
#include "weights/model_weights.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// What a kind read of its own keys of model.json. Immutable; who needs it asks the kind's own header.
struct KindPart {
    virtual ~KindPart() = default;
};

/// How people call models of a kind, within a sentence.
struct KindWords {
    std::string one;  ///< "an Enformer"
    std::string many; ///< "Enformers"
};

/// How Hugging Face keeps models of a kind: a `config.json` beside the weights.
struct HuggingFaceForm {
    std::string modelType;         ///< its "model_type"
    std::vector<std::string> keys; ///< by which it is known where it gives no type
};

/// What of a model would run as a program of its maker, see model_trust.h.
struct ForeignProgram {
    std::filesystem::path place; ///< the file, or the folder that the command is started in
    std::string command;         ///< the line that is started, for people; empty for what is loaded
    std::string sha256;          ///< of all that it is, as far as the model's folder holds it
};

/// Whether d score / d input can be had: of every model of a kind, of some, of none.
enum class Gradients { Always, Perhaps, Never };

/// A kind of models: all that differs between kinds, so that nobody else asks which one a model is of. One
/// object a kind, listed in `core/engines/model_kinds.cpp`. Immutable; any thread.
class ModelKind {
public:
    virtual ~ModelKind() = default;

    /// The word for it in model.json.
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual KindWords words() const = 0;
    /// A model in detail, for people: lines without their ends. May be none.
    [[nodiscard]] virtual std::vector<std::string> inDetail(const ModelManifest& model) const;

    // model.json

    /// Keys of model.json that have a meaning for this kind and not for all.
    [[nodiscard]] virtual std::vector<std::string> keys() const = 0;
    /// The key of model.json that names the file of its numbers; empty where it has no such file.
    [[nodiscard]] virtual std::string fileKey() const { return "weights"; }
    /// What its models read where model.json has no `input`. Nothing: it must say.
    [[nodiscard]] virtual std::optional<InputShape> defaultInput() const { return std::nullopt; }
    /// Whether its models are made of others: then parse() reads everything but name, licence and source, and
    /// fills `members`.
    [[nodiscard]] virtual bool isOfMembers() const { return false; }
    /// Reads and checks its keys; `input` is known. Sets `part`, and `binCount` and `trackCount` where they
    /// follow. \error as readModelManifest, `where` being the JSON path
    [[nodiscard]] virtual Result<void> parse(const JsonFields& fields, ModelManifest& model) const = 0;
    /// What `output` may say of counts and layout, which kinds that know them refuse. \error BadInput
    [[nodiscard]] virtual Result<void> parseOutput(const JsonFields& output, ModelManifest& model) const;
    /// Whether a model of it may be one of another's members. \error Unsupported
    [[nodiscard]] virtual Result<void> mayBeMember() const { return {}; }
    /// Null where Hugging Face keeps none in a form that is known.
    [[nodiscard]] virtual const HuggingFaceForm* huggingFace() const { return nullptr; }
    /// `input`, `output` and the kind's own keys of the model.json that a `config.json` stands for.
    /// \param inputLength bp; 0: the kind's own \error as parse()
    [[nodiscard]] virtual Result<nlohmann::json> ofHuggingFace(const nlohmann::json& config,
                                                               int64_t inputLength) const;

    // Weights

    /// What it needs of a weights file. Nothing where only the program in the file knows, and of models made
    /// of others.
    [[nodiscard]] virtual std::optional<WeightNeeds> needs(const ModelManifest& model) const;
    /// Of kinds without needs(): whether a file may hold a model's weights at all. \error BadInput
    [[nodiscard]] virtual Result<void> checkFile(const std::filesystem::path& file) const;
    /// Of kinds whose file is a table: reads it whole. \error what is wrong with it, with the line
    [[nodiscard]] virtual Result<void> checkTable(const ModelManifest& /*model*/,
                                                  const std::filesystem::path& /*file*/) const {
        return {};
    }
    /// Whether there is a table to check.
    [[nodiscard]] virtual bool isTable() const { return false; }
    /// Whether its models are programs of their makers, which ask before they run (model_trust.h).
    [[nodiscard]] virtual bool runsForeignCode() const { return false; }
    /// Of kinds that run foreign code: which. \error of finding and reading its files
    [[nodiscard]] virtual Result<ForeignProgram> program(const ModelManifest& model) const;
    [[nodiscard]] virtual bool hasRandomWeights() const { return true; }

    // Computing

    /// \param randomWeightsSeed as openModel() \error as openModel()
    [[nodiscard]] virtual Result<std::shared_ptr<const Predictor>>
    open(const ModelManifest& model, const PredictorOptions& options, int64_t randomWeightsSeed) const = 0;
    [[nodiscard]] virtual Gradients gradients() const = 0;
    /// Whether Method::Fast computes on the chosen device and in the chosen precision. Otherwise it computes
    /// on the processor in fp64, whatever is chosen, or there is no faster way than Method::Plain.
    [[nodiscard]] virtual bool fastIsOnDevice() const { return false; }
    /// Floating-point operations of one whole forward pass, a product and its sum being two. Nothing where
    /// nobody knows.
    [[nodiscard]] virtual std::optional<double> operations(const ModelManifest& model) const;

    // Training

    [[nodiscard]] virtual bool canBeTrained() const { return false; }
    /// \error Unsupported for a kind that cannot be trained
    [[nodiscard]] virtual Result<TrainingForm> trainingForm(const ModelManifest& model) const;
    /// Trains from random weights (METHODS 10: mean squared error, Adam), with early stopping. \error as
    /// trainingForm(); BadInput for data that do not fit; Cancelled between batches; Unsupported; Internal
    [[nodiscard]] virtual Result<TrainingResult> train(const ModelManifest& model, const TrainingData& data,
                                                       const TrainingOptions& options,
                                                       const RunContext& context) const;
};

/// "weights    4 tensors, 812 numbers", for inDetail().
[[nodiscard]] std::string inWords(const std::vector<TensorSpec>& tensors);

/// Whoever asks a model of another kind for a list of layers. Unsupported.
[[nodiscard]] Failure hasNoLayers(const ModelManifest& model);

} // namespace diploscope
