// SPDX-License-Identifier: GPL-3.0-or-later
// The session of a study that was made from published tables: stored results, and nothing to analyse.
#include "viewmodels/session.h"

namespace diploscope::ui {

namespace {

/// A gene of which a published table tells no more than the TSS.
Gene geneOf(const GeneRow& row) {
    Gene gene;
    gene.id = row.geneId;
    gene.name = row.geneName;
    gene.strand = row.strand == "-" ? Strand::Reverse : Strand::Forward;
    const auto tss = static_cast<int64_t>(row.tss.value_or(1));
    gene.region = {row.chrom, tss - 1, tss};
    return gene;
}

} // namespace

std::vector<Gene> Session::publishedGenes() const {
    std::vector<Gene> genes;
    for (const GeneRow& row : m_published.front().genes)
        genes.push_back(geneOf(row));
    return genes;
}

void Session::showPublished(const QString& model) {
    m_modelChoice = model;
    m_results.clear();
    std::vector<ModelGenes> others;
    for (const ModelGenes& one : m_published) {
        if (one.model != model.toStdString()) {
            others.push_back(one);
            continue;
        }
        for (const GeneRow& row : one.genes)
            m_results.insert(QString::fromStdString(row.geneId), std::make_shared<const GeneRow>(row));
    }
    m_others = std::make_shared<const std::vector<ModelGenes>>(std::move(others));
    Q_EMIT modelChanged();
    Q_EMIT resultsReplaced();
    Q_EMIT reportChanged();
}

QStringList Session::publishedModels() const {
    QStringList names;
    for (const ModelGenes& model : m_published)
        names << QString::fromStdString(model.model);
    return names;
}

std::string Session::modelName() const {
    return isPublished() ? m_modelChoice.toStdString() : m_model ? m_model->info().name : std::string();
}

std::vector<std::pair<std::string, std::string>> Session::provenance() const {
    for (const ModelGenes& model : m_published)
        if (model.model == m_modelChoice.toStdString())
            return model.provenance;
    return m_engine->isReady() ? m_engine->provenance() : std::vector<std::pair<std::string, std::string>>();
}

} // namespace diploscope::ui
