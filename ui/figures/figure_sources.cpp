// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figure_sources.h"

#include "analysis/file_stems.h"
#include "base/paths.h"
#include "figures/experiment_data.h"
#include "figures/model_place.h"
#include "figures/panel_check.h"
#include "figures/used_inputs.h"
#include "figures/used_study.h"
#include "model/model_trust.h"
#include "workflow/scored_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

namespace fs = std::filesystem;

FigureSources::FigureSources(SourceSettings settings) : m_settings(std::move(settings)) {}
FigureSources::~FigureSources() = default;

Result<FigureSources::UsedStudy*> FigureSources::studyAt(size_t number) {
    const fs::path path =
        resolvedPath({}, number < m_settings.studies.size() ? m_settings.studies[number] : m_order[number]);
    std::unique_ptr<UsedStudy>& known = m_studies[path];
    if (known)
        return known.get();
    std::vector<Error> problems;
    std::optional<StudyFile> file = readStudyFile(path, problems);
    if (!file)
        return fail(problems.front());
    auto study = std::make_unique<UsedStudy>();
    study->used.name = file->name;
    study->used.build = file->build;
    study->file = std::move(*file);
    known = std::move(study);
    return known.get();
}

Result<void> FigureSources::open(UsedStudy& study, const RunContext& context) {
    if (study.study)
        return {};
    if (m_settings.study && m_settings.study->file().path == study.file.path) {
        study.study = m_settings.study;
        return {};
    }
    const StudyCheck check = openStudy(study.file.path, context);
    if (!check.study)
        return fail(check.problems.front());
    for (const Error& fault : check.leftOut)
        m_settings.tell(fault.message());
    study.study = check.study;
    return {};
}

Result<FigureSources::UsedModel*> FigureSources::modelOf(UsedStudy& study, const std::string& model,
                                                         const FigureDesign& design,
                                                         const RunContext& context) {
    std::unique_ptr<UsedModel>& known = study.models[model];
    if (known)
        return known.get();
    const StudyFile& file = study.study->file(); // which knows where models are that are named by a word
    DS_ASSIGN(const std::string place, modelPlace(file, model));
    if (m_settings.trust)
        if (const Result<void> allowed = trustModel(place); !allowed) {
            if (allowed.error().kind != ErrorKind::Io)
                return fail(allowed.error());
            m_settings.tell(allowed.error().message());
        }
    const auto open = m_settings.models.find(place);
    const auto asked = design.scores.find(model);
    DS_ASSIGN(const ScoredModel scored,
              openScoredModel({.place = place,
                               .score = asked == design.scores.end() ? ScoreRequest() : asked->second,
                               .study = &file,
                               .options = m_settings.predictor,
                               .open = open == m_settings.models.end() ? nullptr : open->second}));
    for (const std::string& note : {scored.note(), scored.headNote()})
        if (!note.empty())
            m_settings.tell(note);
    auto opened = std::make_unique<UsedModel>();
    Workspace& workspace = opened->workspace;
    workspace.setStudy(study.study);
    workspace.predictor = scored.predictor;
    workspace.options.score = scored.score;
    workspace.options.method = m_settings.method;
    workspace.options.selfCheckEvery = m_settings.selfCheckEvery;
    askStatistics(design.statistics, workspace.options);
    workspace.cache = m_settings.cache;
    DS_ASSIGN(const std::string cacheNote, workspace.cacheNote(context));
    if (!cacheNote.empty())
        m_settings.tell(cacheNote);
    known = std::move(opened);
    return known.get();
}

Result<std::shared_ptr<const GeneReport>> FigureSources::reportOf(UsedStudy& study, UsedModel& model,
                                                                  const StudyGene& gene, bool gradients,
                                                                  const RunContext& context) {
    std::shared_ptr<const GeneReport>& known = m_reports[fmt::format(
        "{}\n{}\n{}\n{}", study.file.path.string(), fmt::ptr(&model), gene.gene.id, gradients)];
    if (known)
        return known;
    DS_ASSIGN(const Workspace::Analysed analysed, model.workspace.analyze(gene, gradients, context));
    if (analysed.notStored)
        m_settings.tell(fmt::format("{} is not kept in the study's result store. {}", gene.gene.name,
                                    analysed.notStored->message()));
    known = analysed.report;
    return known;
}

Result<std::shared_ptr<WarmLocus>> FigureSources::locusOf(UsedModel& model, const StudyGene& gene,
                                                          const RunContext& context) {
    std::shared_ptr<WarmLocus>& known = m_loci[fmt::format("{}\n{}", fmt::ptr(&model), gene.gene.id)];
    if (known)
        return known;
    DS_ASSIGN(std::unique_ptr<WarmLocus> locus, readWarmLocus(model.workspace, gene.gene.id, context));
    known = std::move(locus);
    return known;
}

Result<void> FigureSources::addInputs(UsedStudy& study, FigureKind kind, const ReadyFigure& ready,
                                      const RunContext& context) {
    if (!study.digests) {
        DS_ASSIGN(study.digests, inputsOf(study.file, context));
    }
    for (FigureProof::Input& input : shownInputs(*study.digests, kind))
        addInput(study.used, std::move(input));
    if (!ready.inputs)
        return {};
    DS_ASSIGN(std::vector<FigureProof::Input> more, ready.inputs(context));
    for (FigureProof::Input& input : more)
        addInput(study.used, std::move(input));
    return {};
}

