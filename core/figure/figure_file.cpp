// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_file.h"

#include "base/atomic_file.h"
#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "base/utf8.h"
#include "figure/panel_json.h"
#include "model/score_request_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr std::string_view FigureEnding = ".figure.json";
/// A hundred thousand selected people have room.
constexpr JsonLimits FigureLimits{.bytes = size_t{16} << 20, .values = size_t{1} << 20, .depth = 8};
constexpr size_t MostPanels = 100;
constexpr double LeastMm = 10, MostMm = 2000;
constexpr double LeastPt = 3, MostPt = 72;
constexpr int LeastDpi = 10, MostDpi = 2400;

const std::vector<std::string> LetterWords{"automatic", "none", "lower", "upper"};
const std::vector<std::string> SharedWords{"none", "x", "y", "both"};
const std::vector<std::string> GroundWords{"white", "transparent"};
const std::vector<std::string> DriverWords{"forward", "backward"};
const std::vector<std::string> AlleleWords{"", "alt", "minor"};
constexpr std::pair<const char*, std::optional<double> FigureDesign::Statistics::*> ThresholdKeys[] = {
    {"driver_r", &FigureDesign::Statistics::driverR},
    {"driver_gain", &FigureDesign::Statistics::driverGain},
    {"driver_p", &FigureDesign::Statistics::driverP}};

constexpr std::pair<const char*, std::optional<double> FigureDesign::Lines::*> LineKeys[] = {
    {"axis", &FigureDesign::Lines::axis},
    {"line", &FigureDesign::Lines::line},
    {"rule", &FigureDesign::Lines::rule},
    {"stem", &FigureDesign::Lines::stem},
    {"ring", &FigureDesign::Lines::ring}};

Result<std::optional<double>> numberIn(const JsonFields& fields, const std::string& key, double least,
                                       double most, const char* unit) {
    if (!fields.has(key))
        return std::optional<double>();
    DS_ASSIGN(const double number, fields.number(key));
    if (number < least || number > most)
        return fail(
            ErrorKind::BadInput,
            fmt::format("Expected {} to {} {}, found {}.", least, most, unit, shortJson(fields.at(key))),
            fields.pathOf(key));
    return std::optional(number);
}

Result<std::vector<double>> sharesIn(const JsonFields& fields, const std::string& key) {
    std::vector<double> shares;
    if (!fields.has(key))
        return shares;
    const json& list = fields.at(key);
    const bool good = list.is_array() && !list.empty() && list.size() <= MostPanels &&
                      std::all_of(list.begin(), list.end(), [](const json& item) {
                          return item.is_number() && item.get<double>() >= 0.01 && item.get<double>() <= 100;
                      });
    if (!good)
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected shares of the whole, found {}.", shortJson(list)),
                    fields.pathOf(key), "Write them as [1, 2]: the second then takes twice as much.");
    for (const json& item : list)
        shares.push_back(item.get<double>());
    return shares;
}

ordered_json scoreJson(const std::string& model, const ScoreRequest& request, const fs::path& folder) {
    ordered_json item{{"model", designModelText(model, folder)}};
    addScoreJson(item, request,
                 [&folder](const fs::path& file) { return designPathText(resolvedPath({}, file), folder); });
    return item;
}

Result<std::map<std::string, ScoreRequest>> scoresIn(const JsonFields& fields, const fs::path& folder) {
    std::map<std::string, ScoreRequest> scores;
    if (!fields.has("scores"))
        return scores;
    const json& list = fields.at("scores");
    if (!list.is_array() || list.size() > MostPanels)
        return fail(ErrorKind::BadInput, fmt::format("Expected a list, found {}.", shortJson(list)),
                    fields.pathOf("scores"));
    for (size_t i = 0; i < list.size(); ++i) {
        DS_ASSIGN(const JsonFields item,
                  JsonFields::open(list[i], fmt::format("{}[{}]", fields.pathOf("scores"), i),
                                   withScoreKeys({"model"})));
        DS_ASSIGN(const std::string model, item.text("model", ""));
        DS_ASSIGN(
            scores[designModelOf(model, folder)],
            scoreRequestOf(item, [&folder](const std::string& name) { return designPathOf(name, folder); }));
    }
    return scores;
}

