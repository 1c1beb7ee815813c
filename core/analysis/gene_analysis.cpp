// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_analysis.h"

#include "analysis/gene_locus.h"
#include "analysis/haplotype_reads.h"
#include "analysis/report_frame.h"
#include "analysis/wanted_sequences.h"
#include "base/edge.h"
#include "base/stage_clock.h"
#include "scoring/gradient_effects.h"
#include "scoring/locus_scorer.h"
#include "sequence/snv_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace diploscope {

namespace {

/// What the members of a score (METHODS 3) say of some sequences. [sequences x members]; NaN: not yet.
/// A partial result is what the members that are through with everything say, or the first one alone:
/// different members for different sequences would not compare.
struct MemberScores : LocusScores {
    Eigen::VectorXd gradient; ///< of the mean score, each SNV of the panel; empty without
    std::string gradientNote; ///< why it is empty although it was asked for

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

/// People's scores where a table lists them.
void addListed(const Locus& locus, const ListedPredictions& listed, std::vector<PersonResult>& people) {
    for (size_t p = 0; p < people.size(); ++p) {
        const auto row = static_cast<Eigen::Index>(p);
        const double unknown = std::nan("");
        const bool isLeftOut = locus.isLeftOut(p);
        people[p].haplotype1 = isLeftOut ? unknown : listed.haplotypes(row, 0);
        people[p].haplotype2 = isLeftOut ? unknown : listed.haplotypes(row, 1);
        people[p].predicted = isLeftOut ? unknown : listed.predicted(row);
    }
}

/// \param byMember [distinct haplotypes x members]
void addScores(const Locus& locus, const Eigen::MatrixXd& byMember, std::vector<PersonResult>& people) {
    const Haplotypes& haplotypes = locus.haplotypes;
    for (size_t p = 0; p < people.size(); ++p) {
        PersonResult& person = people[p];
        if (locus.isLeftOut(p)) {
            person.haplotype1 = person.haplotype2 = person.predicted = std::nan("");
            continue;
        }
        const auto first = byMember.row(haplotypes.indexOfHaplotype[2 * p]);
        const auto second = byMember.row(haplotypes.indexOfHaplotype[2 * p + 1]);
        person.haplotype1 = first.mean();
        person.haplotype2 = second.mean();
        person.predicted = 0.5 * (person.haplotype1 + person.haplotype2);
        person.spread = spreadOf(0.5 * (first + second));
    }
}

/// The model's effects, of the effect alleles. \param byMember [variants x members], of ALT \param gradient
/// empty without
void addEffects(const Eigen::VectorXd& ism, const Eigen::VectorXd& gradient, const Eigen::MatrixXd& byMember,
                std::vector<VariantResult>& variants) {
    for (size_t v = 0; v < variants.size(); ++v) {
        const auto row = static_cast<Eigen::Index>(v);
        variants[v].ism = ism(row);
        variants[v].ismSpread = spreadOf(byMember.row(row));
        if (gradient.size() > 0 && isSnv(variants[v]))
            variants[v].gradient = gradient(row);
    }
}

/// What an indel's two trims differ by. \param byMember [indels x members], of ALT
void addShifts(const SnvPanel& panel, const EffectAlleles& alleles, const Eigen::MatrixXd& byMember,
               std::vector<VariantResult>& variants) {
    const std::vector<size_t> indels = panel.indels();
    for (size_t i = 0; i < indels.size(); ++i) {
        const double ofAlternate = byMember.row(static_cast<Eigen::Index>(i)).mean();
        variants[indels[i]].ismShift = alleles.isReference[indels[i]] ? -ofAlternate : ofAlternate;
    }
}

/// Pearson's r of both over the variants that have a gradient.
std::optional<double> gradientAgreement(const std::vector<VariantResult>& variants,
                                        const Eigen::VectorXd& ism, const Eigen::VectorXd& gradient) {
    std::vector<Eigen::Index> snvs;
    for (Eigen::Index v = 0; v < gradient.size(); ++v)
        if (variants[static_cast<size_t>(v)].gradient)
            snvs.push_back(v);
    if (snvs.size() < 2)
        return std::nullopt;
    return pearson(ism(snvs), gradient(snvs)).r;
}

/// Whether the model knows an effect of an SNV: one that reads bases does.
bool isListed(const GeneReport& report, Eigen::Index variant) {
    return !report.listed || report.listed->has[static_cast<size_t>(variant)];
}

/// The largest |score| of anybody and the reference: what rounding errors are a share of.
double magnitudeOf(const GeneReport& report) {
    double largest = std::isfinite(report.referenceScore) ? std::abs(report.referenceScore) : 0;
    for (const PersonResult& person : report.people)
        for (const double score : {person.haplotype1, person.haplotype2, person.predicted})
            if (std::isfinite(score))
                largest = std::max(largest, std::abs(score));
    return largest;
}

std::vector<DriverResult> driversOf(const LinearApproximation& linear,
                                    const std::vector<VariantResult>& variants, const Eigen::VectorXd& ism,
                                    const ReportFrame& frame, double scoreRounding) {
    const double largestIsm = ism.size() == 0 ? 0.0 : ism.cwiseAbs().maxCoeff<Eigen::PropagateNumbers>();
    std::vector<DriverResult> drivers;
    for (const Driver& driver : linear.drivers) {
        const auto v = static_cast<size_t>(driver.variant);
        DriverResult result;
        result.variant = v;
        result.driver = driver;
        result.relativeIsm = variants[v].ism / largestIsm;
        result.verdict = verdictOf(variants[v].ism, variants[v].eqtl.slope, scoreRounding);
        result.genotypeR = pearson(frame.alleles.counted.column(driver.variant), frame.observed).r;
        drivers.push_back(result);
    }
    std::stable_sort(drivers.begin(), drivers.end(), [](const DriverResult& a, const DriverResult& b) {
        return a.driver.gain > b.driver.gain;
    });
    return drivers;
}

/// Of the mean over members. \return [SNVs]
Result<Eigen::VectorXd> meanGradient(const SnvPanel& panel, const ReferenceWindow& wide,
                                     const std::vector<ScoreMember>& members, Method method,
                                     const std::shared_ptr<ScoreCache>& cache, const RunContext& context) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(panel.snvs.size()));
    const StageTime time(context, Stage::Model);
    for (const ScoreMember& member : members) {
        DS_ASSIGN(const Eigen::VectorXd own, gradientEffects(panel, wide, member, method, cache, context));
        sum += own;
    }
    return Eigen::VectorXd(sum / static_cast<double>(members.size()));
}

