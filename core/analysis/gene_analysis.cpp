// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_analysis.h"

#include "analysis/effect_alleles.h"
#include "analysis/external_tables.h"
#include "analysis/gradient_effects.h"
#include "analysis/locus_scorer.h"
#include "analysis/provenance.h"
#include "attribution/snv_panel.h"
#include "base/edge.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace diploscope {

namespace {

struct Locus {
    ReferenceWindow window; ///< wide enough for every member's
    Region region;          ///< of the model's own
    AlleleMatrix alleles;
    Haplotypes haplotypes;
};

/// What the members of a score (METHODS 3) say of some sequences. [sequences x members]; NaN: not yet.
/// A partial result is what the members that are through with everything say, or the first one alone:
/// different members for different sequences would not compare.
struct MemberScores {
    Eigen::MatrixXd ism;        ///< rows: the reference, then each SNV of the panel
    Eigen::MatrixXd haplotypes; ///< rows: each distinct haplotype
    Eigen::VectorXd gradient;   ///< of the mean score, each SNV of the panel; empty without
    std::string gradientNote;   ///< why it is empty although it was asked for

    [[nodiscard]] int64_t asked() const { return ism.size() + haplotypes.size(); }
    [[nodiscard]] int64_t known() const {
        return ism.array().isFinite().count() + haplotypes.array().isFinite().count();
    }
    [[nodiscard]] std::vector<Eigen::Index> finished() const {
        std::vector<Eigen::Index> members;
        for (Eigen::Index m = 0; m < ism.cols(); ++m)
            if (ism.col(m).allFinite() && haplotypes.col(m).allFinite())
                members.push_back(m);
        return members;
    }
};

Eigen::VectorXd meanOf(const Eigen::MatrixXd& byMember) {
    return byMember.rowwise().mean();
}

/// The shape with room for every shift on both sides: members' windows are cut from it.
InputShape widened(InputShape shape, int shifts) {
    shape.length += 2 * int64_t{shifts};
    shape.tssIndex += shifts;
    return shape;
}

/// Reads window and alleles for a model of this shape and shifts of its window; widens the flanks until no
/// haplotype's deletions draw on bases beyond them.
Result<Locus> readLocus(const Study& study, const Gene& gene, const InputShape& shape, int shifts,
                        const RunContext& context) {
    const VariantMode mode = study.file().options.variants;
    int64_t flank = startingFlank(mode);
    for (;;) {
        Locus locus;
        DS_ASSIGN(locus.window, study.window(gene, widened(shape, shifts), flank));
        locus.region = withFlank(locus.window.region, -shifts);
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

/// \param byMember [distinct haplotypes x members]
std::vector<PersonResult> peopleOf(const Study& study, const Haplotypes& haplotypes,
                                   const Eigen::MatrixXd& byMember, const Eigen::VectorXd& observed) {
    std::vector<PersonResult> people;
    for (size_t p = 0; p < study.people().size(); ++p) {
        const auto first = byMember.row(haplotypes.indexOfHaplotype[2 * p]);
        const auto second = byMember.row(haplotypes.indexOfHaplotype[2 * p + 1]);
        PersonResult person;
        person.sample = study.people()[p];
        person.haplotype1 = first.mean();
        person.haplotype2 = second.mean();
        person.predicted = 0.5 * (person.haplotype1 + person.haplotype2);
        person.spread = spreadOf(0.5 * (first + second));
        if (const double value = observed(static_cast<Eigen::Index>(p)); std::isfinite(value))
            person.observed = value;
        people.push_back(std::move(person));
    }
    return people;
}

/// Nothing is said of these people: neither a prediction nor what was observed.
void leavePeopleOut(const std::vector<bool>& leftOut, GeneReport& report, Eigen::VectorXd& observed) {
    for (size_t p = 0; p < leftOut.size(); ++p) {
        if (!leftOut[p])
            continue;
        PersonResult& person = report.people[p];
        person.haplotype1 = person.haplotype2 = person.predicted = std::nan("");
        person.spread.reset();
        person.observed.reset();
        observed(static_cast<Eigen::Index>(p)) = std::nan("");
    }
}

std::vector<VariantResult> variantsOf(const SnvPanel& panel, const EffectAlleles& effects,
                                      const Eigen::MatrixXd& effectsByMember,
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
        variant.carrierFraction = snv.carrierFraction;
        variant.missing = snv.missing;
        variant.poorlyGenotyped = isPoorlyGenotyped(snv, static_cast<int64_t>(peopleCount));
        variant.ism = effects.ism(column);
        variant.ismSpread = spreadOf(effectsByMember.row(column));
        if (effects.gradient.size() > 0)
            variant.gradient = effects.gradient(column);
        variant.eqtl = eqtl[v];
        const int64_t distance = snv.position - gene.tss();
        variant.distanceToTss = gene.strand == Strand::Forward ? distance : -distance;
        variant.dosages.reserve(peopleCount);
        for (const double dosage : effects.dosages.col(column))
            variant.dosages.push_back(std::isnan(dosage) ? VariantResult::NoGenotype
                                                         : static_cast<uint8_t>(dosage));
        variants.push_back(std::move(variant));
    }
    return variants;
}

/// The largest |score| of anybody and the reference: what rounding errors are a share of.
double magnitudeOf(const GeneReport& report) {
    double largest = std::abs(report.referenceScore);
    for (const PersonResult& person : report.people)
        for (const double score : {person.haplotype1, person.haplotype2})
            if (std::isfinite(score))
                largest = std::max(largest, std::abs(score));
    return largest;
}

std::vector<DriverResult> driversOf(const LinearApproximation& linear,
                                    const std::vector<VariantResult>& variants, const EffectAlleles& effects,
                                    const Eigen::VectorXd& observed, double scoreRounding) {
    const double largestIsm = effects.ism.size() == 0 ? 0.0 : effects.ism.cwiseAbs().maxCoeff();
    std::vector<DriverResult> drivers;
    for (const Driver& driver : linear.drivers) {
        const auto v = static_cast<size_t>(driver.variant);
        DriverResult result;
        result.variant = v;
        result.driver = driver;
        result.relativeIsm = variants[v].ism / largestIsm;
        result.verdict = verdictOf(variants[v].ism, variants[v].eqtl.slope, scoreRounding);
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

/// Of the mean over members. \return [SNVs]
Result<Eigen::VectorXd> meanGradient(const SnvPanel& panel, const ReferenceWindow& wide,
                                     const std::vector<ScoreMember>& members, Method method,
                                     const std::shared_ptr<ScoreCache>& cache, const RunContext& context) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(panel.snvs.size()));
    for (const ScoreMember& member : members) {
        DS_ASSIGN(const Eigen::VectorXd own, gradientEffects(panel, wide, member, method, cache, context));
        sum += own;
    }
    return Eigen::VectorXd(sum / static_cast<double>(members.size()));
}

/// Who is asked, and what.
struct Question {
    std::shared_ptr<const Predictor> predictor;
    ScoreOptions score;
    std::vector<ScoreMember> members;
};

/// What the study names but could not be used. Places without its folder, so that the report of a study that
/// was moved is the same.
std::vector<Error> leftOutOf(const Study& study, const ExternalTables* external) {
    std::vector<Error> faults = study.leftOut();
    if (external != nullptr)
        faults.insert(faults.end(), external->leftOut.begin(), external->leftOut.end());
    const std::string folder = study.file().path.parent_path().string() + '/';
    for (Error& fault : faults)
        if (fault.where.starts_with(folder))
            fault.where.erase(0, folder.size());
    return faults;
}

/// Scores -> statistics -> report. With scores missing, what can be known without them.
Result<std::shared_ptr<GeneReport>> assemble(const Study& study, const StudyGene& studyGene,
                                             const Question& question, const Locus& locus,
                                             const SnvPanel& panel, const MemberScores& scores,
                                             const AnalysisOptions& options, const RunContext& context) {
    std::vector<Eigen::Index> members = scores.finished();
    auto report = std::make_shared<GeneReport>();
    report->gene = studyGene.gene;
    report->model = question.predictor->info();
    report->model.unit = question.score.unit;
    report->score = question.score;
    for (const ScoreMember& member : question.members)
        report->members.push_back(member.name());
    report->window = locus.region;
    report->scoresKnown = scores.known();
    report->scoresAsked = scores.asked();
    report->complete = members.size() == question.members.size();
    if (members.empty())
        members.push_back(0);
    const Eigen::MatrixXd byMember = scores.ism(Eigen::all, members);
    const Eigen::MatrixXd effectsByMember =
        byMember.bottomRows(byMember.rows() - 1).rowwise() - byMember.row(0);
    report->referenceScore = byMember.row(0).mean();
    report->referenceSpread = spreadOf(byMember.row(0));
    const Eigen::VectorXd ism = meanOf(effectsByMember);

    Eigen::VectorXd observed = study.observed(studyGene);
    report->observedUnit = observedUnit(study.file());
    report->people = peopleOf(study, locus.haplotypes, scores.haplotypes(Eigen::all, members), observed);
    if (study.file().options.phaseSets == PhaseSetRule::LeaveOut)
        leavePeopleOut(locus.alleles.severalPhaseSets, *report, observed);
    Eigen::VectorXd predicted(observed.size());
    for (Eigen::Index p = 0; p < predicted.size(); ++p)
        predicted(p) = report->people[static_cast<size_t>(p)].predicted;
    report->resolution =
        precisionOf(*question.predictor, options.method) == Precision::Double ? DoubleScores : SingleScores;
    report->scoreRounding = report->resolution.constant * magnitudeOf(*report);
    report->pearson = pearson(observed, predicted, report->resolution);
    report->spearman = spearman(observed, predicted, report->resolution);

    const EffectAlleles effects =
        effectAlleles(panel, ism, scores.gradient, alleleConvention(study, options));
    const std::vector<EqtlEffect> eqtl = marginalEffects(effects.dosages, observed, study.covariates());
    report->variants = variantsOf(panel, effects, effectsByMember, eqtl, studyGene.gene,
                                  locus.window.region.contig, report->people.size());
    report->gradientNote = scores.gradientNote;
    if (scores.gradient.size() > 1)
        report->gradientR = pearson(effects.ism, effects.gradient).r;
    report->leftOut = leftOutOf(study, options.external.get());
    if (options.external)
        addImported(*options.external, locus.window, *report);
    if (report->complete) {
        const std::vector<Eigen::Index> used = wellGenotyped(panel);
        const auto approximate = [&](const Eigen::VectorXd& effectsOfUsed, const Eigen::MatrixXd& dosages) {
            return approximateLinearly(effectsOfUsed, dosages, predicted, options.thresholds,
                                       options.statistics.driverMethod, report->resolution);
        };
        LinearApproximation linear = used.size() == panel.snvs.size()
                                         ? approximate(effects.ism, effects.dosages)
                                         : approximate(effects.ism(used), effects.dosages(Eigen::all, used));
        for (Driver& driver : linear.drivers)
            driver.variant = used[static_cast<size_t>(driver.variant)];
        report->linearR = linear.r;
        report->additive = linear.additive;
        report->drivers = driversOf(linear, report->variants, effects, observed, report->scoreRounding);
        context.report("Statistics", 0, 0);
        DS_TRY(addStatistics(*report, study.file().name,
                             {effects.dosages, observed, predicted, study.covariates()}, options.statistics,
                             context));
    }

    // What a reader must know to judge the numbers.
    report->distinctHaplotypes = static_cast<int64_t>(locus.haplotypes.distinct.size());
    report->genotypes = locus.alleles.counts;
    report->genotypes.add(locus.haplotypes.leftOut);
    report->provenance = provenanceOf(study, *question.predictor, question.score, options);
    return report;
}

Result<std::shared_ptr<const GeneReport>> analyze(const Study& study, const StudyGene& gene,
                                                  const std::shared_ptr<const Predictor>& predictor,
                                                  const std::shared_ptr<ScoreCache>& cache,
                                                  const AnalysisOptions& options, const RunContext& context,
                                                  const ReportSink& onPartial) {
    const ModelInfo& model = predictor->info();
    Question question{predictor, options.score.value_or(defaultScore(model)), {}};
    question.members = membersOf(predictor, question.score);

    // Files -> locus -> sequences. The reference runs in the same batches as what it is subtracted from.
    context.report("Reading genotypes", 0, 0);
    DS_ASSIGN(const Locus locus, readLocus(study, gene.gene, model.input, question.score.shifts, context));
    const ReferenceWindow& wide = locus.window;
    const SnvPanel panel = buildSnvPanel(locus.alleles, locus.region);
    std::vector<EditList> ismAndReference = ismSequences(panel, wide);
    ismAndReference.insert(ismAndReference.begin(), EditList{});

    // Sequences -> scores, shown as they come.
    const auto memberCount = static_cast<Eigen::Index>(question.members.size());
    const double unknown = std::nan("");
    MemberScores scores;
    scores.ism.setConstant(static_cast<Eigen::Index>(ismAndReference.size()), memberCount, unknown);
    scores.haplotypes.setConstant(static_cast<Eigen::Index>(locus.haplotypes.distinct.size()), memberCount,
                                  unknown);
    auto lastShown = std::chrono::steady_clock::now();
    const auto showPartial = [&] {
        const auto now = std::chrono::steady_clock::now();
        if (!onPartial || now - lastShown < std::chrono::milliseconds(250))
            return;
        lastShown = now;
        if (const auto report = assemble(study, gene, question, locus, panel, scores, options, context))
            onPartial(*report); // a stop is told by what comes next
    };
    std::vector<LocusScorer> scorers;
    for (Eigen::Index m = 0; m < memberCount; ++m) {
        const auto stage = [&](const char* what) {
            return memberCount == 1 ? std::string(what)
                                    : fmt::format("{}, {} of {}", what, m + 1, memberCount);
        };
        LocusScorer& scorer =
            scorers.emplace_back(LocusScorer::Settings{options.method, cache, options.selfCheckEvery},
                                 question.members[static_cast<size_t>(m)], wide);
        const auto column = [m](Eigen::MatrixXd& byMember) {
            return std::span(byMember.col(m).data(), static_cast<size_t>(byMember.rows()));
        };
        DS_TRY(scorer.score(ismAndReference, column(scores.ism), stage("Predicting single variants (ISM)"),
                            context, showPartial));
        DS_TRY(scorer.score(locus.haplotypes.distinct, column(scores.haplotypes),
                            stage("Predicting people's haplotypes"), context, showPartial));
        scorer.release();
    }

    if (options.gradients) {
        Result<Eigen::VectorXd> gradient =
            meanGradient(panel, wide, question.members, options.method, cache, context);
        if (gradient)
            scores.gradient = std::move(*gradient);
        else if (gradient.error().kind == ErrorKind::Cancelled)
            return fail(std::move(gradient).error());
        else // a second opinion is missing, not the gene
            scores.gradientNote = gradient.error().message();
    }

    // Scores -> statistics -> report; the check comes when everything can be seen.
    DS_ASSIGN(const std::shared_ptr<GeneReport> report,
              assemble(study, gene, question, locus, panel, scores, options, context));
    const bool checks = std::any_of(scorers.begin(), scorers.end(),
                                    [](const LocusScorer& scorer) { return scorer.hasToCheck(); });
    if (checks && onPartial)
        onPartial(std::make_shared<const GeneReport>(*report));
    for (Eigen::Index m = 0; m < memberCount; ++m) {
        const LocusScorer& scorer = scorers[static_cast<size_t>(m)];
        DS_ASSIGN(const SelfCheck checked, scorer.selfCheck(scores.ism(0, m), context));
        report->selfCheck.add(checked);
        report->scoresComputed += scorer.computed();
        report->scoresFromCache += scorer.fromCache();
    }
    return std::shared_ptr<const GeneReport>(report);
}

} // namespace

Result<std::shared_ptr<const GeneReport>>
analyzeGene(const Study& study, const StudyGene& gene, std::shared_ptr<const Predictor> predictor,
            std::shared_ptr<ScoreCache> cache, const AnalysisOptions& options, const RunContext& context,
            const ReportSink& onPartial) {
    return atEdge("Analysing " + gene.gene.name,
                  [&] { return analyze(study, gene, predictor, cache, options, context, onPartial); });
}

} // namespace diploscope