ordered_json statisticsJson(const FigureDesign::Statistics& statistics) {
    ordered_json content = ordered_json::object();
    if (statistics.nullPredictors)
        content["null_predictors"] = *statistics.nullPredictors;
    if (statistics.resamples)
        content["resamples"] = *statistics.resamples;
    if (statistics.seed)
        content["seed"] = *statistics.seed;
    if (statistics.fineMapping)
        content["fine_mapping"] = *statistics.fineMapping;
    if (statistics.backwardDrivers)
        content["drivers"] = DriverWords[1];
    for (const auto& [key, threshold] : ThresholdKeys)
        if (statistics.*threshold)
            content[key] = designNumber(*(statistics.*threshold));
    if (!statistics.effectAllele.empty())
        content["effect_allele"] = statistics.effectAllele;
    return content;
}

Result<FigureDesign::Statistics> statisticsIn(const JsonFields& fields) {
    FigureDesign::Statistics statistics;
    if (!fields.has("statistics"))
        return statistics;
    DS_ASSIGN(const JsonFields item,
              JsonFields::open(fields.at("statistics"), fields.pathOf("statistics"),
                               {"null_predictors", "resamples", "seed", "fine_mapping", "drivers", "driver_r",
                                "driver_gain", "driver_p", "effect_allele"}));
    if (item.has("null_predictors")) {
        DS_ASSIGN(statistics.nullPredictors, item.integer("null_predictors", 50, 10'000));
    }
    if (item.has("resamples")) {
        DS_ASSIGN(statistics.resamples, item.integer("resamples", 0, 100'000));
    }
    if (item.has("seed")) {
        const json& seed = item.at("seed");
        if (!seed.is_number_unsigned())
            return fail(ErrorKind::BadInput,
                        fmt::format("Expected a whole number from 0, found {}.", shortJson(seed)),
                        item.pathOf("seed"));
        statistics.seed = seed.get<uint64_t>();
    }
    if (item.has("fine_mapping")) {
        DS_ASSIGN(statistics.fineMapping, item.boolean("fine_mapping", true));
    }
    DS_ASSIGN(const size_t drivers, item.choice("drivers", DriverWords, 0));
    statistics.backwardDrivers = drivers == 1;
    for (const auto& [key, threshold] : ThresholdKeys) {
        DS_ASSIGN(statistics.*threshold, numberIn(item, key, 0, 1, ""));
    }
    DS_ASSIGN(const size_t allele, item.choice("effect_allele", AlleleWords, 0));
    statistics.effectAllele = AlleleWords[allele];
    return statistics;
}

Result<FigureDesign::Lines> linesIn(const JsonFields& fields) {
    FigureDesign::Lines lines;
    if (!fields.has("lines_pt"))
        return lines;
    DS_ASSIGN(const JsonFields item, JsonFields::open(fields.at("lines_pt"), fields.pathOf("lines_pt"),
                                                      {"axis", "line", "rule", "stem", "ring"}));
    for (const auto& [key, width] : LineKeys) {
        DS_ASSIGN(lines.*width, numberIn(item, key, 0.1, 10, "pt"));
    }
    return lines;
}

Result<char> firstLetterIn(const JsonFields& fields) {
    DS_ASSIGN(const std::string letter, fields.text("first_letter", "a"));
    if (letter.size() != 1 || letter[0] < 'a' || letter[0] > 'z')
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected a letter from \"a\" to \"z\", found \"{}\".", letter),
                    fields.pathOf("first_letter"), "Upper case is chosen by \"letters\": \"upper\".");
    return letter[0];
}

/// Panels within the grid, and none on another.
Result<void> checkPlaces(const FigureDesign& design) {
    for (size_t i = 0; i < design.panels.size(); ++i) {
        const PanelDesign& panel = design.panels[i];
        const auto beyond = [&](int last, const std::vector<double>& shares, const char* what) {
            return shares.empty() || last <= static_cast<int>(shares.size())
                       ? std::string()
                       : fmt::format("The panel reaches to {} {}, and the grid has {}.", what, last,
                                     shares.size());
        };
        for (const std::string& fault :
             {beyond(panel.column + panel.columns - 1, design.columnWidths, "column"),
              beyond(panel.row + panel.rows - 1, design.rowHeights, "row")})
            if (!fault.empty())
                return fail(ErrorKind::BadInput, fault, fmt::format("panels[{}]", i),
                            "Give column_widths and row_heights as many shares as there are columns and "
                            "rows, or leave them out.");
        for (size_t j = 0; j < i; ++j) {
            const PanelDesign& other = design.panels[j];
            const bool apart = panel.row >= other.row + other.rows || other.row >= panel.row + panel.rows ||
                               panel.column >= other.column + other.columns ||
                               other.column >= panel.column + panel.columns;
            if (!apart)
                return fail(
                    ErrorKind::BadInput,
                    fmt::format("The panel lies on panels[{}]: both have the cell of row {} and "
                                "column {}.",
                                j, std::max(panel.row, other.row), std::max(panel.column, other.column)),
                    fmt::format("panels[{}]", i), "Give each its own \"row\" and \"column\", from 1.");
        }
    }
    return {};
}

Result<void> checkNamesAreText(const FigureDesign& design, const fs::path& file) {
    std::vector<std::string> names{design.study.string(), design.model};
    for (const PanelDesign& panel : design.panels) {
        names.insert(names.end(), {panel.study.string(), panel.model, panel.otherModel});
        for (const fs::path& track : panel.files)
            names.push_back(track.string());
    }
    for (const auto& [model, request] : design.scores)
        names.insert(names.end(), {model, request.head.string(), request.targets.string()});
    if (!std::all_of(names.begin(), names.end(), [](const std::string& name) { return isUtf8(name); }))
        return fail(ErrorKind::Unsupported,
                    "The name of a study, a model's folder or a track's file is not in UTF-8, which JSON "
                    "cannot hold.",
                    file.string(), "Rename that file or folder.");
    return {};
}

} // namespace

bool isFigureFile(const fs::path& file) {
    return file.string().ends_with(FigureEnding);
}

Result<FigureDesign> figureDesignOf(const json& content, const fs::path& folder) {
    DS_TRY(refuseNewer(content, "schema", FigureSchema, "The figure"));
    DS_ASSIGN(const JsonFields fields,
              JsonFields::open(content, {},
                               {"schema",  "name",         "description", "width_mm",      "height_mm",
                                "dpi",     "background",   "font",        "font_pt",       "lines_pt",
                                "letters", "first_letter", "letter_pt",   "column_widths", "row_heights",
                                "gap_mm",  "shared_axes",  "study",       "model",         "gene",
                                "scores",  "statistics",   "panels"}));
    DS_TRY(fields.integer("schema", 1, FigureSchema));
    FigureDesign design;
    DS_ASSIGN(design.name, fields.text("name", ""));
    DS_ASSIGN(design.description, fields.text("description", ""));
    DS_ASSIGN(design.widthMm, numberIn(fields, "width_mm", LeastMm, MostMm, "mm"));
    DS_ASSIGN(design.heightMm, numberIn(fields, "height_mm", LeastMm, MostMm, "mm"));
    DS_ASSIGN(const int64_t dpi, fields.integer("dpi", LeastDpi, MostDpi, design.dpi));
    design.dpi = static_cast<int>(dpi);
    DS_ASSIGN(const size_t ground, fields.choice("background", GroundWords, 0));
    design.transparent = ground == 1;
    DS_ASSIGN(design.font, fields.text("font", ""));
    DS_ASSIGN(const std::optional<double> pt, numberIn(fields, "font_pt", LeastPt, MostPt, "pt"));
    design.fontPt = pt.value_or(design.fontPt);
    DS_ASSIGN(design.lines, linesIn(fields));
    DS_ASSIGN(const size_t letters, fields.choice("letters", LetterWords, 0));
    design.letters = static_cast<FigureDesign::Letters>(letters);
    DS_ASSIGN(design.firstLetter, firstLetterIn(fields));
    DS_ASSIGN(const std::optional<double> letterPt, numberIn(fields, "letter_pt", LeastPt, MostPt, "pt"));
    design.letterPt = letterPt.value_or(design.letterPt);
    DS_ASSIGN(design.columnWidths, sharesIn(fields, "column_widths"));
    DS_ASSIGN(design.rowHeights, sharesIn(fields, "row_heights"));
    DS_ASSIGN(const std::optional<double> gap, numberIn(fields, "gap_mm", 0, 100, "mm"));
    design.gapMm = gap.value_or(design.gapMm);
    DS_ASSIGN(const size_t shared, fields.choice("shared_axes", SharedWords, 0));
    design.sharedAxes = static_cast<FigureDesign::SharedAxes>(shared);
    DS_ASSIGN(const std::string study, fields.text("study", ""));
    design.study = designPathOf(study, folder);
    DS_ASSIGN(const std::string model, fields.text("model", ""));
    design.model = designModelOf(model, folder);
    DS_ASSIGN(design.gene, fields.text("gene", ""));
    DS_ASSIGN(design.scores, scoresIn(fields, folder));
    DS_ASSIGN(design.statistics, statisticsIn(fields));
    const bool hasPanels = fields.has("panels") && fields.at("panels").is_array() &&
                           !fields.at("panels").empty() && fields.at("panels").size() <= MostPanels;
    if (!hasPanels)
        return fail(ErrorKind::BadInput, fmt::format("A figure has 1 to {} panels.", MostPanels), "panels",
                    R"(Write them as "panels": [{"figure": "ism"}].)");
    for (size_t i = 0; i < fields.at("panels").size(); ++i) {
        DS_ASSIGN(PanelDesign panel,
                  panelDesignOf(fields.at("panels")[i], fmt::format("panels[{}]", i), folder));
        design.panels.push_back(std::move(panel));
    }
    DS_TRY(checkPlaces(design));
    return design;
}

ordered_json figureJson(const FigureDesign& design, const fs::path& folder) {
    const FigureDesign usual;
    ordered_json content{{"schema", FigureSchema}};
    const auto text = [&](const char* key, const std::string& value) {
        if (!value.empty())
            content[key] = value;
    };
    const auto number = [&](const char* key, std::optional<double> value, std::optional<double> without) {
        if (value != without && value)
            content[key] = designNumber(*value);
    };
    text("name", design.name);
    text("description", design.description);
    number("width_mm", design.widthMm, std::nullopt);
    number("height_mm", design.heightMm, std::nullopt);
    number("dpi", design.dpi, usual.dpi);
    if (design.transparent)
        content["background"] = GroundWords[1];
    text("font", design.font);
    number("font_pt", design.fontPt, usual.fontPt);
    for (const auto& [key, width] : LineKeys)
        if (design.lines.*width)
            content["lines_pt"][key] = designNumber(*(design.lines.*width));
    if (design.letters != usual.letters)
        content["letters"] = LetterWords[static_cast<size_t>(design.letters)];
    if (design.firstLetter != usual.firstLetter)
        content["first_letter"] = std::string(1, design.firstLetter);
    number("letter_pt", design.letterPt, usual.letterPt);
    for (const double share : design.columnWidths)
        content["column_widths"].push_back(designNumber(share));
    for (const double share : design.rowHeights)
        content["row_heights"].push_back(designNumber(share));
    number("gap_mm", design.gapMm, usual.gapMm);
    if (design.sharedAxes != usual.sharedAxes)
        content["shared_axes"] = SharedWords[static_cast<size_t>(design.sharedAxes)];
    text("study", designPathText(design.study, folder));
    text("model", designModelText(design.model, folder));
    text("gene", design.gene);
    for (const auto& [model, request] : design.scores)
        content["scores"].push_back(scoreJson(model, request, folder));
    if (const ordered_json statistics = statisticsJson(design.statistics); !statistics.empty())
        content["statistics"] = statistics;
    for (const PanelDesign& panel : design.panels)
        content["panels"].push_back(panelJson(panel, folder));
    return content;
}

Result<FigureDesign> readFigureFile(const fs::path& file) {
    DS_ASSIGN(const json content, readJsonFile(file, FigureLimits));
    Result<FigureDesign> design = figureDesignOf(content, resolvedPath({}, file).parent_path());
    if (design)
        return design;
    Error error = std::move(design).error();
    error.where =
        error.where.empty() ? file.string() : fmt::format("{}, key `{}`", file.string(), error.where);
    return fail(std::move(error));
}

Result<void> writeFigureFile(const FigureDesign& design, const fs::path& file) {
    if (!isFigureFile(file))
        return fail(ErrorKind::BadInput, fmt::format("A figure's name ends with {}.", FigureEnding),
                    file.string(), "Add the ending: by it the file is known for a figure.");
    DS_TRY(checkNamesAreText(design, file));
    const std::string text = jsonText(figureJson(design, resolvedPath({}, file).parent_path()), 2) + "\n";
    return writeFileAtomically(file, text, Durability::Durable);
}

} // namespace diploscope
