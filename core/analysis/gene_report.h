// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/annotation.h"
#include "genome/variant.h"
#include "io/association_counts.h"
#include "scoring/score_options.h"
#include "scoring/self_check.h"
#include "sequence/genotype_counts.h"
#include "sequence/snv_genotypes.h"
#include "stats/allelic_imbalance.h"
#include "stats/correlation.h"
#include "stats/dosages.h"
#include "stats/drivers.h"
#include "stats/eqtl.h"
#include "stats/interval.h"
#include "stats/null_model.h"
#include "stats/resolution.h"
#include "stats/susie.h"
#include "stats/verdict.h"

#include <Eigen/Core>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

struct EffectBackground;

/// One person of the gene's scatter. Scores in the model's unit.
struct PersonResult {
    std::string sample; ///< genotype id
    double haplotype1 = 0;
    double haplotype2 = 0;
    double predicted = 0;           ///< mean of both (METHODS 3)
    std::optional<double> spread;   ///< of `predicted`: sd over the score's members, where it has several
    std::optional<double> observed; ///< empty: not measured
    /// Of the gene, by haplotype; empty: none, or the person's haplotypes cannot be told apart here.
    std::optional<HaplotypeReads> reads{};
};

/// One variant of the locus (SNVs, or what the study takes), and what is known of it. The alt of an SNV is
/// the most common non-reference allele of the cohort. Effects are for `effectAllele` (METHODS 6 and 7: the
/// same allele everywhere).
struct VariantResult : Variant {
    std::string id;
    std::string effectAllele;   ///< alt, or the minor one of ref and alt (study option `allele`)
    double alleleFrequency = 0; ///< of alt over phased alleles of the study's people
    double maf = 0;
    int64_t carriers = 0;       ///< people with at least one alt
    double carrierFraction = 0; ///< people with any SNV allele there, of those of whom that is known
    int64_t missing = 0;        ///< people without a genotype
    /// So many that it is left out of lead variant, LD, SuSiE and drivers (METHODS 17). `eqtl` says what
    /// those with a genotype say.
    bool poorlyGenotyped = false;
    double ism = 0;                  ///< NaN: not there yet, or not in the table that the model is
    std::optional<double> ismSpread; ///< sd of the effect over the score's members, where it has several
    /// Of an indel, whose `ism` is the mean over both ends of the window at which room is made: half of what
    /// it is with the TSS at its index less what it is with room at the other end (METHODS 15). Empty for
    /// what changes no length, and where effects are listed.
    std::optional<double> ismShift;
    /// First order of `ism`, for the same allele; empty: not asked for, or no SNV.
    std::optional<double> gradient;
    EqtlEffect eqtl;
    EqtlEffect givenLead;      ///< the same with the gene's lead variant as a covariate; empty for the lead
    std::optional<double> pip; ///< SuSiE; empty where it was not asked for
    std::optional<double> prunedPip; ///< without idle effects (FineMapping::prunedPip): what is drawn
    int64_t credibleSet = 0;         ///< from 1, as GeneReport::fineMapping has the sets; 0: in none
    int64_t distanceToTss = 0;       ///< bp, positive downstream in the gene's direction
    /// [people] Copies are of effectAllele, haplotypes of alt, whatever that is. Empty where nothing is
    /// known.
    SnvGenotypes genotypes;
};

/// What external tables say of a variant, per copy of its effect allele.
struct ImportedEffect {
    std::optional<double> slope, se, p; ///< of the first of the study's `eqtl` tables that has it
    std::string eqtlTable;              ///< that table's file name; empty: none has it
    std::optional<double> pip;          ///< of the first of its `fine_mapping` tables that has it
    std::string credibleSet;            ///< empty: in none
    std::string fineMappingTable;       ///< as eqtlTable

    friend bool operator==(const ImportedEffect&, const ImportedEffect&) = default;
};

/// People whose haplotype counts of a gene say nothing of its two copies.
struct UnusedReads {
    int64_t tooFew = 0;       ///< less than FewestHaplotypeReads
    int64_t withoutPhase = 0; ///< with a heterozygote without phase, or several phase sets, in the window
    int64_t oneCopy = 0;      ///< men's of X
};

/// What one of the study's tables of others has in the gene's window.
struct ImportedTable {
    std::string name; ///< the file's
    AssociationCounts counts;
};

/// People on the rarer side of an SNV, carriers or not, below whom the bootstrap says nothing of its slope.
inline constexpr int64_t FewestCarriers = 5;

