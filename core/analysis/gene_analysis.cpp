// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_analysis.h"

#include "analysis/locus_scorer.h"
#include "analysis/provenance.h"
#include "attribution/snv_panel.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace diploscope {

namespace {

struct Locus {
    ReferenceWindow window;
    AlleleMatrix alleles;
    Haplotypes haplotypes;
};

/// Reads window and alleles; widens the flanks until no haplotype's deletions draw on bases beyond them.
Result<Locus> readLocus(const Study& study, const Gene& gene, const InputShape& shape,
                        const RunContext& context) {
    const VariantMode mode = study.file().options.variants;
    int64_t flank = startingFlank(mode);
    for (;;) {
        Locus locus;
        DS_ASSIGN(locus.window, study.window(gene, shape, flank));
        DS_ASSIGN(locus.alleles, study.alleles(locus.window, context));
        locus.haplotypes = buildHaplotypes(locus.alleles, locus.window.region.start, mode);
        const int64_t needed = requiredFlank(locus.haplotypes, locus.window.length(), locus.window.tssOffset);
        if (needed <= flank) {
            locus.haplotypes = cutToWindow(locus.haplotypes, locus.window.length(), locus.window.tssOffset);
            return locus;
        }
        flank = needed;
    }
}

double predictedOf(const PersonResult& person) {
    return 0.5 * (person.haplotype1 + person.haplotype2);
}

std::vector<PersonResult> peopleOf(const Study& study, const Haplotypes& haplotypes,
                                   const std::vector<double>& distinctScores,
                                   const Eigen::VectorXd& observed) {
    std::vector<PersonResult> people;
    for (size_t p = 0; p < study.people().size(); ++p) {
        PersonResult person;
        person.sample = study.people()[p];
        person.haplotype1 = distinctScores[static_cast<size_t>(haplotypes.indexOfHaplotype[2 * p])];
        person.haplotype2 = distinctScores[static_cast<size_t>(haplotypes.indexOfHaplotype[2 * p + 1])];
        person.predicted = predictedOf(person);
        if (const double value = observed(static_cast<Eigen::Index>(p)); std::isfinite(value))
            person.observed = value;
        people.push_back(std::move(person));
    }
    return people;
}

/// Turns effects round to the minor allele where the study asks for it: 2 - dosage, -ISM.
struct EffectAlleles {
    Eigen::MatrixXd dosages; ///< [people x SNVs], copies of the effect allele
    Eigen::VectorXd ism;
    std::vector<bool> isReference;
};

EffectAlleles orient(const SnvPanel& panel, const Eigen::VectorXd& ism, AlleleConvention convention) {
    EffectAlleles effects{panel.dosages, ism, std::vector<bool>(panel.snvs.size(), false)};
    if (convention == AlleleConvention::Alternate)
        return effects;
    for (size_t v = 0; v < panel.snvs.size(); ++v) {
        if (panel.snvs[v].alleleFrequency <= 0.5)
            continue;
        const auto column = static_cast<Eigen::Index>(v);
        effects.isReference[v] = true;
        effects.dosages.col(column) = (2.0 - effects.dosages.col(column).array()).matrix();
        effects.ism(column) = -effects.ism(column);
    }
    return effects;
}

std::vector<VariantResult> variantsOf(const SnvPanel& panel, const EffectAlleles& effects,
                                      const std::vector<EqtlEffect>& eqtl, const Gene& gene,
                                      const std::string& contig, size_t peopleCount) {
    std::vector<VariantResult> variants;
    variants.reserve(panel.snvs.size());
    for (size_t v = 0; v < panel.snvs.size(); ++v) {
        const Snv& snv = panel.snvs[v];
        const auto column = static_cast<Eigen::Index>(v);
        VariantResult variant;
        variant.chrom = contig;
        variant.position = snv.position;
        variant.id = snv.id;
        variant.ref = std::string(1, snv.ref);
        variant.alt = std::string(1, snv.alt);
        variant.effectAllele = effects.isReference[v] ? variant.ref : variant.alt;
        variant.alleleFrequency = snv.alleleFrequency;
        variant.maf = snv.maf();
        variant.carriers = snv.carriers;
        variant.carrierFraction =
            peopleCount == 0 ? 0.0 : static_cast<double>(snv.anyCarriers) / static_cast<double>(peopleCount);
        variant.ism = effects.ism(column);
        variant.eqtl = eqtl[v];
        const int64_t distance = snv.position - gene.tss();
        variant.distanceToTss = gene.strand == Strand::Forward ? distance : -distance;
        variant.dosages.reserve(peopleCount);
        for (Eigen::Index p = 0; p < effects.dosages.rows(); ++p)
            variant.dosages.push_back(static_cast<uint8_t>(effects.dosages(p, column)));
        variants.push_back(std::move(variant));
    }
    return variants;
}

Verdict verdictOf(const VariantResult& variant) {
    if (!variant.eqtl.slope || *variant.eqtl.slope == 0.0 || variant.ism == 0.0)
        return Verdict::Undefined;
    return (*variant.eqtl.slope > 0) == (variant.ism > 0) ? Verdict::Supported : Verdict::Unsupported;
}

std::vector<DriverResult> driversOf(const LinearApproximation& linear,
                                    const std::vector<VariantResult>& variants, const EffectAlleles& effects,
                                    const Eigen::VectorXd& observed) {
    const double largestIsm = effects.ism.size() == 0 ? 0.0 : effects.ism.cwiseAbs().maxCoeff();
    std::vector<DriverResult> drivers;
    for (const Driver& driver : linear.drivers) {
        const auto v = static_cast<size_t>(driver.variant);
        DriverResult result;
        result.variant = v;
        result.driver = driver;
        result.relativeIsm = variants[v].ism / largestIsm;
        result.verdict = verdictOf(variants[v]);
        result.genotypeR = pearson(effects.dosages.col(driver.variant), observed).r;
        drivers.push_back(result);
    }
    std::stable_sort(drivers.begin(), drivers.end(), [](const DriverResult& a, const DriverResult& b) {
        return a.driver.gain > b.driver.gain;
    });
    return drivers;
}

std::string observedUnit(const StudyFile& file) {
    switch (file.transform) {
    case ExpressionTransform::None:
        break;
    case ExpressionTransform::Log2Plus1:
        return "log2(" + (file.expressionUnit.empty() ? std::string("x") : file.expressionUnit) + " + 1)";
    case ExpressionTransform::RankNormal:
        return "rank-normal";
    }
    return file.expressionUnit;
}

std::optional<double> fractionSupported(const std::vector<DriverResult>& drivers) {
    const auto count = [&](Verdict verdict) {
        return std::count_if(drivers.begin(), drivers.end(),
                             [verdict](const DriverResult& driver) { return driver.verdict == verdict; });
    };
    const auto supported = count(Verdict::Supported);
    const auto decided = supported + count(Verdict::Unsupported);
    if (decided == 0)
        return std::nullopt;
    return static_cast<double>(supported) / static_cast<double>(decided);
}

/// What the model has said so far; NaN where it has not yet.
struct LocusScores {
    std::vector<double> ism;        ///< the reference, then each SNV of the panel
    std::vector<double> haplotypes; ///< each distinct haplotype

