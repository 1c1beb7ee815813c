// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/session_layout.h"

#include "base/json_text.h"
#include "base/paths.h"
#include "base/utf8.h"
#include "document/session_experiments.h"

#include <fmt/format.h>

#include <limits>
#include <set>

namespace diploscope::ui {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr size_t MostPlaces = 1000;
constexpr NullChoice Nulls[] = {NullChoice::Published, NullChoice::Calibrated, NullChoice::Empirical};

ordered_json pathsOf(const std::vector<fs::path>& files, const fs::path& folder) {
    ordered_json list = ordered_json::array();
    for (const fs::path& file : files)
        list.push_back(pathFrom(folder, file).string());
    return list;
}

Result<std::vector<fs::path>> readPaths(const JsonFields& fields, const std::string& key,
                                        const fs::path& folder) {
    std::vector<fs::path> files;
    if (!fields.has(key))
        return files;
    const json& list = fields.at(key);
    if (!list.is_array() || list.size() > MostPlaces)
        return fail(ErrorKind::BadInput, fmt::format("Expected a list of files, found {}.", shortJson(list)),
                    fields.pathOf(key));
    for (const json& item : list) {
        if (!item.is_string() || item.get_ref<const std::string&>().empty())
            return fail(ErrorKind::BadInput, fmt::format("Expected a file, found {}.", shortJson(item)),
                        fields.pathOf(key));
        files.push_back(resolvedPath(folder, item.get<std::string>()));
    }
    return files;
}

Result<LocusLayout::Place> readPlace(const json& item, const std::string& path) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(item, path, {"track", "height", "shown"}));
    LocusLayout::Place place;
    DS_ASSIGN(place.track, fields.text("track"));
    DS_ASSIGN(place.shown, fields.boolean("shown", true));
    if (!fields.has("height"))
        return place;
    const json& height = fields.at("height");
    if (!height.is_number() || height.get<double>() < LocusLayout::LeastHeight ||
        height.get<double>() > LocusLayout::MostHeight)
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected a height from {} to {}, found {}.", LocusLayout::LeastHeight,
                                LocusLayout::MostHeight, shortJson(height)),
                    fields.pathOf("height"));
    place.height = height.get<double>();
    return place;
}

} // namespace

ordered_json jsonOf(const LocusLayout& layout, const fs::path& folder) {
    ordered_json places = ordered_json::array();
    for (const LocusLayout::Place& place : layout.places)
        places.push_back({{"track", place.track}, {"height", place.height}, {"shown", place.shown}});
    return {{"order", std::move(places)},
            {"haplotypes", wordOf(layout.rows)},
            {"files", pathsOf(layout.files, folder)},
            {"removed", pathsOf(layout.removed, folder)},
            {"motifs", pathsOf(layout.motifs, folder)},
            {"shared_scale", layout.sharedScale}};
}

Result<void> checkFileNames(const LocusLayout& layout) {
    for (const auto* files : {&layout.files, &layout.removed, &layout.motifs})
        for (const fs::path& file : *files)
            if (!isUtf8(file.string()))
                return fail(ErrorKind::Unsupported,
                            "The name of a track's file is not in UTF-8, which JSON cannot hold.",
                            file.parent_path().string(), "Rename that file or folder.");
    return {};
}

Result<LocusLayout> readLayout(const JsonFields& fields, const fs::path& folder) {
    LocusLayout layout;
    if (!fields.has("tracks"))
        return layout;
    DS_ASSIGN(const JsonFields tracks,
              JsonFields::open(fields.at("tracks"), fields.pathOf("tracks"),
                               {"order", "haplotypes", "files", "removed", "motifs", "shared_scale"}));
    if (tracks.has("order")) {
        const json& order = tracks.at("order");
        if (!order.is_array() || order.size() > MostPlaces)
            return fail(ErrorKind::BadInput,
                        fmt::format("Expected a list of tracks, found {}.", shortJson(order)),
                        tracks.pathOf("order"));
        for (size_t i = 0; i < order.size(); ++i) {
            DS_ASSIGN(LocusLayout::Place place,
                      readPlace(order[i], fmt::format("{}[{}]", tracks.pathOf("order"), i)));
            layout.places.push_back(std::move(place));
        }
    }
    DS_ASSIGN(const size_t rows, tracks.choice("haplotypes", rowOrderWords(), 0));
    layout.rows = static_cast<RowOrder>(rows);
    DS_ASSIGN(layout.files, readPaths(tracks, "files", folder));
    DS_ASSIGN(layout.removed, readPaths(tracks, "removed", folder));
    DS_ASSIGN(layout.motifs, readPaths(tracks, "motifs", folder));
    DS_ASSIGN(layout.sharedScale, tracks.boolean("shared_scale", false));
    return layout;
}

