// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/external_tables.h"

#include "analysis/lift_by_chain.h"
#include "analysis/reference_alleles.h"

#include <fmt/format.h>

namespace diploscope {

namespace {

Result<AssociationTable> readOne(const Study& study, const std::vector<std::string>& genes,
                                 const std::filesystem::path& file, std::map<std::string, LiftCounts>& counts,
                                 const RunContext& context) {
    DS_ASSIGN(AssociationTable table, AssociationTable::read(file, genes, context));
    if (table.rowsKept() == 0)
        return fail(
            ErrorKind::Mismatch,
            fmt::format("None of its {} rows is of a gene and a variant that the study could have.",
                        table.rowsRead()),
            file.string(),
            fmt::format("Check that its genes are named as `{}`, and its variants as chr_pos_ref_alt.",
                        genes.empty() ? "ENSG..." : genes.front()));
    const auto check = [&](const AssociationTable& one, BuildEvidence needed) {
        return checkReferenceAlleles(study, one.someVariants(AllelesToCheck), needed, "the table", file);
    };
    const Result<void> agrees = check(table, BuildEvidence::NotAgainst);
    if (agrees)
        return table;
    const auto lift = [](AssociationTable& one, const Liftover& chain) { return one.lift(chain); };
    const auto agreesThen = [&](const AssociationTable& one) { return check(one, BuildEvidence::For); };
    DS_ASSIGN(Lifted<AssociationTable> lifted,
              liftByChain<AssociationTable>(study, table, agrees.error(), lift, agreesThen, context));
    counts[table.name()] = lifted.counts;
    return std::move(lifted.table);
}

} // namespace

Result<std::shared_ptr<const ExternalTables>> readExternalTables(const Study& study,
                                                                 const RunContext& context) {
    const StudyFile& named = study.file();
    if (named.eqtl.empty() && named.fineMapping.empty() && named.haplotypeCounts.empty())
        return std::shared_ptr<const ExternalTables>();
    std::vector<std::string> genes;
    for (const StudyGene& gene : study.genes())
        genes.push_back(gene.gene.id);
    auto tables = std::make_shared<ExternalTables>();
    const auto readAll = [&](const std::vector<std::filesystem::path>& files,
                             std::vector<AssociationTable>& into) -> Result<void> {
        for (const auto& file : files) {
            Result<AssociationTable> table = readOne(study, genes, file, tables->lifted, context);
            if (table)
                into.push_back(std::move(*table));
            else if (table.error().kind == ErrorKind::Cancelled)
                return fail(table.error());
            else
                tables->leftOut.push_back(table.error());
        }
        return {};
    };
    DS_TRY(readAll(named.eqtl, tables->eqtl));
    DS_TRY(readAll(named.fineMapping, tables->fineMapping));
    if (!named.haplotypeCounts.empty()) {
        DS_ASSIGN(tables->reads, readPeoplesReads(study, tables->leftOut, context));
    }
    return std::shared_ptr<const ExternalTables>(std::move(tables));
}

void addImported(const ExternalTables& tables, const ReferenceWindow& reference, GeneReport& report) {
    std::vector<AssociationSite> sites;
    for (const VariantResult& variant : report.variants)
        sites.push_back({variant, variant.effectAllele == variant.ref, variant.id});
    const ReferenceStretch round{reference.context, reference.region.start - reference.flank};
    const auto find = [&](const AssociationTable& table) {
        AssociationMatches matches = table.find(report.gene.id, sites, report.window, round);
        report.importedTables.push_back({table.name(), matches.counts});
        return std::move(matches.ofSite);
    };
    std::vector<ImportedEffect>& effects = report.imported;
    effects.resize(sites.size());
    for (const AssociationTable& table : tables.eqtl) {
        const auto found = find(table);
        for (size_t v = 0; v < found.size(); ++v)
            if (found[v] && !effects[v].slope) {
                effects[v].slope = found[v]->slope;
                effects[v].se = found[v]->se;
                if (found[v]->p != 0.0) // somebody's rounded one
                    effects[v].p = found[v]->p;
                effects[v].eqtlTable = table.name();
            }
    }
    for (const AssociationTable& table : tables.fineMapping) {
        const auto found = find(table);
        for (size_t v = 0; v < found.size(); ++v)
            if (found[v] && !effects[v].pip) {
                effects[v].pip = found[v]->pip;
                effects[v].credibleSet = found[v]->credibleSet;
                effects[v].fineMappingTable = table.name();
            }
    }
}

} // namespace diploscope