/// Scores -> statistics -> report. With scores missing, what can be known without them.
Result<std::shared_ptr<GeneReport>> assemble(const ReportFrame& frame, const Study& study,
                                             const Question& question, const Locus& locus,
                                             const SnvPanel& panel, const MemberScores& scores,
                                             const AnalysisOptions& options, const RunContext& context) {
    const StageTime time(context, Stage::Statistics);
    std::vector<Eigen::Index> members = scores.finished();
    auto report = std::make_shared<GeneReport>(frame.report);
    report->scoresKnown = scores.known();
    report->scoresAsked = scores.asked();
    report->complete = members.size() == question.members.size();
    if (members.empty())
        members.push_back(0);
    const Eigen::MatrixXd byMember = scores.ism(Eigen::all, members);
    const OverTrims single = overTrims(panel, byMember.bottomRows(byMember.rows() - 1));
    const Eigen::MatrixXd effectsByMember = single.mean.rowwise() - byMember.row(0);
    report->referenceScore = byMember.row(0).mean();
    report->referenceSpread = spreadOf(byMember.row(0));
    if (report->listedPeople) {
        addListed(locus, *report->listedPeople, report->people);
        if (std::none_of(report->listed->has.begin(), report->listed->has.end(),
                         [](bool has) { return has; }))
            report->referenceScore = std::nan("");
    } else {
        addScores(locus, scores.haplotypes(Eigen::all, members), report->people);
    }
    const Eigen::VectorXd& observed = frame.observed;
    Eigen::VectorXd predicted(observed.size());
    for (Eigen::Index p = 0; p < predicted.size(); ++p)
        predicted(p) = report->people[static_cast<size_t>(p)].predicted;
    report->resolution =
        precisionOf(*question.predictor, options.method) == Precision::Double ? DoubleScores : SingleScores;
    report->scoreRounding = report->resolution.constant * magnitudeOf(*report);
    report->pearson = pearson(observed, predicted, report->resolution);
    report->spearman = spearman(observed, predicted, report->resolution);

    Eigen::VectorXd ism = frame.alleles.turned(meanOf(effectsByMember));
    for (Eigen::Index v = 0; v < ism.size(); ++v)
        if (!isListed(*report, v))
            ism(v) = std::nan("");
    const Eigen::VectorXd gradient = frame.alleles.turned(scores.gradient);
    addEffects(ism, gradient, effectsByMember, report->variants);
    if (!report->listed)
        addShifts(panel, frame.alleles, single.halfDifference, report->variants);
    report->gradientNote = scores.gradientNote;
    report->gradientR = gradientAgreement(report->variants, ism, gradient);
    if (report->complete) {
        const Dosages& dosages = frame.alleles.dosages;
        std::vector<Eigen::Index> used = wellGenotyped(panel);
        std::erase_if(used, [&](Eigen::Index v) { return !isListed(*report, v); });
        LinearApproximation linear =
            approximateLinearly(ism(used), dosages.only(used), predicted, options.thresholds,
                                options.statistics.driverMethod, report->resolution);
        for (Driver& driver : linear.drivers)
            driver.variant = used[static_cast<size_t>(driver.variant)];
        report->linearR = linear.r;
        report->additive = linear.additive;
        report->drivers = driversOf(linear, report->variants, ism, frame, report->scoreRounding);
        context.report("Statistics", 0, 0);
        DS_TRY(addStatistics(*report, study.file().name,
                             {dosages, frame.alleles.counted, observed, predicted, study.covariates()},
                             options.statistics, context));
    }
    addAllelicImbalance(*report);
    return report;
}

