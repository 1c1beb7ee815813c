// SPDX-License-Identifier: GPL-3.0-or-later
#include "workflow/workspace.h"

#include "analysis/effect_background.h"
#include "analysis/provenance.h"
#include "analysis/result_places.h"
#include "base/stage_clock.h"
#include "study/study_identity.h"

#include <fmt/format.h>

namespace diploscope {

std::shared_ptr<Workspace::Cache> Workspace::cacheIn(const std::filesystem::path& file, int64_t limitBytes) {
    return std::make_shared<Cache>(
        [file, limitBytes](const RunContext&) { return ScoreCache::open(file, limitBytes); });
}

ScoreOptions Workspace::score() const {
    const std::string phenotypes = m_study ? m_study->file().phenotypes : GenePhenotypes;
    return options.score.value_or(defaultScore(predictor->info(), phenotypes));
}

void Workspace::setStudy(std::shared_ptr<const Study> study) {
    m_study = std::move(study);
    m_sideTables = std::make_shared<Lazy<std::shared_ptr<const ExternalTables>>>(
        [study = m_study](const RunContext& context) { return readExternalTables(*study, context); });
    m_predixcan = std::make_shared<Lazy<PredixcanRs>>(
        [study = m_study](const RunContext& context) { return predixcanR(*study, context); });
}

Result<std::shared_ptr<ScoreCache>> Workspace::scores(const RunContext& context) const {
    if (!cache)
        return std::shared_ptr<ScoreCache>();
    const StageTime time(context, Stage::Store);
    return cache->get(context);
}

Result<std::string> Workspace::cacheNote(const RunContext& context) const {
    DS_ASSIGN(const std::shared_ptr<ScoreCache> known, scores(context));
    if (!known || !known->setAside())
        return std::string();
    return fmt::format("The score cache was damaged; it was set aside as {} and begun anew.",
                       known->setAside()->string());
}

Result<std::shared_ptr<const ExternalTables>> Workspace::sideTables(const RunContext& context) const {
    const StageTime time(context, Stage::Read);
    return m_sideTables->get(context);
}

Result<std::shared_ptr<const EffectBackground>> Workspace::background(const RunContext& context) const {
    const StageTime time(context, Stage::Read);
    return knownBackground(*m_study, predictor->info(), score(), context);
}

Result<ResultStore> Workspace::openStore() const {
    return store.empty() ? openResultStore(m_study->file()) : ResultStore::open(store);
}

Result<Workspace::Analysed> Workspace::analyze(const StudyGene& gene, bool gradients,
                                               const RunContext& context, const ReportSink& onPartial) const {
    DS_ASSIGN(const std::shared_ptr<ScoreCache> known, scores(context));
    AnalysisOptions asked = options;
    asked.gradients = gradients;
    DS_ASSIGN(asked.external, sideTables(context));
    DS_ASSIGN(asked.background, background(context));
    Analysed analysed;
    DS_ASSIGN(analysed.report, analyzeGene(*m_study, gene, predictor, known, asked, context, onPartial));
    const auto keep = [&]() -> Result<void> {
        const StageTime time(context, Stage::Store);
        DS_ASSIGN(const ResultRun run, keys(context));
        DS_ASSIGN(ResultStore results, openStore());
        return storeReport(*m_study, *analysed.report, run, results);
    };
    if (const Result<void> kept = keep(); !kept)
        analysed.notStored = kept.error();
    return analysed;
}

Result<GenomeRunResult> Workspace::analyzeAll(const std::vector<const StudyGene*>& genes, GenomeSinks sinks,
                                              const RunContext& context) const {
    GenomeRun run{std::move(sinks), predictor, nullptr, options, {}, threads};
    DS_ASSIGN(run.cache, scores(context));
    DS_ASSIGN(run.options.external, sideTables(context));
    DS_ASSIGN(run.options.background, background(context));
    DS_ASSIGN(PredixcanRs predixcan,
              inStage(context, Stage::Statistics, [&] { return m_predixcan->get(context); }));
    run.predixcanR = std::move(predixcan.r);
    DS_ASSIGN(ResultStore results, openStore());
    Result<GenomeRunResult> result = runGenome(*m_study, genes, run, results, context);
    if (result)
        result->leftOut = std::move(predixcan.leftOut);
    return result;
}

Result<StoredResults> Workspace::stored(const RunContext& context) const {
    DS_ASSIGN(const ResultRun run, keys(context));
    const StageTime time(context, Stage::Store);
    return readStoredResults(resultPlacesOf(m_study->file()), run);
}

Result<ResultRun> Workspace::keys(const RunContext& context) const {
    if (predictor)
        return resultRunOf(*m_study, *predictor, options, context);
    ResultRun run;
    DS_ASSIGN(run.study, studyIdentity(*m_study, context));
    return run;
}

std::vector<std::pair<std::string, std::string>> Workspace::provenance() const {
    return provenanceOf(*m_study, *predictor, score(), options);
}

} // namespace diploscope