ordered_json jsonOf(const std::vector<RegionOfInterest>& regions) {
    ordered_json list = ordered_json::array();
    for (const RegionOfInterest& marked : regions)
        list.push_back({{"contig", marked.region.contig},
                        {"first", marked.region.start + 1},
                        {"last", marked.region.end},
                        {"name", marked.name},
                        {"note", marked.note}});
    return list;
}

Result<std::vector<RegionOfInterest>> readRegions(const JsonFields& fields) {
    constexpr size_t most = 100'000;
    std::vector<RegionOfInterest> regions;
    if (!fields.has("regions"))
        return regions;
    const json& list = fields.at("regions");
    if (!list.is_array() || list.size() > most)
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected a list of regions, found {}.", shortJson(list)),
                    fields.pathOf("regions"));
    for (size_t i = 0; i < list.size(); ++i) {
        DS_ASSIGN(const JsonFields item,
                  JsonFields::open(list[i], fmt::format("{}[{}]", fields.pathOf("regions"), i),
                                   {"contig", "first", "last", "name", "note"}));
        RegionOfInterest marked;
        DS_ASSIGN(marked.region.contig, item.text("contig"));
        DS_ASSIGN(const int64_t first, item.integer("first", -LargestPlace, LargestPlace));
        DS_ASSIGN(marked.region.end, item.integer("last", first, LargestPlace));
        marked.region.start = first - 1;
        DS_ASSIGN(marked.name, item.text("name", ""));
        DS_ASSIGN(marked.note, item.text("note", ""));
        regions.push_back(std::move(marked));
    }
    return regions;
}

ordered_json jsonOf(const SnvReferences& references) {
    ordered_json content{{"ld", ordered_json::array()}};
    for (const Variant& variant : references.pinned)
        content["ld"].push_back(toName(variant));
    if (references.given)
        content["given"] = toName(*references.given);
    return content;
}

Result<SnvReferences> readReferences(const JsonFields& fields) {
    SnvReferences references;
    if (!fields.has("references"))
        return references;
    DS_ASSIGN(const JsonFields both,
              JsonFields::open(fields.at("references"), fields.pathOf("references"), {"ld", "given"}));
    DS_ASSIGN(const std::vector<Variant> pinned, sessionVariants(both, "ld"));
    if (pinned.size() > SnvReferences::MostPinned)
        return fail(
            ErrorKind::BadInput,
            fmt::format("Expected at most {} SNVs, found {}.", SnvReferences::MostPinned, pinned.size()),
            both.pathOf("ld"));
    for (const Variant& variant : pinned) // each once
        references = withPinned(std::move(references), variant, true);
    DS_ASSIGN(references.given, sessionVariant(both, "given"));
    return references;
}

ordered_json jsonOf(const GenomeChoices& choices) {
    ordered_json content = ordered_json::object();
    if (choices.null)
        content["null"] = toText(*choices.null);
    if (!choices.genes.isEmpty()) {
        std::set<std::string> inOrder; // the same file every time
        for (const QString& gene : choices.genes)
            inOrder.insert(gene.toStdString());
        content["genes"] = inOrder;
    }
    if (choices.run)
        content["run"] = *choices.run;
    return content;
}

Result<GenomeChoices> readGenomeChoices(const JsonFields& fields) {
    GenomeChoices choices;
    if (!fields.has("genome"))
        return choices;
    DS_ASSIGN(const JsonFields chosen,
              JsonFields::open(fields.at("genome"), fields.pathOf("genome"), {"null", "genes", "run"}));
    if (chosen.has("null")) {
        std::vector<std::string> words;
        for (const NullChoice null : Nulls)
            words.emplace_back(toText(null));
        DS_ASSIGN(const size_t null, chosen.choice("null", words));
        choices.null = Nulls[null];
    }
    DS_ASSIGN(const std::vector<std::string> genes, sessionNames(chosen, "genes"));
    for (const std::string& gene : genes)
        choices.genes.insert(QString::fromStdString(gene));
    if (chosen.has("run")) {
        DS_ASSIGN(choices.run, chosen.integer("run", 1, std::numeric_limits<int64_t>::max()));
    }
    return choices;
}

} // namespace diploscope::ui
