// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/experiment_tables.h"

#include "experiment/carried_variants.h"
#include "experiment/coherence_table.h"
#include "results/gene_columns.h"
#include "results/table_columns.h"

namespace diploscope {

namespace {

constexpr ColumnText Sample("sample", "person", "", "The person's id in the genotypes", 2, Format::Text);

struct WhatIfLine {
    const WhatIfRow* row;
    std::string sample;
};

const TableColumns<WhatIfLine>& whatIfColumns() {
    static const TableColumns<WhatIfLine> columns{
        {{"sample", "person", "", "The person's id in the genotypes, or `reference`", 2, Format::Text},
         [](const WhatIfLine& line) { return line.sample; }},
        {{"haplotype", "haplotype", "", "Which of the person's two, 1 or 2; none of the reference", 2,
          Format::Whole},
         [](const WhatIfLine& line) {
             return line.row->background ? Cell(static_cast<int64_t>(*line.row->background % 2 + 1)) : Cell();
         }},
        {{"before", "before", "score", "The model's score of the sequence as it is", 3},
         [](const WhatIfLine& line) { return line.row->before; }},
        {{"after", "after", "score", "Its score with all changes put in", 12},
         [](const WhatIfLine& line) { return line.row->after; }},
        {{"difference", "difference", "score", "after - before", 12},
         [](const WhatIfLine& line) { return line.row->after - line.row->before; }},
        {{"difference_sd", "difference, sd", "score",
          "Standard deviation of the difference over the shifts, strands and models that it is the mean of",
          3},
         [](const WhatIfLine& line) { return line.row->differenceSpread; },
         true},
        {{"replaced", "replaced", "", "Own alleles of the haplotype that gave way to the changes", 12,
          Format::Whole},
         [](const WhatIfLine& line) { return line.row->replaced; }},
    };
    return columns;
}

struct AblationLine {
    std::string sample;
    double before1, before2, after1, after2, observed;
};

const TableColumns<AblationLine>& ablationColumns() {
    static const TableColumns<AblationLine> columns{
        {Sample, [](const AblationLine& line) { return line.sample; }},
        {{"hap1_before", "haplotype 1, before", "score", "Score of the first haplotype as it is", 3},
         [](const AblationLine& line) { return line.before1; }},
        {{"hap2_before", "haplotype 2, before", "score", "Score of the second haplotype as it is", 3},
         [](const AblationLine& line) { return line.before2; }},
        {{"hap1_after", "haplotype 1, after", "score", "Score of the first haplotype after the ablation", 12},
         [](const AblationLine& line) { return line.after1; }},
        {{"hap2_after", "haplotype 2, after", "score", "Score of the second haplotype after the ablation",
          12},
         [](const AblationLine& line) { return line.after2; }},
        {{"before", "before", "score", "Mean score of both haplotypes as they are", 3},
         [](const AblationLine& line) { return 0.5 * (line.before1 + line.before2); }},
        {{"after", "after", "score", "Mean score of both haplotypes after the ablation", 12},
         [](const AblationLine& line) { return 0.5 * (line.after1 + line.after2); }},
        {{"difference", "difference", "score", "after - before", 12},
         [](const AblationLine& line) {
             return 0.5 * (line.after1 + line.after2) - 0.5 * (line.before1 + line.before2);
         }},
        {{"observed", "observed", "expression", "Observed expression", 4},
         [](const AblationLine& line) { return tableCell(line.observed); }},
    };
    return columns;
}

struct WaterfallLine {
    std::string which;
    int64_t number;            ///< 0: where it begins
    const WaterfallStep* step; ///< null at the beginning
    std::string id;
    double score;
};

Cell ofStep(const WaterfallLine& line, double WaterfallStep::*member) {
    return line.step != nullptr ? Cell(line.step->*member) : Cell();
}

template <class Value>
Cell ofPlace(const WaterfallLine& line, const Value& value) {
    return line.step != nullptr ? Cell(value(line.step->place())) : Cell();
}

const TableColumns<WaterfallLine>& waterfallColumns() {
    static const TableColumns<WaterfallLine> columns{
        {{"haplotype", "haplotype", "", "Which of the person's two; with another person, whose it becomes", 2,
          Format::Text},
         [](const WaterfallLine& line) { return line.which; }},
        {{"step", "step", "",
          "From 1, by the size of the effect; 0 is the sequence that it begins with: the reference, or the "
          "first person's haplotype",
          12, Format::Whole},
         [](const WaterfallLine& line) { return line.number; }},
        {{columns::Chrom},
         [](const WaterfallLine& line) {
             return ofPlace(line, [](const Variant& place) { return place.contig; });
         }},
        {{columns::Position},
         [](const WaterfallLine& line) {
             return ofPlace(line, [](const Variant& place) { return place.position + 1; });
         }},
        {{"id", "id", "", "The variant's id in the genotypes, a dot where it has none", 6, Format::Text},
         [](const WaterfallLine& line) {
             return line.step != nullptr ? Cell(line.id.empty() ? "." : line.id) : Cell();
         }},
        {{columns::Ref},
         [](const WaterfallLine& line) {
             return ofPlace(line, [](const Variant& place) { return place.ref; });
         }},
        {{"alt", "ALT", "", "The allele that is put in, or taken out", 12, Format::Text},
         [](const WaterfallLine& line) {
             return ofPlace(line, [](const Variant& place) { return place.alt; });
         }},
        {{"change", "change", "",
          "`in`: the allele is put in; `out`: it is taken out; `exchanged`: it takes another one's place", 12,
          Format::Text},
         [](const WaterfallLine& line) {
             if (line.step == nullptr)
                 return Cell();
             return Cell(!line.step->out ? "in" : !line.step->in ? "out" : "exchanged");
         }},
        {{"effect", "effect alone", "score", "The same change on the reference alone (ISM)", 6},
         [](const WaterfallLine& line) { return ofStep(line, &WaterfallStep::effect); }},
        {{"score", "score", "score", "Score after this step; the last one is the haplotype's", 12},
         [](const WaterfallLine& line) { return line.score; }},
        {{"step_effect", "effect of the step", "score", "Score after the step less that before it", 12},
         [](const WaterfallLine& line) { return ofStep(line, &WaterfallStep::change); }},
        {{"score_without", "score without it", "score", "Score of the whole haplotype without this step", 12},
         [](const WaterfallLine& line) { return ofStep(line, &WaterfallStep::without); }},
        {{"leave_one_out", "leave one out", "score", "The haplotype's score less score_without", 12},
         [](const WaterfallLine& line) { return ofStep(line, &WaterfallStep::leaveOneOut); }},
    };
    return columns;
}

struct SaturationLine {
    int64_t position; ///< 0-based
    char base;
    Eigen::RowVector4d effects;
    double mean;
};

const TableColumns<SaturationLine>& saturationColumns() {
    static const auto effectOf = [](int base) {
        return [base](const SaturationLine& line) { return tableCell(line.effects[base]); };
    };
    static const TableColumns<SaturationLine> columns{
        {{"position", "position", "bp", "Place in the reference, 1-based", 1, Format::Whole},
         [](const SaturationLine& line) { return line.position + 1; }},
        {{"base", "base", "",
          "The base that stands there on the background; N where it is not known, or deleted", 6,
          Format::Text},
         [](const SaturationLine& line) { return std::string(1, line.base); }},
        {{"A", "A", "score", "Score with A there less the background's; 0 where A stands there", 6},
         effectOf(0)},
        {{"C", "C", "score", "Score with C there less the background's; 0 where C stands there", 6},
         effectOf(1)},
        {{"G", "G", "score", "Score with G there less the background's; 0 where G stands there", 6},
         effectOf(2)},
        {{"T", "T", "score", "Score with T there less the background's; 0 where T stands there", 6},
         effectOf(3)},
        {{"mean", "mean", "score", "Mean of the three effects", 6},
         [](const SaturationLine& line) { return tableCell(line.mean); }},
    };
    return columns;
}

struct AdditivityLine {
    std::string sample;
    double predicted, expected, residual;
};

const TableColumns<AdditivityLine>& additivityColumns() {
    static const TableColumns<AdditivityLine> columns{
        {Sample, [](const AdditivityLine& line) { return line.sample; }},
        {{"predicted", "predicted", "score", "Mean score of the two haplotypes", 3},
         [](const AdditivityLine& line) { return line.predicted; }},
        {{"additive", "additive", "score",
          "What the effects of the person's alleles add up to: the reference's score + half of the sum of "
          "ISM "
          "x dosage",
          12},
         [](const AdditivityLine& line) { return line.expected; }},
        {{"residual", "residual", "score", "predicted - additive; 0 where effects add up", 12},
         [](const AdditivityLine& line) { return tableCell(line.residual); }},
    };
    return columns;
}

struct PairLine {
    Variant first, second;
    double firstEffect, secondEffect, interaction;
};

const TableColumns<PairLine>& pairColumns() {
    static const TableColumns<PairLine> columns{
        {{"variant_1", "first driver", "", "contig:place:REF:ALT, 1-based", 12, Format::Text},
         [](const PairLine& line) { return toName(line.first); }},
        {{"variant_2", "second driver", "", "The same of the other one, whose gain is smaller", 12,
          Format::Text},
         [](const PairLine& line) { return toName(line.second); }},
        {{"effect_1", "first effect", "score", "ISM of the first: the reference with its ALT alone", 6},
         [](const PairLine& line) { return line.firstEffect; }},
        {{"effect_2", "second effect", "score", "ISM of the second", 6},
         [](const PairLine& line) { return line.secondEffect; }},
        {{"interaction", "interaction", "score",
          "f(both) - f(first) - f(second) + f(reference); none where both change the same base", 12},
         [](const PairLine& line) { return tableCell(line.interaction); }},
    };
    return columns;
}

} // namespace

std::vector<GlossaryTable> experimentGlossary() {
    return {{"whatif.tsv", textsOf(whatIfColumns())},    {"ablate.tsv", textsOf(ablationColumns())},
            {"person.tsv", textsOf(waterfallColumns())}, {"saturation.tsv", textsOf(saturationColumns())},
            {"audit.tsv", textsOf(additivityColumns())}, {"pairs.tsv", textsOf(pairColumns())},
            {"coherence.tsv", coherenceTexts()}};
}

Provenance locusProvenance(const PreparedLocus& locus, const Gene& gene, Provenance ofScores) {
    ofScores.insert(ofScores.begin(), {"gene", gene.id + " " + gene.name});
    ofScores.emplace_back("window", toText(locus.locus().region));
    return ofScores;
}

TableWriter whatIfTable(const PreparedLocus& locus, const WhatIf& found, const Provenance& provenance) {
    std::vector<WhatIfLine> lines;
    bool ofMeans = false;
    for (const WhatIfRow& row : found.rows) {
        lines.push_back({&row, row.background ? locus.people()[*row.background / 2] : "reference"});
        ofMeans |= row.differenceSpread.has_value();
    }
    return tableOfRows(whatIfColumns(), lines, provenance, ofMeans);
}

TableWriter ablationTable(const PreparedLocus& locus, const Ablation& found, const Eigen::VectorXd& observed,
                          const Provenance& provenance) {
    std::vector<AblationLine> lines;
    for (Eigen::Index p = 0; p < observed.size(); ++p)
        lines.push_back({locus.people()[static_cast<size_t>(p)], found.before(p, 0), found.before(p, 1),
                         found.after(p, 0), found.after(p, 1), observed[p]});
    return tableOfRows(ablationColumns(), lines, provenance);
}

TableWriter waterfallTable(const PreparedLocus& locus, const Waterfalls& found,
                           const std::vector<std::string>& which, const Provenance& provenance) {
    const CarriedVariants carried(locus);
    std::vector<WaterfallLine> lines;
    for (size_t w = 0; w < found.each.size(); ++w) {
        const Waterfall& waterfall = found.each[w];
        lines.push_back({which[w], 0, nullptr, {}, waterfall.from});
        int64_t number = 0;
        for (const WaterfallStep& step : waterfall.steps)
            lines.push_back({which[w], ++number, &step, carried.idOf(step.place()), step.score});
    }
    return tableOfRows(waterfallColumns(), lines, provenance);
}

TableWriter saturationTable(const Saturation& found, const Provenance& provenance) {
    const Eigen::VectorXd means = found.means();
    std::vector<SaturationLine> lines;
    for (Eigen::Index i = 0; i < found.region.length(); ++i)
        lines.push_back(
            {found.region.start + i, found.bases[static_cast<size_t>(i)], found.effects.row(i), means[i]});
    return tableOfRows(saturationColumns(), lines, provenance);
}

TableWriter additivityTable(const PreparedLocus& locus, const Audit& found, const Provenance& provenance) {
    std::vector<AdditivityLine> lines;
    for (Eigen::Index p = 0; p < found.predicted.size(); ++p)
        lines.push_back({locus.people()[static_cast<size_t>(p)], found.predicted[p],
                         found.additivity.expected[p], found.additivity.residual[p]});
    return tableOfRows(additivityColumns(), lines, provenance);
}

TableWriter pairTable(const Audit& found, const Provenance& provenance) {
    std::vector<PairLine> lines;
    const Interactions& all = found.interactions;
    for (Eigen::Index v = 0; v < all.effects.size(); ++v)
        for (Eigen::Index w = v + 1; w < all.effects.size(); ++w)
            lines.push_back({found.drivers[static_cast<size_t>(v)], found.drivers[static_cast<size_t>(w)],
                             all.effects[v], all.effects[w], all.pairs(v, w)});
    return tableOfRows(pairColumns(), lines, provenance);
}

} // namespace diploscope
