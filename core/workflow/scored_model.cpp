// SPDX-License-Identifier: GPL-3.0-or-later
#include "workflow/scored_model.h"

#include "engines/open_model.h"

#include <fmt/format.h>

#include <utility>

namespace diploscope {

std::string ScoredModel::note() const {
    const ModelInfo& info = predictor->info();
    std::string text = info.note;
    if (!otherwise.empty())
        text += (text.empty() ? "" : "; ") +
                fmt::format("it names no output for {}, so its own is the score", otherwise);
    return text.empty() ? text : info.name + ": " + text;
}

std::string ScoredModel::headNote() const {
    return score.output.head ? score.output.head->note : std::string();
}

ScoreRequest scoreAskedOf(const std::string& model, const ScoreRequest& asked, const StudyFile* study) {
    return study != nullptr ? asked.orElse(study->scoreOf(model)) : asked;
}

Result<ScoredModel> openModelAnyhow(const ModelRequest& request) {
    ScoredModel opened{request.place, request.open, {}, {}, {}};
    if (!opened.predictor) {
        DS_ASSIGN(opened.predictor, openModel(request.place, request.options));
    }
    const std::string phenotypes = request.study != nullptr ? request.study->phenotypes : request.phenotypes;
    const ModelInfo info = infoFor(opened.predictor->info(), phenotypes);
    const ScoreRequest asked = scoreAskedOf(request.place, request.score, request.study);
    if (phenotypes != GenePhenotypes && !info.outputs.contains(phenotypes) && asked.tracks.empty() &&
        asked.head.empty())
        opened.otherwise = phenotypes;
    Result<ScoreOptions> score = resolveScore(asked, info);
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
