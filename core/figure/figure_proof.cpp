// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_proof.h"

#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace diploscope {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr JsonLimits ProofLimits{.bytes = size_t{16} << 20, .values = size_t{1} << 20, .depth = 12};
constexpr size_t MostParts = 100'000;

ordered_json linesJson(const FigureProof::Lines& lines) {
    ordered_json content = ordered_json::array();
    for (const auto& [key, value] : lines)
        content.push_back(ordered_json::array({key, value}));
    return content;
}

/// \return null where there is no such list
Result<const json*> listIn(const JsonFields& fields, const std::string& key) {
    if (!fields.has(key))
        return static_cast<const json*>(nullptr);
    const json& list = fields.at(key);
    if (!list.is_array() || list.size() > MostParts)
        return fail(ErrorKind::BadInput, fmt::format("Expected a list, found {}.", shortJson(list)),
                    fields.pathOf(key));
    return &list;
}

Result<FigureProof::Lines> readLines(const JsonFields& fields, const std::string& key) {
    FigureProof::Lines lines;
    DS_ASSIGN(const json* list, listIn(fields, key));
    for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
        const json& line = (*list)[i];
        if (!line.is_array() || line.size() != 2 || !line[0].is_string() || !line[1].is_string())
            return fail(ErrorKind::BadInput,
                        fmt::format("Expected a name and a text, found {}.", shortJson(line)),
                        fmt::format("{}[{}]", fields.pathOf(key), i));
        lines.emplace_back(line[0].get<std::string>(), line[1].get<std::string>());
    }
    return lines;
}

Result<FigureProof::UsedStudy> readStudy(const json& content, const std::string& path) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(content, path, {"name", "build", "inputs"}));
    FigureProof::UsedStudy study;
    DS_ASSIGN(study.name, fields.text("name", ""));
    DS_ASSIGN(study.build, fields.text("build", ""));
    DS_ASSIGN(const json* inputs, listIn(fields, "inputs"));
    for (size_t i = 0; inputs != nullptr && i < inputs->size(); ++i) {
        DS_ASSIGN(const JsonFields item,
                  JsonFields::open((*inputs)[i], fmt::format("{}[{}]", fields.pathOf("inputs"), i),
                                   {"what", "file", "xxh3"}));
        FigureProof::Input input;
        DS_ASSIGN(input.what, item.text("what"));
        DS_ASSIGN(input.file, item.text("file", ""));
        DS_ASSIGN(input.digest, item.text("xxh3", ""));
        study.inputs.push_back(std::move(input));
    }
    return study;
}

Result<FigureProof::Panel> readProofPanel(const json& content, const std::string& path) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(content, path, {"letter", "figure", "made"}));
    FigureProof::Panel panel;
    DS_ASSIGN(panel.letter, fields.text("letter", ""));
    DS_ASSIGN(panel.figure, fields.text("figure"));
    DS_ASSIGN(panel.made, readLines(fields, "made"));
    return panel;
}

Result<FigureProof> proofOf(const json& content) {
    DS_TRY(refuseNewer(content, "proof", ProofFormat, "What the figure says of itself"));
    DS_ASSIGN(const JsonFields fields, JsonFields::open(content, {},
                                                        {"proof", "program", "drawn_with", "command",
                                                         "studies", "models", "panels", "figure"}));
    DS_TRY(fields.integer("proof", 1, ProofFormat));
    FigureProof proof;
    DS_ASSIGN(proof.program, fields.text("program"));
    DS_ASSIGN(proof.drawnWith, readLines(fields, "drawn_with"));
    DS_ASSIGN(proof.command, fields.text("command", ""));
    DS_ASSIGN(const json* studies, listIn(fields, "studies"));
    for (size_t i = 0; studies != nullptr && i < studies->size(); ++i) {
        DS_ASSIGN(FigureProof::UsedStudy study, readStudy((*studies)[i], fmt::format("studies[{}]", i)));
        proof.studies.push_back(std::move(study));
    }
    DS_ASSIGN(const json* models, listIn(fields, "models"));
    for (size_t i = 0; models != nullptr && i < models->size(); ++i) {
        DS_ASSIGN(const JsonFields item,
                  JsonFields::open((*models)[i], fmt::format("models[{}]", i), {"name", "checksum"}));
        FigureProof::UsedModel model;
        DS_ASSIGN(model.name, item.text("name"));
        DS_ASSIGN(model.checksum, item.text("checksum", ""));
        proof.models.push_back(std::move(model));
    }
    DS_ASSIGN(const json* panels, listIn(fields, "panels"));
    for (size_t i = 0; panels != nullptr && i < panels->size(); ++i) {
        DS_ASSIGN(FigureProof::Panel panel, readProofPanel((*panels)[i], fmt::format("panels[{}]", i)));
        proof.panels.push_back(std::move(panel));
    }
    if (!fields.has("figure") || !fields.at("figure").is_object())
        return fail(ErrorKind::BadInput, "The figure's specification is missing.", "figure");
    proof.figure = fields.at("figure");
    return proof;
}