struct DriverResult {
    size_t variant = 0; ///< index into GeneReport::variants
    Driver driver;
    double relativeIsm = 0;               ///< ISM / max |ISM| of the gene
    Verdict verdict = Verdict::Undefined; ///< by sign; Undefined: no eQTL slope, or an effect of 0
    std::optional<double> genotypeR;      ///< corr(dosage, observed)
    Doubt doubt = Doubt::None;
    /// Of the eQTL slope over resampled people. Empty with fewer than FewestCarriers: too few different
    /// resamples to tell from.
    std::optional<Interval> bootstrapInterval;
    std::optional<double> verdictShare; ///< of the resamples, those with the same verdict; empty as above
    AllelicChange allelic; ///< what its effect allele does to the copy that carries it, by people's reads

    [[nodiscard]] Standing standing() const { return standingOf(verdict, doubt != Doubt::None); }
};

/// Everything that is known about one gene under one model. Immutable; shared by tables, figures and the
/// window.
struct GeneReport {
    Gene gene; ///< contig as in the reference
    Region window;
    /// The reference's bases of `window`, forward strand, N past the contig's ends; shared by all reports of
    /// a gene. Null where a report was made without a genome.
    std::shared_ptr<const std::string> bases;
    ModelInfo model;
    ScoreOptions score;
    std::vector<std::string> members; ///< what each score is the mean of; one: the model itself
    /// False while the model is still at work: scores that are not there yet are NaN, and nothing is said of
    /// drivers.
    bool complete = true;
    int64_t scoresKnown = 0; ///< of `scoresAsked`, while it is at work
    int64_t scoresAsked = 0;
    double referenceScore = 0;
    Resolution resolution;    ///< of the scores
    double scoreRounding = 0; ///< scores and effects of the model that differ by less do not differ
    std::optional<double> referenceSpread; ///< sd over members
    std::string
        observedUnit; ///< of PersonResult::observed, for axis titles: "log2(RPKM + 1)"; empty: not known

    std::vector<PersonResult> people;
    std::vector<VariantResult> variants; ///< by position
    /// What effects of the model are held against; null: nobody has measured it.
    std::shared_ptr<const EffectBackground> background;
    std::vector<ImportedEffect> imported;      ///< as `variants`; empty where the study names no table
    std::vector<ImportedTable> importedTables; ///< those of `eqtl`, then those of `fine_mapping`
    /// What the model is a table of has of the `variants`, whose ISM is NaN where it has nothing. Empty for
    /// models that read bases.
    std::optional<ListedEffects> listed;
    /// The same of people's predictions, where these are listed.
    std::optional<ListedPredictions> listedPeople;
    std::vector<Error> leftOut; ///< tables and databases that the study names but that could not be used
    std::vector<DriverResult> drivers; ///< by gain, largest first

    /// Where the study names haplotype counts: of people's two copies, x = log2 ratio of reads, y = first
    /// haplotype's score less the second's.
    std::optional<AllelicImbalance> allelic;
    UnusedReads unusedReads;
    Correlation pearson; ///< x = observed, y = predicted
    RankCorrelation spearman;
    std::optional<double> linearR; ///< R_lin
    bool additive = false;
    /// Pearson's r of ISM and gradient over the SNVs; empty without gradients.
    std::optional<double> gradientR;
    std::string gradientNote; ///< why there are no gradients although they were asked for

    std::optional<Interval> rInterval;      ///< of pearson.r, bootstrap
    std::optional<NullTest> publishedNull;  ///< K = 50, whose publishedP the paper reports
    std::optional<NullTest> calibratedNull; ///< the larger K that was asked for
    std::optional<size_t> lead;             ///< the gene's lead eQTL, index into variants
    /// SuSiE; empty where it was not asked for. Its vectors are over the variants that are not poorly
    /// genotyped; its sets hold indexes into `variants`.
    std::optional<FineMapping> fineMapping;

    int64_t distinctHaplotypes = 0;
    int64_t scoresComputed = 0; ///< by the model in this run
    int64_t scoresFromCache = 0;
    SelfCheck selfCheck;      ///< of those computed in this run
    GenotypeCounts genotypes; ///< of the window and what was read beside it

    /// Index of a variant among `variants`, of a person among `people`: an index is one into this report
    /// alone, and what outlives it keeps the variant or the name. Of variants O(log n), as they are by
    /// position.
    [[nodiscard]] std::optional<size_t> find(const Variant& variant) const;
    [[nodiscard]] std::optional<size_t> findPerson(std::string_view sample) const;

    /// Whether people tell of a variant beside others: they have genotypes of it, and enough of them
    /// (METHODS 17).
    [[nodiscard]] bool isGenotyped(size_t variant) const;
    /// [people x columns] copies of effect alleles. \param columns variants that isGenotyped()
    [[nodiscard]] Dosages dosages(const std::vector<size_t>& columns) const;

    [[nodiscard]] Support support() const;

    /// Whether gradients were asked for: they are there, or gradientNote says why not.
    [[nodiscard]] bool answersGradients() const;

    /// How it was made, in order: program, study, files, model checksum, options. No time stamps, so that
    /// reports compare.
    std::vector<std::pair<std::string, std::string>> provenance;
};

} // namespace diploscope