    [[nodiscard]] bool complete() const {
        const auto isKnown = [](double score) { return std::isfinite(score); };
        return std::all_of(ism.begin(), ism.end(), isKnown) &&
               std::all_of(haplotypes.begin(), haplotypes.end(), isKnown);
    }
};

/// Scores -> statistics -> report. With scores missing, what can be known without them.
std::shared_ptr<GeneReport> assemble(const Study& study, const StudyGene& studyGene,
                                     const Predictor& predictor, const Locus& locus, const SnvPanel& panel,
                                     const LocusScores& scores, const AnalysisOptions& options) {
    auto report = std::make_shared<GeneReport>();
    report->gene = studyGene.gene;
    report->model = predictor.info();
    report->output = options.output.value_or(predictor.info().defaultOutput);
    report->window = locus.window.region;
    report->complete = scores.complete();
    report->referenceScore = scores.ism.front();
    const Eigen::VectorXd ism =
        Eigen::Map<const Eigen::VectorXd>(scores.ism.data() + 1, static_cast<Eigen::Index>(panel.snvs.size()))
            .array() -
        report->referenceScore;

    const Eigen::VectorXd observed = study.observed(studyGene);
    report->observedUnit = observedUnit(study.file());
    report->people = peopleOf(study, locus.haplotypes, scores.haplotypes, observed);
    Eigen::VectorXd predicted(observed.size());
    for (Eigen::Index p = 0; p < predicted.size(); ++p)
        predicted(p) = report->people[static_cast<size_t>(p)].predicted;
    report->pearson = pearson(observed, predicted);
    report->spearman = spearman(observed, predicted);

    const EffectAlleles effects = orient(panel, ism, alleleConvention(study, options));
    const std::vector<EqtlEffect> eqtl = marginalEffects(effects.dosages, observed, study.covariates());
    report->variants =
        variantsOf(panel, effects, eqtl, studyGene.gene, locus.window.region.contig, report->people.size());
    if (report->complete) {
        const LinearApproximation linear =
            approximateLinearly(effects.ism, effects.dosages, predicted, options.thresholds);
        report->linearR = linear.r;
        report->additive = linear.additive;
        report->drivers = driversOf(linear, report->variants, effects, observed);
        report->fractionSupported = fractionSupported(report->drivers);
    }

    // What a reader must know to judge the numbers.
    report->distinctHaplotypes = static_cast<int64_t>(locus.haplotypes.distinct.size());
    report->missingAlleles = locus.alleles.missingAlleles;
    report->unphasedHeterozygotes = locus.alleles.unphasedHeterozygotes;
    report->haploidCalls = locus.alleles.haploidCalls;
    report->skippedSymbolic = locus.alleles.skippedSymbolic;
    report->overlappingSkipped = locus.haplotypes.overlappingSkipped;
    report->provenance = provenanceOf(study, predictor, report->output, options);
    return report;
}

} // namespace