/// What a file is looked for by.
bool isSameInput(const FigureProof::Input& a, const FigureProof::Input& b) {
    return a.what == b.what && a.file == b.file;
}

void addStudyDifferences(const FigureProof::UsedStudy& stored, const FigureProof::UsedStudy& now,
                         std::vector<std::string>& found) {
    for (const auto& [what, was, is] :
         {std::tuple("name", &stored.name, &now.name), std::tuple("build", &stored.build, &now.build)})
        if (*was != *is)
            found.push_back(fmt::format("study: its {} was {}, and is {}", what, *was, *is));
    const auto matchIn = [](const std::vector<FigureProof::Input>& inputs, const FigureProof::Input& input) {
        return std::find_if(inputs.begin(), inputs.end(),
                            [&](const FigureProof::Input& other) { return isSameInput(other, input); });
    };
    for (const FigureProof::Input& input : stored.inputs) {
        // Files of two folders may have one name.
        if (std::find(now.inputs.begin(), now.inputs.end(), input) != now.inputs.end())
            continue;
        const auto match = matchIn(now.inputs, input);
        if (match == now.inputs.end())
            found.push_back(fmt::format("{}: {} is not part of the study any more", input.what, input.file));
        else
            found.push_back(fmt::format("{}: {} has other content", input.what, input.file));
    }
    for (const FigureProof::Input& input : now.inputs)
        if (matchIn(stored.inputs, input) == stored.inputs.end())
            found.push_back(fmt::format("{}: {} was not part of the study", input.what, input.file));
}

/// Lines that say again what was told of inputs, models and the program.
bool isToldElsewhere(const std::string& key) {
    static constexpr std::array told{"program",    "study",          "build",      "reference",
                                     "annotation", "genotypes",      "expression", "covariates",
                                     "model",      "model_checksum", "people"};
    return std::find(told.begin(), told.end(), key) != told.end();
}

/// \param where "panel a, "
void addLineDifferences(const FigureProof::Lines& stored, const FigureProof::Lines& now,
                        const std::string& where, std::vector<std::string>& found) {
    const auto valueOf = [](const FigureProof::Lines& lines, size_t which) {
        // Of several lines of one name the first to the first, and so on.
        return std::pair(lines[which].first,
                         std::count_if(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(which),
                                       [&](const auto& line) { return line.first == lines[which].first; }));
    };
    const auto matchIn = [&](const FigureProof::Lines& lines, const auto& name) -> const std::string* {
        for (size_t i = 0; i < lines.size(); ++i)
            if (valueOf(lines, i) == name)
                return &lines[i].second;
        return nullptr;
    };
    for (size_t i = 0; i < stored.size(); ++i) {
        const std::string* is = matchIn(now, valueOf(stored, i));
        if (is == nullptr)
            found.push_back(fmt::format("{}{}: was {}, and is not said any more", where, stored[i].first,
                                        stored[i].second));
        else if (*is != stored[i].second)
            found.push_back(
                fmt::format("{}{}: was {}, and is {}", where, stored[i].first, stored[i].second, *is));
    }
    for (size_t i = 0; i < now.size(); ++i)
        if (matchIn(stored, valueOf(now, i)) == nullptr)
            found.push_back(fmt::format("{}{}: is {}, and was not said", where, now[i].first, now[i].second));
}

FigureProof::Lines withoutTold(const FigureProof::Lines& lines) {
    FigureProof::Lines kept;
    for (const auto& line : lines)
        if (!isToldElsewhere(line.first))
            kept.push_back(line);
    return kept;
}

void addModelDifferences(const FigureProof& stored, const FigureProof& now, std::vector<std::string>& found) {
    const size_t both = std::min(stored.models.size(), now.models.size());
    for (size_t i = 0; i < both; ++i) {
        const FigureProof::UsedModel& was = stored.models[i];
        const FigureProof::UsedModel& is = now.models[i];
        if (was.name != is.name)
            found.push_back(fmt::format("model: was {}, and is {}", was.name, is.name));
        else if (was.checksum != is.checksum)
            found.push_back(fmt::format("model: {} has other weights or another model.json (checksum {}, was "
                                        "{})",
                                        is.name, is.checksum, was.checksum));
    }
    for (size_t i = both; i < stored.models.size(); ++i)
        found.push_back(fmt::format("model: {} is not used any more", stored.models[i].name));
    for (size_t i = both; i < now.models.size(); ++i)
        found.push_back(fmt::format("model: {} was not used", now.models[i].name));
}

