// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_fine_mapping.h"

#include "analysis/effect_alleles.h"
#include "analysis/provenance.h"
#include "analysis/report_columns.h"
#include "results/gene_columns.h"
#include "results/table_columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

Result<GeneFineMapping> fineMapGene(const Study& study, const StudyGene& gene, int64_t windowLength,
                                    const SusieOptions& options, const RunContext& context) {
    GeneFineMapping mapping;
    mapping.gene = gene.gene;
    const VariantMode mode = study.file().options.variants;
    DS_ASSIGN(
        const ReferenceWindow window,
        study.window(gene.gene, {windowLength, windowLength / 2, StrandRule::Forward}, startingFlank(mode)));
    mapping.window = window.region;
    context.report("Reading genotypes", 0, 0);
    DS_ASSIGN(const AlleleMatrix alleles, study.alleles(window, context));
    const SnvPanel all =
        buildPanel(alleles, window.region, mode, {window.context, window.region.start - window.flank});
    for (const Snv& snv : all.snvs)
        (isPoorlyGenotyped(snv) ? mapping.leftOut : mapping.panel.snvs).push_back(snv);
    mapping.panel.people = all.people;
    if (mapping.panel.snvs.empty())
        return fail(ErrorKind::BadInput,
                    fmt::format("Nobody carries an SNV within {} bp round the TSS of {}{}.", windowLength,
                                gene.gene.name,
                                mapping.leftOut.empty() ? "" : " of which 80 % of people have a genotype"),
                    study.file().genotypes, "Choose a wider window.");

    context.report("Fine mapping", 0, 0);
    DS_ASSIGN(const Eigen::VectorXd observed, study.observed(gene));
    const Dosages dosages = alternateDosages(mapping.panel, study.file().options.haploidDosage);
    const Residuals residuals = residualise(dosages, observed, study.covariates());
    mapping.people = static_cast<int64_t>(residuals.people().size());
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

namespace {

/// One SNV, and the set that it is in.
struct MappedLine {
    const GeneFineMapping* mapping;
    size_t snv;
    size_t setNumber; ///< from 1, of several the purest; 0: in none

    [[nodiscard]] const Snv& of() const { return mapping->panel.snvs[snv]; }
    [[nodiscard]] const CredibleSet* set() const {
        return setNumber == 0 ? nullptr : &mapping->susie.sets[setNumber - 1];
    }
};

/// [SNVs] of a vector of theirs.
Cell mappedCell(const MappedLine& line, const Eigen::VectorXd& values) {
    return values[static_cast<Eigen::Index>(line.snv)];
}

Cell setCell(const MappedLine& line, double CredibleSet::*value) {
    return line.set() == nullptr ? Cell() : Cell(line.set()->*value);
}

const TableColumns<MappedLine>& mappedColumns() {
    static const TableColumns<MappedLine> all{
        {{"variant", "SNV", "", "Its id in the genotypes, else contig, position, REF and ALT", 6,
          Format::Text},
         [](const MappedLine& line) {
             const Snv& snv = line.of();
             return !snv.id.empty() && snv.id != "." ? snv.id : toName(snv);
         }},
        {columnNamed(variantColumns(), "pip"),
         [](const MappedLine& line) { return mappedCell(line, line.mapping->susie.pip); }},
        {columnNamed(variantColumns(), "pip_pruned"),
         [](const MappedLine& line) { return mappedCell(line, line.mapping->susie.prunedPip); }},
        {columnNamed(variantColumns(), "credible_set"),
         [](const MappedLine& line) {
             return line.setNumber == 0 ? Cell() : Cell(static_cast<int64_t>(line.setNumber));
         }},
        {columns::Chrom, [](const MappedLine& line) { return line.mapping->window.contig; }},
        {columns::Position, [](const MappedLine& line) { return line.of().position + 1; }},
        {columns::Ref, [](const MappedLine& line) { return line.of().ref; }},
        {columns::Alt, [](const MappedLine& line) { return line.of().alt; }},
        {columnNamed(variantColumns(), "maf"), [](const MappedLine& line) { return line.of().maf(); }},
        {columnNamed(variantColumns(), "missing_genotypes"),
         [](const MappedLine& line) { return line.of().missing; }},
        {{"posterior_mean", "posterior mean", "expression",
          "Effect of one copy of ALT on expression, as SuSiE expects it", 7},
         [](const MappedLine& line) { return mappedCell(line, line.mapping->susie.posteriorMean); }},
        {{"eqtl_slope", "slope", "expression", "Observed expression per copy of ALT (eQTL slope)", 7},
         [](const MappedLine& line) { return line.mapping->eqtl[line.snv].slope; }},
        {columnNamed(variantColumns(), "eqtl_se"),
         [](const MappedLine& line) { return line.mapping->eqtl[line.snv].se; }},
        {columnNamed(variantColumns(), "eqtl_p"),
         [](const MappedLine& line) { return line.mapping->eqtl[line.snv].p; }},
        {{"set_coverage", "coverage of the set", "",
          "Probability that the SNVs of its credible set hold the causal one", 7, Format::Ratio},
         [](const MappedLine& line) { return setCell(line, &CredibleSet::coverage); }},
        {{"set_min_abs_corr", "purity, least", "", "Smallest |r| between the dosages of two SNVs of the set",
          7, Format::Ratio},
         [](const MappedLine& line) { return setCell(line, &CredibleSet::minimumCorrelation); }},
        {{"set_mean_abs_corr", "purity, mean", "", "Mean |r| of two SNVs of the set", 7, Format::Ratio},
         [](const MappedLine& line) { return setCell(line, &CredibleSet::meanCorrelation); }},
        {{"set_median_abs_corr", "purity, median", "", "Median |r| of two SNVs of the set", 7, Format::Ratio},
         [](const MappedLine& line) { return setCell(line, &CredibleSet::medianCorrelation); }},
    };
    return all;
}

} // namespace

std::vector<ColumnText> fineMappingColumns() {
    return textsOf(mappedColumns());
}

Result<void> writeFineMapping(const GeneFineMapping& mapping, const Study& study,
                              const std::filesystem::path& file) {
    Provenance provenance{{"program", programVersion()},
                          {"study", study.file().name},
                          {"gene", mapping.gene.id + " " + mapping.gene.name},
                          {"window", fmt::format("{}:{}-{}", mapping.window.contig, mapping.window.start + 1,
                                                 mapping.window.end)},
                          {"people", fmt::format("{}", mapping.people)}};
    for (const Snv& snv : mapping.leftOut)
        provenance.emplace_back("left_out",
                                fmt::format("{}, {} missing genotypes", toName(snv), snv.missing));
    provenance.emplace_back("covariates", fmt::format("{}", study.covariates().cols()));
    provenance.emplace_back("method", fmt::format("SuSiE as susieR 0.12.35, L = {}; {} after {} iterations",
                                                  mapping.susie.priorVariance.size(),
                                                  mapping.susie.converged ? "converged" : "not converged",
                                                  mapping.susie.iterations));
    const auto isLarge = [](const CredibleSet& set) { return set.variants.size() > MostPurityVariants; };
    if (std::any_of(mapping.susie.sets.begin(), mapping.susie.sets.end(), isLarge))
        provenance.emplace_back("purity",
                                fmt::format("of a set of more than {0} SNVs: of {0} of them, taken by chance",
                                            MostPurityVariants));

    std::vector<MappedLine> lines;
    for (size_t v = 0; v < mapping.panel.snvs.size(); ++v)
        lines.push_back({&mapping, v, 0});
    for (size_t s = mapping.susie.sets.size(); s-- > 0;)
        for (const int64_t v : mapping.susie.sets[s].variants)
            lines[static_cast<size_t>(v)].setNumber = s + 1;
    return tableOfRows(mappedColumns(), lines, provenance).writeTo(file);
}

} // namespace diploscope