Question questionOf(const Study& study, const std::shared_ptr<const Predictor>& predictor,
                    const AnalysisOptions& options) {
    Question question{
        predictor, options.score.value_or(defaultScore(predictor->info(), study.file().phenotypes)), {}};
    question.members = membersOf(predictor, question.score);
    return question;
}

Result<std::shared_ptr<const GeneReport>> analyze(const Study& study, const StudyGene& gene,
                                                  const std::shared_ptr<const Predictor>& predictor,
                                                  const std::shared_ptr<ScoreCache>& cache,
                                                  const AnalysisOptions& options, const RunContext& context,
                                                  const ReportSink& onPartial) {
    const Question question = questionOf(study, predictor, options);

    // Files -> locus -> sequences. The reference runs in the same batches as what it is subtracted from.
    context.report("Reading genotypes", 0, 0);
    DS_ASSIGN(Locus locus,
              readLocus(study, gene.gene, predictor->info().input, question.score.shifts, context));
    const ReferenceWindow& wide = locus.window;
    SnvPanel panel = inStage(context, Stage::Sequences, [&] { return panelOf(locus); });
    // Genotypes of a large cohort are large: none is held for longer than it is asked for.
    std::vector<int8_t>().swap(locus.alleles.alleles);
    DS_ASSIGN(const ReportFrame frame, inStage(context, Stage::Statistics, [&] {
                  return reportFrame(study, gene, question, locus, panel, options);
              }));
    for (Snv& snv : panel.snvs)
        snv.genotypes = {};
    const std::vector<EditList> ismAndReference =
        inStage(context, Stage::Sequences, [&] { return referenceAndIsm(panel, wide); });

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
        if (const auto report = assemble(frame, study, question, locus, panel, scores, options, context))
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
              assemble(frame, study, question, locus, panel, scores, options, context));
    const bool checks = std::any_of(scorers.begin(), scorers.end(),
                                    [](const LocusScorer& scorer) { return scorer.hasChosen(); });
    if (checks && onPartial)
        onPartial(std::make_shared<const GeneReport>(*report));
    for (Eigen::Index m = 0; m < memberCount; ++m) {
        LocusScorer& scorer = scorers[static_cast<size_t>(m)];
        DS_ASSIGN(const SelfCheck checked, scorer.selfCheck(scores.ism(0, m), context));
        report->selfCheck.add(checked);
        report->scoresComputed += scorer.computed();
        report->scoresFromCache += scorer.fromCache();
    }
    return std::shared_ptr<const GeneReport>(report);
}

} // namespace

Result<std::shared_ptr<const GeneReport>> reportOfScores(const Study& study, const StudyGene& gene,
                                                         const std::shared_ptr<const Predictor>& predictor,
                                                         const Locus& locus, LocusScores scores,
                                                         const AnalysisOptions& options,
                                                         const RunContext& context) {
    const Question question = questionOf(study, predictor, options);
    const SnvPanel panel = panelOf(locus);
    DS_ASSIGN(const ReportFrame frame, reportFrame(study, gene, question, locus, panel, options));
    const MemberScores all{std::move(scores), {}, {}};
    DS_ASSIGN(const std::shared_ptr<GeneReport> report,
              assemble(frame, study, question, locus, panel, all, options, context));
    return std::shared_ptr<const GeneReport>(report);
}

Result<std::shared_ptr<const GeneReport>>
analyzeGene(const Study& study, const StudyGene& gene, std::shared_ptr<const Predictor> predictor,
            std::shared_ptr<ScoreCache> cache, const AnalysisOptions& options, const RunContext& context,
            const ReportSink& onPartial) {
    return atEdge("Analysing " + gene.gene.name,
                  [&] { return analyze(study, gene, predictor, cache, options, context, onPartial); });
}

} // namespace diploscope
