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

void Session::takePublished(const ModelGenes& model) {
    const std::string shown = m_gene == nullptr ? std::string() : m_gene->id;
    m_modelChoice = QString::fromStdString(model.model);
    std::vector<Gene> genes;
    m_results.clear();
    for (const GeneRow& row : model.genes) {
        genes.push_back(geneOf(row));
        m_results.insert(QString::fromStdString(row.geneId), std::make_shared<const GeneRow>(row));
    }
    m_genes = Annotation(std::move(genes));
    m_gene = shown.empty() ? nullptr : m_genes.findId(shown);
    m_provenance = std::make_shared<Provenance>(
        [known = model.provenance](const RunContext&) -> Result<ProvenanceLines> { return known; });
    auto others = m_published;
    std::erase_if(others, [&](const ModelGenes& one) { return one.model == model.model; });
    m_others = std::make_shared<const std::vector<ModelGenes>>(std::move(others));
}

const ModelGenes& Session::publishedModel(const QString& model) const {
    for (const ModelGenes& one : m_published)
        if (one.model == model.toStdString())
            return one;
    return m_published.front();
}

void Session::showPublished(const QString& model) {
    for (const ModelGenes& one : m_published) {
        if (one.model != model.toStdString())
            continue;
        takePublished(one);
        Q_EMIT genesChanged();
        Q_EMIT modelChanged();
        Q_EMIT resultsReplaced();
        Q_EMIT geneChanged();
        return;
    }
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

} // namespace diploscope::ui
