// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/score_request_json.h"

#include "base/json_fields.h"

namespace diploscope {
namespace {

constexpr const char* ShiftsKey = "shifts";
constexpr const char* BothStrandsKey = "reverse_complement";

} // namespace

std::vector<std::string> withScoreKeys(std::vector<std::string> own) {
    for (const auto& [key, text] : ScoreTexts)
        own.emplace_back(key);
    for (const auto& [key, file] : ScoreFiles)
        own.emplace_back(key);
    own.emplace_back(ShiftsKey);
    own.emplace_back(BothStrandsKey);
    own.emplace_back(OwnScoreKey);
    return own;
}

void addScoreJson(nlohmann::ordered_json& item, const ScoreRequest& request, const ScorePathText& pathText) {
    for (const auto& [key, text] : ScoreTexts)
        if (!(request.*text).empty())
            item[key] = request.*text;
    for (const auto& [key, file] : ScoreFiles)
        if (!(request.*file).empty())
            item[key] = pathText(request.*file);
    if (request.shifts)
        item[ShiftsKey] = *request.shifts;
    if (request.reverseComplement)
        item[BothStrandsKey] = *request.reverseComplement;
    if (request.ownScore)
        item[OwnScoreKey] = true;
}

Result<ScoreRequest> scoreRequestOf(const JsonFields& item, const ScorePathOf& pathOf) {
    ScoreRequest request;
    for (const auto& [key, text] : ScoreTexts) {
        DS_ASSIGN(request.*text, item.text(key, ""));
    }
    for (const auto& [key, file] : ScoreFiles) {
        DS_ASSIGN(const std::string name, item.text(key, ""));
        if (!name.empty())
            request.*file = pathOf(name);
    }
    if (item.has(ShiftsKey)) {
        DS_ASSIGN(const int64_t shifts, item.integer(ShiftsKey, 0, kMostShifts));
        request.shifts = static_cast<int>(shifts);
    }
    if (item.has(BothStrandsKey)) {
        DS_ASSIGN(request.reverseComplement, item.boolean(BothStrandsKey, false));
    }
    DS_ASSIGN(request.ownScore, item.boolean(OwnScoreKey, false));
    return request;
}

} // namespace diploscope
