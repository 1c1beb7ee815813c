// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_manifest.h"
#include "model/training_data.h"
#include "results/column.h"
#include "study/study.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// A study's genes as a model is trained on them: reference sequences against mean observed expression
/// (METHODS 10).
struct TrainingSet {
    TrainingData data;              ///< targets in the study's unit, after its `expression_transform`
    std::vector<std::string> genes; ///< ids, as data.inputs
    int64_t skipped = 0;            ///< genes that were measured in nobody
};

/// About 80 % of the genes train, 10 % stop the training, 10 % are never seen. Which is which follows from
/// the gene's id and the seed alone, so that a study that grows keeps its test genes. \return 0 train, 1
/// validation, 2 test.
[[nodiscard]] int splitOf(const std::string& geneId, uint64_t seed);

/// \error of reading windows; BadInput when no gene is left; Cancelled.
[[nodiscard]] Result<TrainingSet> trainingSet(const Study& study, const InputShape& input, uint64_t seed,
                                              const RunContext& context);

/// What was trained, and how well it does.
struct TrainingSummary {
    TrainingResult result; ///< losses in squared standard deviations of the training targets
    int64_t genes = 0, train = 0, validation = 0, test = 0;
    int64_t skipped = 0;
    double targetMean = 0,
           targetSd =
               1; ///< of the training genes; folded into the last layer, so scores have the study's unit
};

/// Trains the network of `architecture` on `study` and writes `folder`: model.json, weights.safetensors,
/// training.json (losses, options, test R) and training.tsv (every gene's part and target). In place only
/// when complete; an existing folder is replaced only if it holds nothing else. \param name of the new model;
/// the architecture's if empty. \error Unsupported for a kind that cannot be trained; BadInput; Mismatch for
/// a folder with other files; Cancelled.
[[nodiscard]] Result<TrainingSummary> trainModel(const Study& study, const ModelManifest& architecture,
                                                 const std::string& name, const std::filesystem::path& folder,
                                                 const TrainingOptions& options, const RunContext& context);

/// Those of training.tsv.
[[nodiscard]] std::vector<ColumnText> trainingColumns();

} // namespace diploscope
