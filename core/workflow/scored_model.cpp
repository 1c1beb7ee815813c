// SPDX-License-Identifier: GPL-3.0-or-later
#include "workflow/scored_model.h"

#include "engines/open_model.h"

#include <utility>

namespace diploscope {

std::string ScoredModel::note() const {
    const ModelInfo& info = predictor->info();
    return info.note.empty() ? std::string() : info.name + ": " + info.note;
}

std::string ScoredModel::headNote() const {
    return score.output.head ? score.output.head->note : std::string();
}

ScoreRequest scoreAskedOf(const std::string& model, const ScoreRequest& asked, const StudyFile* study) {
    return study != nullptr ? asked.orElse(study->scoreOf(model)) : asked;
}

Result<ScoredModel> openModelAnyhow(const ModelRequest& request) {
    ScoredModel opened{request.place, request.open, {}};
    if (!opened.predictor) {
        DS_ASSIGN(opened.predictor, openModel(request.place, request.options));
    }
    const ModelInfo& info = opened.predictor->info();
    Result<ScoreOptions> score =
        resolveScore(scoreAskedOf(request.place, request.score, request.study), info);
    if (score) {
        opened.score = *std::move(score);
    } else {
        opened.score = defaultScore(info);
        opened.refused = std::move(score).error();
    }
    return opened;
}

Result<ScoredModel> openScoredModel(const ModelRequest& request) {
    DS_ASSIGN(ScoredModel opened, openModelAnyhow(request));
    if (opened.refused)
        return fail(*std::move(opened.refused));
    return opened;
}

} // namespace diploscope
