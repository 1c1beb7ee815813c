// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_fine_mapping.h"

#include "analysis/provenance.h"
#include "io/table_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

Result<GeneFineMapping> fineMapGene(const Study& study, const StudyGene& gene, int64_t windowLength,
                                    const SusieOptions& options, const RunContext& context) {
    GeneFineMapping mapping;
    mapping.gene = gene.gene;
    DS_ASSIGN(const ReferenceWindow window,
              study.window(gene.gene, {windowLength, windowLength / 2, StrandRule::Forward}));
    mapping.window = window.region;
    context.report("Reading genotypes", 0, 0);
    DS_ASSIGN(const AlleleMatrix alleles, study.alleles(window, context));
    const SnvPanel all = buildSnvPanel(alleles, window.region);
    for (const Snv& snv : all.snvs)
        (isPoorlyGenotyped(snv, all.dosages.rows()) ? mapping.leftOut : mapping.panel.snvs).push_back(snv);
    mapping.panel.dosages = all.dosages(Eigen::all, wellGenotyped(all));
    if (mapping.panel.snvs.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("Nobody carries an SNV within {} bp round the TSS of {}{}.", windowLength,
                                gene.gene.name,
                                mapping.leftOut.empty() ? "" : " of which 80 % of people have a genotype"),
                    study.file().genotypes, "Choose a wider window.");

    context.report("Fine mapping", 0, 0);
    const Residuals residuals = residualise(mapping.panel.dosages, study.observed(gene), study.covariates());
    mapping.people = static_cast<int64_t>(residuals.people.size());
    mapping.eqtl = marginalEffects(residuals);
    DS_ASSIGN(const std::optional<FineMapping> susie, fineMap(residuals, options, context));
    if (!susie)
        return fail(
            ErrorKind::BadInput,
            fmt::format("The expression of {} does not vary between the {} people in whom it is known, or "
                        "covariates explain all of it.",
                        gene.gene.name, mapping.people),
            study.file().expression.string(), "Choose another gene, or fewer covariates.");
    mapping.susie = *susie;
    return mapping;
}

Result<void> writeFineMapping(const GeneFineMapping& mapping, const Study& study,
                              const std::filesystem::path& file) {
    TableWriter table({"variant", "pip", "pip_pruned", "credible_set", "chrom", "pos", "ref", "alt", "maf",
                       "missing_genotypes", "posterior_mean", "eqtl_slope", "eqtl_se", "eqtl_p",
                       "set_coverage", "set_min_abs_corr", "set_mean_abs_corr", "set_median_abs_corr"});
    table.comment("program", programVersion());
    table.comment("study", study.file().name);
    table.comment("gene", mapping.gene.id + " " + mapping.gene.name);
    table.comment("window", fmt::format("{}:{}-{}", mapping.window.contig, mapping.window.start + 1,
                                        mapping.window.end));
    table.comment("people", fmt::format("{}", mapping.people));
    for (const Snv& snv : mapping.leftOut)
        table.comment("left_out", fmt::format("{}, {} missing genotypes", toName(snv), snv.missing));
    table.comment("covariates", fmt::format("{}", study.covariates().cols()));
    table.comment("method", fmt::format("SuSiE as susieR 0.12.35, L = {}; {} after {} iterations",
                                        mapping.susie.priorVariance.size(),
                                        mapping.susie.converged ? "converged" : "not converged",
                                        mapping.susie.iterations));
    const auto isLarge = [](const CredibleSet& set) { return set.variants.size() > MostPurityVariants; };
    if (std::any_of(mapping.susie.sets.begin(), mapping.susie.sets.end(), isLarge))
        table.comment("purity", fmt::format("of a set of more than {0} SNVs: of {0} of them, taken by chance",
                                            MostPurityVariants));

    std::vector<size_t> setOf(mapping.panel.snvs.size(), 0); // from 1; of several the purest
    for (size_t s = mapping.susie.sets.size(); s-- > 0;)
        for (const int64_t v : mapping.susie.sets[s].variants)
            setOf[static_cast<size_t>(v)] = s + 1;
    for (size_t v = 0; v < mapping.panel.snvs.size(); ++v) {
        const Snv& snv = mapping.panel.snvs[v];
        const bool isNamed = !snv.id.empty() && snv.id != ".";
        table.row()
            .cell(isNamed ? snv.id : toName(snv))
            .cell(mapping.susie.pip[static_cast<Eigen::Index>(v)])
            .cell(mapping.susie.prunedPip[static_cast<Eigen::Index>(v)]);
        const CredibleSet* set = setOf[v] == 0 ? nullptr : &mapping.susie.sets[setOf[v] - 1];
        if (set != nullptr)
            table.cell(static_cast<int64_t>(setOf[v]));
        else
            table.cell("NA");
        table.cell(mapping.window.contig)
            .cell(snv.position + 1)
            .cell(snv.ref)
            .cell(snv.alt)
            .cell(snv.maf())
            .cell(snv.missing)
            .cell(mapping.susie.posteriorMean[static_cast<Eigen::Index>(v)])
            .cell(mapping.eqtl[v].slope)
            .cell(mapping.eqtl[v].se)
            .cell(textOf(mapping.eqtl[v].p));
        for (const auto value : {&CredibleSet::coverage, &CredibleSet::minimumCorrelation,
                                 &CredibleSet::meanCorrelation, &CredibleSet::medianCorrelation})
            table.cell(set != nullptr ? std::optional(set->*value) : std::nullopt);
    }
    return table.writeTo(file);
}

} // namespace diploscope