Result<FigureSpec> FigureSources::dataOf(const FigureDesign& design, const PanelDesign& panel,
                                         const FigureEntry& entry, UsedStudy& study,
                                         const RunContext& context) {
    if (entry.kind == FigureKind::Genome)
        return genomeData(design, panel, study, context);
    if (study.file.published)
        return fail(ErrorKind::Unsupported, "The study has results alone: no people, and no gene to look at.",
                    study.file.path.string(), "Choose a figure of all genes.");
    const std::string& name = design.geneOf(panel);
    if (name.empty())
        return fail(ErrorKind::NotFound, fmt::format("`{}` is a figure of one gene.", entry.name), "gene",
                    "Say of which, by --gene or the figure's \"gene\".");
    DS_TRY(open(study, context));
    DS_ASSIGN(const StudyGene* gene, study.study->findGene(name));
    DS_ASSIGN(UsedModel * model, modelOf(study, design.modelOf(panel), design, context));
    if (entry.kind == FigureKind::Gene)
        return geneData(design, panel, entry, study, *model, *gene, context);
    ExperimentBench bench;
    DS_ASSIGN(bench.warm, locusOf(*model, *gene, context));
    if (entry.kind == FigureKind::Person)
        return personData(panel, *bench.warm, context);
    if (asksForDrivers(panel)) {
        DS_ASSIGN(bench.report, reportOf(study, *model, *gene, false, context));
    }
    return experimentData(panel, entry, bench, context);
}

void FigureSources::begin(const FigureDesign& design) {
    m_reports.clear();
    m_loci.clear();
    if (m_statistics != design.statistics || m_scores != design.scores)
        for (auto& [path, study] : m_studies)
            study->models.clear();
    m_statistics = design.statistics;
    m_scores = design.scores;
    m_order.clear();
}

Result<FigureSpec> FigureSources::readPanel(const FigureDesign& design, size_t number, DesignedFigure& figure,
                                            UsedStudies& used, const RunContext& context) {
    const PanelDesign& panel = design.panels[number];
    DS_TRY(context.checkpoint());
    DS_ASSIGN(const FigureEntry* entry, figureNamed(panel.figure));
    DS_TRY(checkPanel(*entry, panel));
    const fs::path& path = design.studyOf(panel);
    if (path.empty() && m_settings.studies.empty())
        return fail(ErrorKind::NotFound, "The figure does not say of which study it is.", "study",
                    "Name a *.study.json.");
    auto place = std::find(m_order.begin(), m_order.end(), path);
    if (place == m_order.end())
        place = m_order.insert(m_order.end(), path);
    DS_ASSIGN(UsedStudy * study, studyAt(static_cast<size_t>(place - m_order.begin())));
    if (std::find(used.begin(), used.end(), study) == used.end()) {
        study->used.inputs.clear();
        used.push_back(study);
    }
    DS_ASSIGN(FigureSpec data, dataOf(design, panel, *entry, *study, context));
    ReadyFigure ready = entry->make(data);
    DS_TRY(addInputs(*study, entry->kind, ready, context));
    figure.panels.push_back({entry, std::move(ready)});
    return data;
}

Result<DesignedFigure> FigureSources::read(const FigureDesign& design, const RunContext& context) {
    begin(design);
    DesignedFigure figure{design, {}, {}};
    UsedStudies used;
    for (size_t i = 0; i < design.panels.size(); ++i)
        if (const Result<FigureSpec> data = readPanel(design, i, figure, used, context); !data) {
            Error error = data.error();
            if (design.panels.size() > 1 && error.kind != ErrorKind::Cancelled)
                error.where = fmt::format("panel {} ({}){}{}", i + 1, design.panels[i].figure,
                                          error.where.empty() ? "" : ", ", error.where);
            return fail(std::move(error));
        }
    for (const UsedStudy* study : used)
        figure.studies.push_back(study->used);
    return figure;
}

Result<FigureSources::Told> FigureSources::tell(const FigureDesign& design, const RunContext& context) {
    begin(design);
    Told told{{design, {}, {}}, {}, {}};
    told.figure.design.panels.clear();
    UsedStudies used;
    for (size_t i = 0; i < design.panels.size(); ++i) {
        Result<FigureSpec> data = readPanel(design, i, told.figure, used, context);
        if (!data && (i == 0 || data.error().kind == ErrorKind::Cancelled))
            return fail(data.error());
        if (!data) {
            told.leftOut.push_back(data.error());
            continue;
        }
        told.figure.design.panels.push_back(design.panels[i]);
        if (i == 0)
            told.data = *std::move(data);
    }
    for (const UsedStudy* study : used)
        told.figure.studies.push_back(study->used);
    return told;
}

Result<std::string> FigureSources::stemOf(const FigureDesign& design, const std::string& name,
                                          const RunContext& context) {
    m_order.clear();
    for (const PanelDesign& panel : design.panels)
        if (const Result<const FigureEntry*> entry = figureNamed(panel.figure);
            entry && (*entry)->kind != FigureKind::Genome && m_order.empty())
            m_order.push_back(design.studyOf(panel));
    if (m_order.empty() || (m_order.front().empty() && m_settings.studies.empty()))
        return fileStem(name);
    DS_ASSIGN(UsedStudy * study, studyAt(0));
    DS_TRY(open(*study, context));
    DS_ASSIGN(const StudyGene* gene, study->study->findGene(name));
    return GeneFileStems(study->study->genes()).of(gene->gene, name);
}

} // namespace diploscope::ui