constexpr size_t mostKeys = 8;

/// Of two specifications the keys that say something else: `font_pt`, `panels[1].title`.
void addOtherKeys(const nlohmann::json& stored, const nlohmann::json& now, const std::string& path,
                  std::vector<std::string>& keys) {
    if (stored == now)
        return;
    if (stored.is_object() && now.is_object()) {
        nlohmann::json all = stored;
        all.update(now);
        for (const auto& [key, value] : all.items())
            addOtherKeys(stored.value(key, nlohmann::json()), now.value(key, nlohmann::json()),
                         path.empty() ? key : fmt::format("{}.{}", path, key), keys);
        return;
    }
    // Lists of values are one choice.
    if (stored.is_array() && now.is_array() && stored.size() == now.size() && !stored.empty() &&
        stored.front().is_object()) {
        for (size_t i = 0; i < stored.size(); ++i)
            addOtherKeys(stored[i], now[i], fmt::format("{}[{}]", path, i), keys);
        return;
    }
    keys.push_back(path.empty() ? std::string("all of it") : path);
}

} // namespace

std::string proofText(const FigureProof& proof) {
    ordered_json content{{"proof", ProofFormat},
                         {"program", proof.program},
                         {"drawn_with", linesJson(proof.drawnWith)},
                         {"command", proof.command},
                         {"studies", ordered_json::array()},
                         {"models", ordered_json::array()},
                         {"panels", ordered_json::array()},
                         {"figure", proof.figure}};
    for (const FigureProof::UsedStudy& study : proof.studies) {
        ordered_json inputs = ordered_json::array();
        for (const FigureProof::Input& input : study.inputs)
            inputs.push_back({{"what", input.what}, {"file", input.file}, {"xxh3", input.digest}});
        content["studies"].push_back(
            {{"name", study.name}, {"build", study.build}, {"inputs", std::move(inputs)}});
    }
    for (const FigureProof::UsedModel& model : proof.models)
        content["models"].push_back({{"name", model.name}, {"checksum", model.checksum}});
    for (const FigureProof::Panel& panel : proof.panels)
        content["panels"].push_back(
            {{"letter", panel.letter}, {"figure", panel.figure}, {"made", linesJson(panel.made)}});
    return jsonText(content);
}

Result<FigureProof> parseProof(std::string_view text) {
    const std::string where = "what the figure says of itself";
    DS_ASSIGN(const json content, parseJson(text, where, ProofLimits));
    Result<FigureProof> proof = proofOf(content);
    if (proof)
        return proof;
    Error error = std::move(proof).error();
    error.where = error.where.empty() ? where : fmt::format("{}, key `{}`", where, error.where);
    return fail(std::move(error));
}

std::vector<std::string> proofDifferences(const FigureProof& stored, const FigureProof& now) {
    std::vector<std::string> found;
    const size_t both = std::min(stored.studies.size(), now.studies.size());
    for (size_t i = 0; i < both; ++i)
        addStudyDifferences(stored.studies[i], now.studies[i], found);
    if (stored.studies.size() != now.studies.size())
        found.push_back(
            fmt::format("studies: {} were used, and {} are", stored.studies.size(), now.studies.size()));
    addModelDifferences(stored, now, found);
    if (stored.program != now.program)
        found.push_back(fmt::format("program: was {}, and is {}", stored.program, now.program));
    addLineDifferences(stored.drawnWith, now.drawnWith, {}, found);
    for (size_t i = 0; i < std::min(stored.panels.size(), now.panels.size()); ++i) {
        const std::string& letter = stored.panels[i].letter;
        addLineDifferences(withoutTold(stored.panels[i].made), withoutTold(now.panels[i].made),
                           letter.empty() ? std::string() : fmt::format("panel {}, ", letter), found);
    }
    std::vector<std::string> keys;
    addOtherKeys(stored.figure, now.figure, {}, keys);
    if (!keys.empty())
        found.push_back(fmt::format("figure: its specification says otherwise: {}", listed(keys, mostKeys)));
    else if (stored.panels.size() != now.panels.size())
        found.push_back(
            fmt::format("figure: it had {} panels, and has {}", stored.panels.size(), now.panels.size()));
    return found;
}

} // namespace diploscope
