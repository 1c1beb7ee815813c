// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/session_file.h"

#include "base/atomic_file.h"
#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "base/utf8.h"
#include "document/session_experiments.h"
#include "document/session_layout.h"
#include "figure/figure_file.h"
#include "model/score_request_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace diploscope::ui {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr std::string_view Ending = ".diploscope.json";
/// A hundred thousand selected SNVs have room.
constexpr JsonLimits Limits{.bytes = size_t{16} << 20, .values = size_t{1} << 20, .depth = 8};

const std::vector<std::string> Attributions{"ism", "gradient"};
const std::vector<std::string> Colours{wordOf(SnvColour::Maf), wordOf(SnvColour::CarrierFraction)};
const std::vector<std::string> Pages{"gene", "genome", "experiments", "figures"};

/// A folder always with a slash, so that a name is none: `./xpresso`.
std::string modelText(const std::string& model, const fs::path& folder) {
    std::error_code ignored;
    const bool isFolder =
        fs::path(model).is_absolute() ||
        (model.find('/') != std::string::npos && fs::is_directory(fs::absolute(model, ignored), ignored));
    if (!isFolder)
        return model;
    const std::string text = pathFrom(folder, resolvedPath({}, model)).string();
    return text.starts_with("/") || text.starts_with("../") ? text : "./" + text;
}

std::string modelOf(const std::string& text, const fs::path& folder) {
    const bool isFolder = text.starts_with("/") || text.starts_with("../") || text.starts_with("./");
    return isFolder ? resolvedPath(folder, text).string() : text;
}

ordered_json scoresOf(const Document& document, const fs::path& folder) {
    ordered_json scores = ordered_json::array();
    for (const auto& [model, request] : document.scores.byModel()) {
        ordered_json item{{"model", modelText(model, folder)}};
        addScoreJson(item, request, [&folder](const fs::path& file) {
            return pathFrom(folder, resolvedPath({}, file)).string();
        });
        scores.push_back(std::move(item));
    }
    return scores;
}

ordered_json jsonOf(const Document& document, const fs::path& folder) {
    ordered_json variants = ordered_json::array();
    for (const Variant& variant : document.selected.variants)
        variants.push_back(toName(variant));
    ordered_json content{
        {"session", SessionFormat},
        {"study", pathFrom(folder, document.study).string()},
        {"model", modelText(document.model, folder)},
        {"scores", scoresOf(document, folder)},
        {"gene", document.gene},
        {"region", document.region ? ordered_json{document.region->lower, document.region->upper}
                                   : ordered_json(nullptr)},
        {"tracks", jsonOf(document.tracks, folder)},
        {"regions", jsonOf(document.regions)},
        {"selected", {{"variants", std::move(variants)}, {"people", document.selected.people}}},
        {"attribution", Attributions[static_cast<size_t>(document.attribution)]},
        {"colour", wordOf(document.colour)},
        {"filter", document.filter},
        {"page", Pages[static_cast<size_t>(document.page)]}};
    if (!document.against.empty())
        content["against"] = modelText(document.against, folder);
    if (document.references != SnvReferences{})
        content["references"] = jsonOf(document.references);
    if (document.genome != GenomeChoices{})
        content["genome"] = jsonOf(document.genome);
    if (document.experiments != ExperimentRequests{})
        content["experiments"] = sessionJson(document.experiments);
    if (!document.figure.panels.empty())
        content["figure"] = figureJson(document.figure, folder);
    return content;
}

Result<Selected> readSelected(const JsonFields& fields) {
    Selected selected;
    if (!fields.has("selected"))
        return selected;
    DS_ASSIGN(const JsonFields both,
              JsonFields::open(fields.at("selected"), fields.pathOf("selected"), {"variants", "people"}));
    DS_ASSIGN(const std::vector<Variant> variants, sessionVariants(both, "variants"));
    selected.variants = {variants.begin(), variants.end()};
    DS_ASSIGN(std::vector<std::string> people, sessionNames(both, "people"));
    selected.people = {people.begin(), people.end()};
    return selected;
}

Result<std::optional<AxisRange>> readRegion(const JsonFields& fields) {
    if (!fields.has("region"))
        return std::optional<AxisRange>();
    const json& ends = fields.at("region");
    if (ends.is_array() && ends.size() == 2 && ends[0].is_number() && ends[1].is_number()) {
        const AxisRange region{ends[0].get<double>(), ends[1].get<double>()};
        const auto isPlace = [](double place) {
            return std::abs(place) <= static_cast<double>(LargestPlace);
        };
        if (isPlace(region.lower) && isPlace(region.upper) && region.lower < region.upper)
            return std::optional(region);
    }
    return fail(ErrorKind::BadInput,
                fmt::format("Expected the first and the last base seen, found {}.", shortJson(ends)),
                fields.pathOf("region"), "Write it as [19929000, 19931000], or null for the whole locus.");
}

