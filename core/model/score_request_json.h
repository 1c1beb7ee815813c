// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/score_request.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

class JsonFields;

/// What of a request is text, and which files it names, under the keys that study files, sessions, figures
/// and settings store them by.
inline constexpr std::pair<const char*, std::string ScoreRequest::*> ScoreTexts[] = {
    {"tracks", &ScoreRequest::tracks},
    {"bins", &ScoreRequest::bins},
    {"aggregate", &ScoreRequest::aggregate}};
inline constexpr std::pair<const char*, std::filesystem::path ScoreRequest::*> ScoreFiles[] = {
    {"head", &ScoreRequest::head}, {"targets", &ScoreRequest::targets}};
/// ScoreRequest::ownScore: a key of all files but the study's, past which it speaks.
inline constexpr const char* OwnScoreKey = "own_score";

/// How the file that holds a request names another one, and which one a name in it means. Neither is asked
/// about a request's missing files.
using ScorePathText = std::function<std::string(const std::filesystem::path&)>;
using ScorePathOf = std::function<std::filesystem::path(const std::string&)>;

/// The keys of a request's JSON behind those that its object has besides: {"model"} -> model, tracks, ...
[[nodiscard]] std::vector<std::string> withScoreKeys(std::vector<std::string> own);

/// Adds what the request says, and nothing for what it leaves to others.
/// \param item an object, which says whose score it is
void addScoreJson(nlohmann::ordered_json& item, const ScoreRequest& request, const ScorePathText& pathText);

/// The other way round. \param item opened withScoreKeys() \error BadInput with the JSON path, of a value of
/// another type, or of more shifts than kMostShifts
[[nodiscard]] Result<ScoreRequest> scoreRequestOf(const JsonFields& item, const ScorePathOf& pathOf);

} // namespace diploscope
