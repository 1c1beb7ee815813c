// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/panel_json.h"

#include "base/json_fields.h"
#include "base/paths.h"
#include "figure/label_markup.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr size_t MostInList = 100'000;
constexpr int MostCells = 100; ///< of a grid in one direction
constexpr double LeastTrack = 0.3, MostTrack = 6;

const std::vector<std::string> PanelKeys{
    "figure",       "row",         "column",      "rows",         "columns",
    "study",        "model",       "gene",        "variants",     "people",
    "region",       "around_tss",  "tracks",      "files",        "haplotype_order",
    "shared_scale", "marks",       "attribution", "colour",       "ld_references",
    "eqtl_given",   "other_model", "null",        "condition",    "sample",
    "against",      "ablate",      "keep_only",   "edits",        "saturate",
    "saturate_bp",  "background",  "logo",        "title",        "x_label",
    "y_label",      "x_limits",    "y_limits",    "chart_limits", "hide"};

/// What of a panel is text, and under which key.
constexpr std::pair<const char*, std::string PanelDesign::*> Texts[] = {
    {"gene", &PanelDesign::gene},
    {"region", &PanelDesign::region},
    {"haplotype_order", &PanelDesign::haplotypeOrder},
    {"attribution", &PanelDesign::attribution},
    {"colour", &PanelDesign::colour},
    {"eqtl_given", &PanelDesign::eqtlGiven},
    {"null", &PanelDesign::null},
    {"condition", &PanelDesign::condition},
    {"sample", &PanelDesign::sample},
    {"against", &PanelDesign::against},
    {"saturate", &PanelDesign::saturate},
    {"background", &PanelDesign::background},
    {"logo", &PanelDesign::logo}};
constexpr std::pair<const char*, std::string PanelDesign::*> Labels[] = {
    {"title", &PanelDesign::title}, {"x_label", &PanelDesign::xLabel}, {"y_label", &PanelDesign::yLabel}};
constexpr std::pair<const char*, std::vector<std::string> PanelDesign::*> Lists[] = {
    {"variants", &PanelDesign::variants},
    {"people", &PanelDesign::people},
    {"ld_references", &PanelDesign::ldReferences},
    {"ablate", &PanelDesign::ablate},
    {"edits", &PanelDesign::edits}};
constexpr std::pair<const char*, bool PanelDesign::*> Flags[] = {{"shared_scale", &PanelDesign::sharedScale},
                                                                 {"keep_only", &PanelDesign::keepOnly}};
constexpr std::pair<const char*, std::optional<int64_t> PanelDesign::*> Reaches[] = {
    {"around_tss", &PanelDesign::aroundTss}, {"saturate_bp", &PanelDesign::saturateBp}};
constexpr std::pair<const char*, PanelDesign::Limits PanelDesign::*> Ranges[] = {
    {"x_limits", &PanelDesign::xLimits}, {"y_limits", &PanelDesign::yLimits}};
constexpr std::pair<const char*, int PanelDesign::*> Cells[] = {{"row", &PanelDesign::row},
                                                                {"column", &PanelDesign::column},
                                                                {"rows", &PanelDesign::rows},
                                                                {"columns", &PanelDesign::columns}};
constexpr std::pair<const char*, bool PanelDesign::*> Parts[] = {
    {"title", &PanelDesign::showsTitle},
    {"legend", &PanelDesign::showsLegend},
    {"colour_bar", &PanelDesign::showsColourBar},
    {"statistics", &PanelDesign::showsStatistics}};

Failure wrongIn(const JsonFields& fields, const std::string& key, const std::string& expected) {
    return fail(ErrorKind::BadInput,
                fmt::format("Expected {}, found {}.", expected, shortJson(fields.at(key))),
                fields.pathOf(key));
}

