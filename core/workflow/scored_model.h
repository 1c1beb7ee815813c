// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"
#include "model/score_request.h"
#include "scoring/score_options.h"
#include "study/study_file.h"

#include <memory>
#include <optional>
#include <string>

namespace diploscope {

/// What somebody asks of a model that genes are to be run with.
struct ModelRequest {
    std::string place = {};           ///< the model's folder or name
    ScoreRequest score = {};          ///< asked on a command line, by a figure, in a window
    const StudyFile* study = nullptr; ///< says what `score` leaves open; null: nobody does but model.json
    std::string phenotypes = GenePhenotypes;    ///< their kind, where `study` is null
    PredictorOptions options = {};              ///< how the model is opened
    std::shared_ptr<const Predictor> open = {}; ///< the model, where it is open already; else null
};

/// An open model, and which of its outputs are the score.
struct ScoredModel {
    std::string place;                          ///< folder or name that was asked for
    std::shared_ptr<const Predictor> predictor; ///< never null
    ScoreOptions score;
    std::optional<Error> refused = {}; ///< of openModelAnyhow() alone: why `score` is not what was asked for

    /// The kind of phenotypes for which neither somebody nor the model names an output; empty: none, or
    /// genes.
    std::string otherwise = {};

    /// What a person should know of the model before its numbers: "demo-cnn: ..."; empty: nothing.
    [[nodiscard]] std::string note() const;
    /// The same of the head that the score is by; empty: nothing, or no head.
    [[nodiscard]] std::string headNote() const;
};

/// What is asked of a model's score: `asked`, and where it says nothing the study. \param study may be null
[[nodiscard]] ScoreRequest scoreAskedOf(const std::string& model, const ScoreRequest& asked,
                                        const StudyFile* study);

/// Opens a model as everybody who runs genes does. Waits for files. \error as openModel, resolveScore
[[nodiscard]] Result<ScoredModel> openScoredModel(const ModelRequest& request);
/// The same where the score asked for does not suit the model, too: it then has its own, and
/// ScoredModel::refused. \error as openModel
[[nodiscard]] Result<ScoredModel> openModelAnyhow(const ModelRequest& request);

} // namespace diploscope