Result<AskedScores> readScores(const JsonFields& fields, const fs::path& folder) {
    AskedScores scores;
    if (!fields.has("scores"))
        return scores;
    const json& list = fields.at("scores");
    if (!list.is_array())
        return fail(ErrorKind::BadInput, fmt::format("Expected a list, found {}.", shortJson(list)),
                    fields.pathOf("scores"));
    for (size_t i = 0; i < list.size(); ++i) {
        DS_ASSIGN(const JsonFields item,
                  JsonFields::open(list[i], fmt::format("{}[{}]", fields.pathOf("scores"), i),
                                   withScoreKeys({"model"})));
        DS_ASSIGN(const std::string model, item.text("model"));
        DS_ASSIGN(const ScoreRequest request, scoreRequestOf(item, [&folder](const std::string& name) {
                      return resolvedPath(folder, name);
                  }));
        scores.set(modelOf(model, folder), request);
    }
    return scores;
}

Result<FigureDesign> readFigure(const JsonFields& fields, const fs::path& folder) {
    if (!fields.has("figure"))
        return FigureDesign();
    Result<FigureDesign> design = figureDesignOf(fields.at("figure"), folder);
    if (design)
        return design;
    Error error = std::move(design).error();
    error.where = fields.pathOf("figure") + (error.where.empty() ? "" : "." + error.where);
    return fail(std::move(error));
}

Result<Document> documentOf(const json& content, const fs::path& folder) {
    DS_TRY(refuseNewer(content, "session", SessionFormat, "The session"));
    DS_ASSIGN(const JsonFields fields,
              JsonFields::open(content, {},
                               {"session", "study", "model", "scores", "gene", "region", "tracks", "regions",
                                "selected", "references", "against", "attribution", "colour", "filter",
                                "genome", "page", "experiments", "figure"}));
    DS_TRY(fields.integer("session", 1, SessionFormat));
    Document document;
    DS_ASSIGN(const std::string study, fields.text("study"));
    document.study = resolvedPath(folder, study);
    DS_ASSIGN(const std::string model, fields.text("model", ""));
    document.model = modelOf(model, folder);
    DS_ASSIGN(document.scores, readScores(fields, folder));
    DS_ASSIGN(document.gene, fields.text("gene", ""));
    DS_ASSIGN(document.region, readRegion(fields));
    DS_ASSIGN(document.tracks, readLayout(fields, folder));
    DS_ASSIGN(document.regions, readRegions(fields));
    DS_ASSIGN(document.selected, readSelected(fields));
    DS_ASSIGN(document.references, readReferences(fields));
    DS_ASSIGN(const std::string against, fields.text("against", ""));
    document.against = modelOf(against, folder);
    DS_ASSIGN(const size_t attribution, fields.choice("attribution", Attributions, 0));
    document.attribution = static_cast<Attribution>(attribution);
    DS_ASSIGN(const size_t colour, fields.choice("colour", Colours, 0));
    document.colour = static_cast<SnvColour>(colour);
    DS_ASSIGN(document.filter, fields.text("filter", ""));
    DS_ASSIGN(document.genome, readGenomeChoices(fields));
    DS_ASSIGN(const size_t page, fields.choice("page", Pages, 0));
    document.page = static_cast<Document::Page>(page);
    DS_ASSIGN(document.experiments, sessionExperiments(fields, "experiments"));
    DS_ASSIGN(document.figure, readFigure(fields, folder));
    return document;
}

} // namespace

bool isSessionFile(const fs::path& file) {
    return file.string().ends_with(Ending);
}

Result<Document> readSession(const fs::path& file) {
    DS_ASSIGN(const json content, readJsonFile(file, Limits));
    Result<Document> document = documentOf(content, resolvedPath({}, file).parent_path());
    if (document)
        return document;
    Error error = std::move(document).error();
    error.where =
        error.where.empty() ? file.string() : fmt::format("{}, key `{}`", file.string(), error.where);
    return fail(std::move(error));
}

std::optional<Error> missingStudy(const Document& document, const fs::path& session) {
    std::error_code ignored;
    if (fs::exists(document.study, ignored))
        return std::nullopt;
    return Error{ErrorKind::NotFound,
                 fmt::format("The session's study {} is not there.", document.study.string()),
                 session.string(),
                 "Put it there again, or open the session in the window and say where the study is now."};
}

Result<void> writeSession(const Document& document, const fs::path& file) {
    if (!isSessionFile(file))
        return fail(ErrorKind::BadInput, fmt::format("A session's name ends with {}.", Ending), file.string(),
                    "Add the ending: by it the file is known for a session.");
    DS_TRY(checkFileNames(document.tracks));
    const ordered_json content = jsonOf(document, resolvedPath({}, file).parent_path());
    const std::string text = jsonText(content, 2) + "\n";
    // Other bytes came out as U+FFFD, which names another file.
    std::vector<std::string> names{document.study.string(), document.model, document.against};
    for (const auto& [model, request] : document.scores.byModel())
        names.insert(names.end(), {model, request.head.string(), request.targets.string()});
    if (!std::all_of(names.begin(), names.end(), [](const std::string& name) { return isUtf8(name); }))
        return fail(ErrorKind::Unsupported,
                    "The name of the study, of a model's folder or of a score's file is not in UTF-8, which "
                    "JSON cannot hold.",
                    file.string(), "Rename that file or folder.");
    return writeFileAtomically(file, text, Durability::Durable);
}

} // namespace diploscope::ui