Result<std::vector<std::string>> textsIn(const JsonFields& fields, const std::string& key) {
    std::vector<std::string> texts;
    if (!fields.has(key))
        return texts;
    const json& list = fields.at(key);
    if (!list.is_array() || list.size() > MostInList)
        return wrongIn(fields, key, "a list of texts");
    for (const json& item : list) {
        if (!item.is_string() || item.get_ref<const std::string&>().empty())
            return wrongIn(fields, key, "a list of texts that are not empty");
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

Result<PanelDesign::Limits> limitsIn(const JsonFields& fields, const std::string& key) {
    if (!fields.has(key))
        return PanelDesign::Limits();
    const json& ends = fields.at(key);
    if (ends.is_array() && ends.size() == 2 && ends[0].is_number() && ends[1].is_number()) {
        const std::pair limits(ends[0].get<double>(), ends[1].get<double>());
        if (std::isfinite(limits.first) && std::isfinite(limits.second) && limits.first < limits.second)
            return PanelDesign::Limits(limits);
    }
    return wrongIn(fields, key, "two numbers, the smaller first");
}

Result<std::vector<PanelDesign::ChartLimits>> chartLimitsIn(const JsonFields& fields) {
    std::vector<PanelDesign::ChartLimits> limits;
    if (!fields.has("chart_limits"))
        return limits;
    const json& list = fields.at("chart_limits");
    if (!list.is_array() || list.size() > MostInList)
        return wrongIn(fields, "chart_limits", "a list of limits");
    for (size_t i = 0; i < list.size(); ++i) {
        DS_ASSIGN(
            const JsonFields item,
            JsonFields::open(list[i], fmt::format("{}[{}]", fields.pathOf("chart_limits"), i), {"x", "y"}));
        PanelDesign::ChartLimits chart;
        DS_ASSIGN(chart.x, limitsIn(item, "x"));
        DS_ASSIGN(chart.y, limitsIn(item, "y"));
        limits.push_back(chart);
    }
    return limits;
}

ordered_json limitsJson(const PanelDesign::Limits& limits) {
    return {designNumber(limits->first), designNumber(limits->second)};
}

Result<std::string> labelIn(const JsonFields& fields, const std::string& key) {
    DS_ASSIGN(std::string label, fields.text(key, ""));
    if (const Result<std::vector<LabelRun>> runs = parseLabel(label); !runs) {
        Error error = runs.error();
        error.where = fields.pathOf(key);
        return fail(std::move(error));
    }
    return label;
}

Result<std::vector<PanelDesign::Track>> tracksIn(const JsonFields& fields) {
    std::vector<PanelDesign::Track> tracks;
    if (!fields.has("tracks"))
        return tracks;
    const json& list = fields.at("tracks");
    if (!list.is_array() || list.size() > MostInList)
        return wrongIn(fields, "tracks", "a list of tracks");
    for (size_t i = 0; i < list.size(); ++i) {
        DS_ASSIGN(const JsonFields item,
                  JsonFields::open(list[i], fmt::format("{}[{}]", fields.pathOf("tracks"), i),
                                   {"track", "height", "shown"}));
        PanelDesign::Track track;
        DS_ASSIGN(track.track, item.text("track"));
        DS_ASSIGN(track.height, item.number("height", 1.0));
        if (track.height < LeastTrack || track.height > MostTrack)
            return wrongIn(item, "height", fmt::format("a height from {} to {}", LeastTrack, MostTrack));
        DS_ASSIGN(track.shown, item.boolean("shown", true));
        tracks.push_back(std::move(track));
    }
    return tracks;
}

Result<std::vector<PanelDesign::Mark>> marksIn(const JsonFields& fields) {
    std::vector<PanelDesign::Mark> marks;
    if (!fields.has("marks"))
        return marks;
    const json& list = fields.at("marks");
    if (!list.is_array() || list.size() > MostInList)
        return wrongIn(fields, "marks", "a list of regions");
    for (size_t i = 0; i < list.size(); ++i) {
        DS_ASSIGN(
            const JsonFields item,
            JsonFields::open(list[i], fmt::format("{}[{}]", fields.pathOf("marks"), i), {"region", "name"}));
        PanelDesign::Mark mark;
        DS_ASSIGN(mark.region, item.text("region"));
        DS_ASSIGN(mark.name, item.text("name", ""));
        marks.push_back(std::move(mark));
    }
    return marks;
}

Result<void> readHidden(const JsonFields& fields, PanelDesign& panel) {
    DS_ASSIGN(const std::vector<std::string> hidden, textsIn(fields, "hide"));
    for (const std::string& name : hidden) {
        std::vector<std::string> known;
        bool found = false;
        for (const auto& [part, shows] : Parts) {
            known.emplace_back(part);
            if (name == part) {
                panel.*shows = false;
                found = true;
            }
        }
        if (!found)
            return fail(ErrorKind::BadInput, fmt::format("A figure has no part \"{}\" to hide.", name),
                        fields.pathOf("hide"), suggestName(name, known));
    }
    return {};
}

/// Where the user's files lie; empty where nobody says.
fs::path homeFolder() {
    const char* home = std::getenv("HOME");
    const fs::path folder = home != nullptr ? fs::path(home) : fs::path();
    return folder.is_absolute() && folder != folder.root_path() ? folder : fs::path();
}

} // namespace

std::string designPathText(const fs::path& path, const fs::path& folder) {
    if (path.empty())
        return {};
    if (!folder.empty()) {
        const std::string text = pathFrom(folder, path).string();
        return text.starts_with("~") ? fmt::format("./{}", text) : text; // a name that only looks like a home
    }
    const std::string home = homeFolder().string() + "/";
    const std::string text = path.string();
    return home.size() > 1 && text.starts_with(home) ? fmt::format("~/{}", text.substr(home.size())) : text;
}

fs::path designPathOf(const std::string& text, const fs::path& folder) {
    if (text.empty())
        return {};
    if (text.starts_with("~/") && !homeFolder().empty())
        return resolvedPath(homeFolder(), text.substr(2));
    return resolvedPath(folder, text);
}

std::string designModelText(const std::string& model, const fs::path& folder) {
    if (!fs::path(model).is_absolute())
        return model;
    const std::string text = designPathText(model, folder);
    return text.starts_with("/") || text.starts_with("../") || text.starts_with("~/")
               ? text
               : fmt::format("./{}", text);
}

std::string designModelOf(const std::string& text, const fs::path& folder) {
    const bool isFolder =
        text.starts_with("/") || text.starts_with("../") || text.starts_with("./") || text.starts_with("~/");
    return isFolder ? designPathOf(text, folder).string() : text;
}

ordered_json designNumber(double value) {
    constexpr double largest = 1e15;
    if (std::abs(value) < largest && value == std::floor(value))
        return static_cast<int64_t>(value);
    return value;
}

ordered_json panelJson(const PanelDesign& panel, const fs::path& folder) {
    ordered_json content{{"figure", panel.figure}};
    for (const auto& [key, cell] : Cells)
        if (panel.*cell != 1)
            content[key] = panel.*cell;
    if (!panel.study.empty())
        content["study"] = designPathText(panel.study, folder);
    if (!panel.model.empty())
        content["model"] = designModelText(panel.model, folder);
    for (const auto& [key, text] : Texts)
        if (!(panel.*text).empty())
            content[key] = panel.*text;
    for (const auto& [key, list] : Lists)
        if (!(panel.*list).empty())
            content[key] = panel.*list;
    if (!panel.otherModel.empty())
        content["other_model"] = designModelText(panel.otherModel, folder);
    for (const PanelDesign::Track& track : panel.tracks) {
        ordered_json item{{"track", track.track}};
        if (track.height != 1)
            item["height"] = designNumber(track.height);
        if (!track.shown)
            item["shown"] = false;
        content["tracks"].push_back(std::move(item));
    }
    for (const fs::path& file : panel.files)
        content["files"].push_back(designPathText(file, folder));
    for (const PanelDesign::Mark& mark : panel.marks) {
        ordered_json item{{"region", mark.region}};
        if (!mark.name.empty())
            item["name"] = mark.name;
        content["marks"].push_back(std::move(item));
    }
    for (const auto& [key, flag] : Flags)
        if (panel.*flag)
            content[key] = true;
    for (const auto& [key, reach] : Reaches)
        if (panel.*reach)
            content[key] = *(panel.*reach);
    for (const auto& [key, label] : Labels)
        if (!(panel.*label).empty())
            content[key] = panel.*label;
    for (const auto& [key, limits] : Ranges)
        if (panel.*limits)
            content[key] = limitsJson(panel.*limits);
    for (const PanelDesign::ChartLimits& chart : panel.chartLimits) {
        ordered_json item = ordered_json::object();
        if (chart.x)
            item["x"] = limitsJson(chart.x);
        if (chart.y)
            item["y"] = limitsJson(chart.y);
        content["chart_limits"].push_back(std::move(item));
    }
    for (const auto& [part, shows] : Parts)
        if (!(panel.*shows))
            content["hide"].push_back(part);
    return content;
}

Result<PanelDesign> panelDesignOf(const json& content, const std::string& path, const fs::path& folder) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(content, path, PanelKeys));
    PanelDesign panel;
    DS_ASSIGN(panel.figure, fields.text("figure"));
    for (const auto& [key, cell] : Cells) {
        DS_ASSIGN(const int64_t number, fields.integer(key, 1, MostCells, 1));
        panel.*cell = static_cast<int>(number);
    }
    DS_ASSIGN(const std::string study, fields.text("study", ""));
    panel.study = designPathOf(study, folder);
    for (const auto& [key, model] :
         {std::pair("model", &PanelDesign::model), std::pair("other_model", &PanelDesign::otherModel)}) {
        DS_ASSIGN(const std::string text, fields.text(key, ""));
        panel.*model = designModelOf(text, folder);
    }
    for (const auto& [key, text] : Texts) {
        DS_ASSIGN(panel.*text, fields.text(key, ""));
    }
    for (const auto& [key, list] : Lists) {
        DS_ASSIGN(panel.*list, textsIn(fields, key));
    }
    DS_ASSIGN(panel.tracks, tracksIn(fields));
    DS_ASSIGN(const std::vector<std::string> files, textsIn(fields, "files"));
    for (const std::string& file : files)
        panel.files.push_back(designPathOf(file, folder));
    DS_ASSIGN(panel.marks, marksIn(fields));
    for (const auto& [key, flag] : Flags) {
        DS_ASSIGN(panel.*flag, fields.boolean(key, false));
    }
    for (const auto& [key, reach] : Reaches)
        if (fields.has(key)) {
            DS_ASSIGN(panel.*reach, fields.integer(key, 0, int64_t{1} << 40));
        }
    for (const auto& [key, label] : Labels) {
        DS_ASSIGN(panel.*label, labelIn(fields, key));
    }
    for (const auto& [key, limits] : Ranges) {
        DS_ASSIGN(panel.*limits, limitsIn(fields, key));
    }
    DS_ASSIGN(panel.chartLimits, chartLimitsIn(fields));
    DS_TRY(readHidden(fields, panel));
    if (!panel.region.empty() && panel.aroundTss)
        return fail(ErrorKind::BadInput, "A region and a stretch round the TSS exclude each other.",
                    fields.pathOf("around_tss"), "Leave one of them out.");
    return panel;
}

} // namespace diploscope