Result<std::shared_ptr<const GeneReport>>
analyzeGene(const Study& study, const StudyGene& gene, std::shared_ptr<const Predictor> predictor,
            std::shared_ptr<ScoreCache> cache, const AnalysisOptions& options, const RunContext& context,
            const ReportSink& onPartial) {
    // Files -> locus -> sequences. The reference runs in the same batches as what it is subtracted from.
    context.report("Reading genotypes", 0, 0);
    DS_ASSIGN(const Locus locus, readLocus(study, gene.gene, predictor->info().input, context));
    const SnvPanel panel = buildSnvPanel(locus.alleles, locus.window.region);
    std::vector<EditList> ismAndReference = ismSequences(panel, locus.window);
    ismAndReference.insert(ismAndReference.begin(), EditList{});

    // Sequences -> scores, shown as they come.
    LocusScores scores;
    scores.ism.assign(ismAndReference.size(), std::nan(""));
    scores.haplotypes.assign(locus.haplotypes.distinct.size(), std::nan(""));
    auto lastShown = std::chrono::steady_clock::now();
    const auto showPartial = [&] {
        const auto now = std::chrono::steady_clock::now();
        if (!onPartial || now - lastShown < std::chrono::milliseconds(250))
            return;
        lastShown = now;
        onPartial(assemble(study, gene, *predictor, locus, panel, scores, options));
    };
    LocusScorer scorer({predictor, options.output.value_or(predictor->info().defaultOutput), options.method,
                        std::move(cache)},
                       locus.window);
    DS_TRY(
        scorer.score(ismAndReference, scores.ism, "Predicting single variants (ISM)", context, showPartial));
    DS_TRY(scorer.score(locus.haplotypes.distinct, scores.haplotypes, "Predicting people's haplotypes",
                        context, showPartial));

    // Scores -> statistics -> report.
    const std::shared_ptr<GeneReport> report =
        assemble(study, gene, *predictor, locus, panel, scores, options);
    report->scoresComputed = scorer.computed();
    report->scoresFromCache = scorer.fromCache();
    return std::shared_ptr<const GeneReport>(report);
}

} // namespace diploscope
