// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study.h"

#include "base/suggestion.h"
#include "genome/builds.h"
#include "genome/contig_names.h"
#include "io/expression_reader.h"
#include "io/variant_reader.h"

#include <fmt/format.h>

#include <cmath>

namespace diploscope {

namespace {

Failure onlyPublished(const StudyFile& file) {
    return fail(
        ErrorKind::Unsupported, "The study is made from published tables: it has no genotypes to analyse.",
        file.path.string(), "See its genes with `diploscope summary`, or open a study with genotypes.");
}

} // namespace

Result<std::shared_ptr<const std::vector<Liftover>>> Study::liftovers(const RunContext& context) const {
    static const auto none = std::make_shared<const std::vector<Liftover>>();
    if (!m_liftovers)
        return none;
    return m_liftovers->get(context);
}

Result<const StudyGene*> Study::findGene(std::string_view idOrSymbol) const {
    if (isPublished())
        return onlyPublished(m_file);
    auto gene = loci().find(idOrSymbol);
    if (!gene) {
        Error error = gene.error();
        error.where = (m_rows ? m_file.expression : m_file.annotation).string();
        if (m_rows && error.kind == ErrorKind::NotFound) {
            error.what = fmt::format("No phenotype of the study is called `{}`.", idOrSymbol);
            if (!error.remedy.starts_with("Did you mean"))
                error.remedy = "Check the spelling, and that the table holds this row.";
        }
        return fail(std::move(error));
    }
    const auto found = m_geneById.find((*gene)->id);
    if (found == m_geneById.end() && m_rows)
        return fail(ErrorKind::NotFound,
                    fmt::format("The phenotype {} cannot be analysed: it lies where the reference or the "
                                "genotypes have nothing.",
                                (*gene)->name),
                    m_file.expression.string(),
                    "`diploscope check --verbose` lists the phenotypes left out, and why.");
    if (found == m_geneById.end())
        return fail(
            ErrorKind::NotFound,
            fmt::format(
                "The gene {} ({}) is in the annotation, but cannot be analysed: it has no expression, or "
                "lies where the reference or the genotypes have nothing.",
                (*gene)->name, (*gene)->id),
            m_file.expression.string(), "`diploscope check --verbose` lists the genes left out, and why.");
    return &m_genes[found->second];
}

std::vector<bool> Study::withoutCopyOf(const Gene& gene) const {
    const auto copies =
        copiesAt(gene.region.contig, gene.tss(), knownBuild(m_file.build).value_or(std::string()));
    std::vector<bool> without;
    for (size_t p = 0; copies && p < m_sexes.size(); ++p)
        if (copies->of(m_sexes[p]) == 0) {
            without.resize(m_people.size());
            without[p] = true;
        }
    return without;
}

Result<Eigen::VectorXd> Study::observed(const StudyGene& gene) const {
    DS_ASSIGN(Eigen::VectorXd values, m_expression->row(gene.expressionRow));
    const std::vector<bool> without = withoutCopyOf(gene.gene);
    if (without.empty())
        return values;
    for (size_t p = 0; p < without.size(); ++p)
        if (without[p])
            values(static_cast<Eigen::Index>(p)) = std::nan("");
    if (m_file.transform == ExpressionTransform::RankNormal) {
        // Over the people analysed: the others' ranks among themselves are those of their ranks among all.
        RankScores scores;
        (void)transformRow(values, m_file.transform, scores);
    }
    return values;
}

Result<ReferenceWindow> Study::window(const Gene& gene, const InputShape& shape, int64_t flank) const {
    if (isPublished())
        return onlyPublished(m_file);
    const auto contig = matchingContig(gene.region.contig, m_reference->contigs());
    if (!contig)
        return fail(ErrorKind::NotFound,
                    fmt::format("The gene {} lies on `{}`, which the reference does not have.", gene.name,
                                gene.region.contig),
                    m_file.reference.string(), "Choose a gene on a contig of the reference.");
    const Region region = inputRegion(shape, *contig, gene.tss(), gene.strand);
    DS_ASSIGN(std::string bases, m_reference->fetch(withFlank(region, flank)));
    ReferenceWindow window = makeWindow(shape, *contig, gene.tss(), gene.strand, flank, std::move(bases));
    window.geneId = gene.id;
    if (loci().withName(gene.name).size() <= 1)
        window.geneName = gene.name;
    return window;
}

Result<AlleleMatrix> Study::alleles(const ReferenceWindow& window, const RunContext& context) const {
    if (isPublished())
        return onlyPublished(m_file);
    const Region region = withFlank(window.region, window.flank);
    DS_ASSIGN(AlleleMatrix matrix,
              m_genotypes->read(region, m_people, m_file.options.unphased, window.context, context));
    if (const auto records = static_cast<int64_t>(matrix.sites.size());
        records > 0 && matrix.counts.withoutGenotypes == records)
        return fail(ErrorKind::BadInput,
                    fmt::format("None of the {} records there has genotypes (GT): everybody would be taken "
                                "for the reference.",
                                records),
                    fmt::format("{}, {}", m_file.genotypes, toText(region)),
                    "Give phased genotypes (GT); dosages (DS) alone do not say which haplotype carries an "
                    "allele.");
    return matrix;
}

Result<AlleleMatrix> Study::genotypes(const Region& region, const RunContext& context) const {
    if (isPublished())
        return onlyPublished(m_file);
    return m_genotypes->read(region, m_people, UnphasedRule::AsListed, {}, context);
}

Result<AlleleMatrix> Study::genotypesAt(const Region& region, std::span<const int64_t> positions,
                                        const RunContext& context) const {
    if (isPublished())
        return onlyPublished(m_file);
    return m_genotypes->readPositions(region, positions, m_people, context);
}

Error leftOutInWords(const std::vector<Error>& faults) {
    Error error = faults.front();
    if (faults.size() == 1) {
        error.remedy += " Genes are analysed without it.";
        return error;
    }
    std::vector<std::string> places;
    for (const Error& fault : faults)
        places.push_back(
            std::filesystem::path(fault.where.substr(0, fault.where.find(", "))).filename().string());
    error.what = fmt::format("{} parts of the study cannot be used: {}. {}", faults.size(), listed(places),
                             faults.front().what);
    error.remedy = "Genes are analysed without them; `diploscope check` says what is wrong with each.";
    return error;
}

} // namespace diploscope
