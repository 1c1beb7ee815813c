// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/effects_columns.h"

#include "genome/liftover.h"
#include "io/chain_reader.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
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
    DS_ASSIGN(columns.chain, fields.text("chain", ""));
    if (std::filesystem::path(columns.chain).filename() != std::filesystem::path(columns.chain))
        return fail(
            ErrorKind::BadInput,
            fmt::format("Expected the name of a file in the model's folder, found \"{}\".", columns.chain),
            fields.pathOf("chain"));
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

Result<LiftedEffects> readLiftedEffects(const ModelManifest& model, const std::filesystem::path& file,
                                        const EffectsColumns& columns) {
    DS_ASSIGN(EffectTable table, EffectTable::read(file, columns.scores));
    if (columns.chain.empty())
        return LiftedEffects{std::move(table), {}};
    DS_ASSIGN(const std::filesystem::path chainFile, model.findFile(columns.chain));
    DS_ASSIGN(const Liftover chain, readChain(chainFile));
    const LiftCounts counts = table.lift(chain);
    if (counts.lifted == 0)
        return fail(ErrorKind::Mismatch,
                    fmt::format("Not one place of the table could be lifted: {}.", toText(counts)),
                    chainFile.string(),
                    "Give the chain from the table's build to the study's, not the other way round.");
    return LiftedEffects{std::move(table),
                         fmt::format("places lifted by {}: {}", columns.chain, toText(counts))};
}

} // namespace diploscope
