// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/analysis_engine.h"

#include "analysis/provenance.h"
#include "analysis/result_places.h"
#include "study/study_identity.h"

namespace diploscope::ui {

std::shared_ptr<Lazy<std::shared_ptr<ScoreCache>>>
AnalysisEngine::lazyCache(const std::filesystem::path& file, int64_t limitBytes) {
    return std::make_shared<Lazy<std::shared_ptr<ScoreCache>>>(
        [file, limitBytes](const RunContext&) { return ScoreCache::open(file, limitBytes); });
}

void AnalysisEngine::setStudy(std::shared_ptr<const Study> study) {
    m_study = std::move(study);
    m_external = std::make_shared<Lazy<External>>(
        [study = m_study](const RunContext& context) { return readExternalTables(*study, context); });
    m_predixcan = std::make_shared<Lazy<PredixcanRs>>(
        [study = m_study](const RunContext& context) { return predixcanR(*study, context); });
}

Result<AnalysisEngine::Analysed> AnalysisEngine::analyze(const StudyGene& gene, bool gradients,
                                                         const RunContext& context,
                                                         const ReportSink& onPartial) const {
    DS_ASSIGN(const std::shared_ptr<ScoreCache> scores, cache->get(context));
    AnalysisOptions asked = options;
    asked.gradients = gradients;
    DS_ASSIGN(asked.external, m_external->get(context));
    Analysed analysed;
    DS_ASSIGN(analysed.report, analyzeGene(*m_study, gene, predictor, scores, asked, context, onPartial));
    const auto keep = [&]() -> Result<void> {
        DS_ASSIGN(const ResultRun run, keys(context));
        DS_ASSIGN(ResultStore store, openResultStore(m_study->file()));
        return storeReport(*m_study, *analysed.report, run, store);
    };
    if (const Result<void> kept = keep(); !kept)
        analysed.notStored = kept.error();
    return analysed;
}

Result<GenomeRunResult> AnalysisEngine::analyzeAll(const std::vector<const StudyGene*>& genes,
                                                   std::function<void(const GeneRow&)> onRow,
                                                   const RunContext& context) const {
    GenomeRun run;
    run.predictor = predictor;
    run.options = options;
    DS_ASSIGN(run.cache, cache->get(context));
    DS_ASSIGN(run.options.external, m_external->get(context));
    DS_ASSIGN(PredixcanRs predixcan, m_predixcan->get(context));
    run.predixcanR = std::move(predixcan.r);
    run.onRow = std::move(onRow);
    DS_ASSIGN(ResultStore store, openResultStore(m_study->file()));
    Result<GenomeRunResult> result = runGenome(*m_study, genes, run, store, context);
    if (result)
        result->leftOut = std::move(predixcan.leftOut);
    return result;
}

Result<StoredResults> AnalysisEngine::stored(const RunContext& context) const {
    DS_ASSIGN(const ResultRun run, keys(context));
    return readStoredResults(resultPlacesOf(m_study->file()), run);
}

Result<ResultRun> AnalysisEngine::keys(const RunContext& context) const {
    if (predictor)
        return resultRunOf(*m_study, *predictor, options, context);
    ResultRun run;
    DS_ASSIGN(run.study, studyIdentity(*m_study, context));
    return run;
}

std::vector<std::pair<std::string, std::string>> AnalysisEngine::provenance() const {
    return provenanceOf(*m_study, *predictor, options.score.value_or(defaultScore(predictor->info())),
                        options);
}

} // namespace diploscope::ui
