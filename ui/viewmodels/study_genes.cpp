// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/study_genes.h"

#include "genome/contig_names.h"
#include "genome/region_name.h"

#include <cstdlib>
#include <limits>
#include <utility>

namespace diploscope::ui {

namespace {

/// The gene whose TSS is nearest to a place on its contig; null when `text` is no such place.
const Gene* geneAt(const std::vector<Gene>& genes, const std::string& text) {
    const Result<PlaceName> place = parsePlace(text);
    if (!place || place->contig.empty() || place->isRange)
        return nullptr;
    const Gene* nearest = nullptr;
    int64_t distance = std::numeric_limits<int64_t>::max();
    for (const Gene& gene : genes) {
        const int64_t gap = std::abs(gene.tss() + 1 - place->first);
        if (gap < distance && matchingContig(place->contig, {gene.region.contig})) {
            nearest = &gene;
            distance = gap;
        }
    }
    return nearest;
}

std::vector<Gene> genesOf(const Study& study) {
    std::vector<Gene> genes;
    for (const StudyGene& gene : study.genes())
        genes.push_back(gene.gene);
    return genes;
}

/// A published table tells no more of a gene than its TSS.
std::vector<Gene> genesOf(const ModelGenes& published) {
    std::vector<Gene> genes;
    for (const GeneRow& row : published.genes) {
        Gene gene;
        gene.id = row.geneId;
        gene.name = row.geneName;
        gene.strand = row.strand == "-" ? Strand::Reverse : Strand::Forward;
        const auto tss = static_cast<int64_t>(row.tss.value_or(1));
        gene.region = {row.chrom, tss - 1, tss};
        genes.push_back(std::move(gene));
    }
    return genes;
}

} // namespace

StudyGenes::StudyGenes(std::shared_ptr<const Study> study)
    : m_study(std::move(study)), m_genes(genesOf(*m_study)) {}

StudyGenes::StudyGenes(const ModelGenes& published) : m_genes(genesOf(published)) {}

Result<const Gene*> StudyGenes::find(const QString& text) const {
    QString typed = text.trimmed();
    typed.remove(QChar(0x2068)).remove(QChar(0x2069)); // see shownName()
    const std::string name = typed.toStdString();
    if (const Gene* gene = geneAt(all(), name))
        return gene;
    if (m_study) {
        DS_ASSIGN(const StudyGene* found, m_study->findGene(name));
        return &all()[static_cast<size_t>(found - m_study->genes().data())];
    }
    return m_genes.find(name);
}

const StudyGene& StudyGenes::studyGene(const Gene& gene) const {
    return m_study->genes()[static_cast<size_t>(&gene - all().data())];
}

} // namespace diploscope::ui
