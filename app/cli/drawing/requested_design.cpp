// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/requested_design.h"

#include "base/atomic_file.h"
#include "base/paths.h"
#include "base/suggestion.h"
#include "cli/options/console.h"
#include "figure/embedded_proof.h"
#include "figure/figure_file.h"
#include "figure/figure_templates.h"
#include "figure/panel_json.h"
#include "figures/figure_registry.h"
#include "figures/used_inputs.h"
#include "model/model_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace diploscope::cli {

namespace fs = std::filesystem;

namespace {

bool isPicture(const fs::path& file) {
    return ui::figureFormat(file).has_value();
}

/// As a design names a model: a folder with its whole path, or a name.
std::string modelWord(const std::string& word) {
    const bool isFolder = word.find('/') != std::string::npos || isModelFolder(word);
    return isFolder ? resolvedPath({}, word).string() : word;
}

Result<FigureDesign> templateOf(const std::string& name) {
    std::vector<std::string> known;
    for (const ui::FigureKind kind : ui::FigureKinds)
        for (std::string& figure : ui::figureNames(kind))
            known.push_back(std::move(figure));
    for (const FigureTemplate& each : figureTemplates()) {
        if (each.name == name) {
            DS_ASSIGN(FigureDesign design, readFigureFile(each.file));
            design.description.clear(); // which is for whoever chooses among templates
            return design;
        }
        known.push_back(each.name);
    }
    const std::vector<std::string> near = nearestNames(name, known, 1);
    return fail(ErrorKind::NotFound, fmt::format("There is no figure, and no template, `{}`.", name),
                "--figure",
                near.empty() ? std::string("`diploscope figure --list` names them; files end with "
                                           ".figure.json, .svg, .pdf or .png.")
                             : fmt::format("Did you mean `{}`? `diploscope figure --list` names them all.",
                                           near.front()));
}

Result<FigureDesign> figureNamedOrRead(const std::string& name) {
    if (ui::figureNamed(name))
        return designOf({.figure = name});
    if (isFigureFile(name))
        return readFigureFile(name);
    if (!isPicture(name))
        return templateOf(name);
    DS_ASSIGN(const FigureProof proof, proofIn(name));
    return figureDesignOf(proof.figure, {});
}

/// What options say of the panel.
Result<void> choose(const std::vector<FigureRequest::Choice>& choices, FigureDesign& design) {
    const auto first = std::find_if(choices.begin(), choices.end(),
                                    [](const FigureRequest::Choice& choice) { return choice.isGiven; });
    if (first == choices.end())
        return {};
    if (design.panels.size() != 1)
        return fail(
            ErrorKind::BadInput,
            fmt::format("It says something of one panel, and the figure has {}.", design.panels.size()),
            first->option->flag, "Write it into the figure's *.figure.json.");
    nlohmann::ordered_json panel = panelJson(design.panels.front(), {});
    for (const FigureRequest::Choice& choice : choices) {
        if (!choice.isGiven)
            continue;
        const std::string_view key = choice.option->key;
        DS_ASSIGN(nlohmann::ordered_json value, panelValue(*choice.option, choice.words));
        if (key == "other_model")
            value = modelWord(choice.words.front());
        if (key == "region" || key == "around_tss") { // one in place of the other
            panel.erase("region");
            panel.erase("around_tss");
        }
        panel[std::string(key)] = std::move(value);
    }
    DS_ASSIGN(design.panels.front(), panelDesignOf(panel, {}, {}));
    return {};
}

/// Of what the figure is. A panel alone gives up its own.
void chooseSubject(const FigureRequest& request, FigureDesign& design) {
    PanelDesign& panel = design.panels.front();
    const bool isAlone = design.panels.size() == 1;
    if (!request.study.empty()) {
        design.study = resolvedPath({}, request.study);
        if (isAlone)
            panel.study.clear();
    }
    if (!request.model.empty()) {
        design.model = modelWord(request.model);
        if (isAlone)
            panel.model.clear();
    }
    if (!request.genes.empty()) {
        design.gene = request.genes.size() == 1 ? request.genes.front() : std::string();
        if (isAlone)
            panel.gene.clear();
    }
}

/// How its numbers come about.
void chooseNumbers(const FigureRequest& request, FigureDesign& design) {
    if (request.score != ScoreRequest{})
        for (const PanelDesign& panel : design.panels)
            design.scores[design.modelOf(panel)] = request.score;
    const FigureDesign::Statistics asked = ui::askedStatistics(request.statistics);
    FigureDesign::Statistics& statistics = design.statistics;
    for (auto number : {&FigureDesign::Statistics::nullPredictors, &FigureDesign::Statistics::resamples})
        if (asked.*number)
            statistics.*number = asked.*number;
    if (asked.seed)
        statistics.seed = asked.seed;
    if (asked.fineMapping)
        statistics.fineMapping = asked.fineMapping;
    statistics.backwardDrivers = statistics.backwardDrivers || asked.backwardDrivers;
}

/// \param text that was found in the file, or why none was
Result<FigureProof> parsedProof(const Result<std::string>& text, const fs::path& file) {
    Result<FigureProof> proof = text ? parseProof(*text) : fail(text.error());
    if (proof)
        return proof;
    Error error = proof.error();
    error.where = error.where.empty() ? file.string() : fmt::format("{}: {}", file.string(), error.where);
    return fail(std::move(error));
}

} // namespace

Result<FigureProof> proofIn(const fs::path& file) {
    DS_ASSIGN(const std::string content, readWholeFile(file));
    return parsedProof(embeddedProof(content), file);
}

Result<StoredProof> storedProofIn(const std::string& content, const fs::path& file) {
    Result<std::string> ofReport = embeddedReport(content);
    const bool isReport = ofReport || ofReport.error().kind != ErrorKind::NotFound;
    DS_ASSIGN(FigureProof proof, parsedProof(isReport ? std::move(ofReport) : embeddedProof(content), file));
    return StoredProof{std::move(proof), isReport};
}

Result<FigureDesign> requestedDesign(const FigureRequest& request) {
    DS_ASSIGN(FigureDesign design, figureNamedOrRead(request.figure));
    DS_TRY(choose(request.choices, design));
    chooseSubject(request, design);
    chooseNumbers(request, design);
    design.widthMm = request.widthMm ? request.widthMm : design.widthMm;
    design.heightMm = request.heightMm ? request.heightMm : design.heightMm;
    design.fontPt = request.fontPt.value_or(design.fontPt);
    design.dpi = request.dpi.value_or(design.dpi);
    design.font = request.font.empty() ? design.font : request.font;
    design.transparent = design.transparent || request.transparent;
    return figureDesignOf(nlohmann::json(figureJson(design, {})), {}); // whose checks are those of files
}

FigureDesign requestedSubject(const FigureRequest& request) {
    FigureDesign design = designOf({.figure = request.figure}); // a panel whose subject they are
    chooseSubject(request, design);
    chooseNumbers(request, design);
    design.panels.clear();
    return design;
}

Result<ui::SourceSettings> sourceSettings(const FigureRequest& request) {
    ui::SourceSettings settings;
    DS_ASSIGN(settings.predictor, predictorOptionsOf(request));
    settings.method = methodOf(request);
    settings.selfCheckEvery = request.selfCheckEvery;
    settings.trust = request.trust;
    settings.studies = request.studies;
    if (!request.noCache)
        settings.cache = Workspace::cacheIn(request.cacheFile);
    settings.tell = [](const std::string& note) {
        finishProgress();
        warn("{}\n", note);
    };
    return settings;
}

} // namespace diploscope::cli
