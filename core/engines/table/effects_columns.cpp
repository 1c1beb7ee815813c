// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/effects_columns.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace diploscope {

using nlohmann::json;

Result<EffectsColumns> EffectsColumns::parse(const JsonFields& fields) {
    EffectsColumns columns;
    const json byDefault = json::array({"score"});
    const json& scores = fields.has("scores") ? fields.at("scores") : byDefault;
    const auto isName = [](const json& item) {
        return item.is_string() && !item.get_ref<const std::string&>().empty();
    };
    if (!scores.is_array() || scores.empty() || !std::all_of(scores.begin(), scores.end(), isName) ||
        std::set<json>(scores.begin(), scores.end()).size() != scores.size())
        return fail(ErrorKind::BadInput, "Expected a list of the table's columns of scores, each once.",
                    fields.pathOf("scores"), R"(Write "scores": ["score"].)");
    for (const json& item : scores)
        columns.scores.push_back(item.get<std::string>());
    DS_ASSIGN(const size_t per, fields.choice("per", {"copy", "person"}, 0));
    columns.perPerson = per == 1;
    return columns;
}

std::shared_ptr<const TrackList> EffectsColumns::tracks() const {
    if (scores.size() == 1)
        return nullptr;
    TrackList tracks;
    for (const std::string& score : scores)
        tracks.push_back({score, score});
    return std::make_shared<const TrackList>(std::move(tracks));
}

} // namespace diploscope
