// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_frame.h"

#include "analysis/external_tables.h"
#include "analysis/provenance.h"

#include <cmath>
#include <utility>

namespace diploscope {

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

namespace {

std::vector<PersonResult> observedPeople(const Study& study, const Eigen::VectorXd& observed) {
    std::vector<PersonResult> people;
    people.reserve(study.people().size());
    for (size_t p = 0; p < study.people().size(); ++p) {
        PersonResult person;
        person.sample = study.people()[p];
        if (const double value = observed(static_cast<Eigen::Index>(p)); std::isfinite(value))
            person.observed = value;
        people.push_back(std::move(person));
    }
    return people;
}

std::vector<VariantResult> observedVariants(const SnvPanel& panel, const EffectAlleles& alleles,
                                            const std::vector<EqtlEffect>& eqtl, const Gene& gene,
                                            HaploidDosage haploid) {
    std::vector<VariantResult> variants;
    variants.reserve(panel.snvs.size());
    for (size_t v = 0; v < panel.snvs.size(); ++v) {
        const Snv& snv = panel.snvs[v];
        VariantResult variant;
        static_cast<Variant&>(variant) = snv;
        variant.id = snv.id;
        variant.effectAllele = alleles.isReference[v] ? variant.ref : variant.alt;
        variant.alleleFrequency = snv.alleleFrequency;
        variant.maf = snv.maf();
        variant.carriers = snv.carriers;
        variant.carrierFraction = snv.carrierFraction;
        variant.missing = snv.missing;
        variant.poorlyGenotyped = isPoorlyGenotyped(snv);
        variant.eqtl = eqtl[v];
        const int64_t distance = snv.position - gene.tss();
        variant.distanceToTss = gene.strand == Strand::Forward ? distance : -distance;
        variant.genotypes = snv.genotypes.counting(haploid);
        if (alleles.isReference[v])
            variant.genotypes = variant.genotypes.countingReference();
        variants.push_back(std::move(variant));
    }
    return variants;
}

/// Of the model's own window, which is part of what was read.
std::shared_ptr<const std::string> basesOf(const Locus& locus) {
    const ReferenceWindow& wide = locus.window;
    const int64_t first = wide.flank + locus.region.start - wide.region.start;
    return std::make_shared<const std::string>(wide.context, static_cast<size_t>(first),
                                               static_cast<size_t>(locus.region.length()));
}

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

} // namespace

Result<ListedEffects> listedIn(const Predictor& predictor, const ReferenceWindow& window,
                               const AlleleMatrix& alleles, VariantMode mode,
                               std::span<const Variant> asked) {
    std::vector<Variant> variants(asked.begin(), asked.end());
    for (const Site& site : alleles.sites)
        for (int allele = 1; allele <= static_cast<int>(site.alts.size()); ++allele) {
            const AlleleChange change = site.change(allele);
            if (mode == VariantMode::Snv ? change.kind == AlleleKind::Snv : isSequence(change.kind))
                variants.push_back(change.variant(window.region.contig));
        }
    DS_ASSIGN(ListedEffects listed, predictor.listedEffects(window, variants));
    listed.has.resize(asked.size());
    return listed;
}

Result<Eigen::VectorXd> observedAt(const Study& study, const StudyGene& gene, const Locus& locus) {
    DS_ASSIGN(Eigen::VectorXd observed, study.observed(gene));
    for (Eigen::Index p = 0; p < observed.size(); ++p)
        if (locus.isLeftOut(static_cast<size_t>(p)))
            observed(p) = std::nan("");
    return observed;
}

Result<ReportFrame> reportFrame(const Study& study, const StudyGene& gene, const Question& question,
                                const Locus& locus, const SnvPanel& panel, const AnalysisOptions& options) {
    ReportFrame frame;
    GeneReport& report = frame.report;
    report.complete = false;
    report.gene = gene.gene;
    report.model = question.predictor->info();
    report.model.unit = question.score.unit;
    report.score = question.score;
    for (const ScoreMember& member : question.members)
        report.members.push_back(member.name());
    report.window = locus.region;
    report.bases = basesOf(locus);

    DS_ASSIGN(frame.observed, observedAt(study, gene, locus));
    report.observedUnit = observedUnit(study.file());
    report.people = observedPeople(study, frame.observed);

    const HaploidDosage haploid = study.file().options.haploidDosage;
    frame.alleles = effectAlleles(panel, alleleConvention(study, options), haploid);
    const std::vector<EqtlEffect> eqtl =
        marginalEffects(frame.alleles.counted, frame.observed, study.covariates());
    report.variants = observedVariants(panel, frame.alleles, eqtl, gene.gene, haploid);
    report.leftOut = leftOutOf(study, options.external.get());
    report.background = options.background;
    if (options.external)
        addImported(*options.external, locus.window, report);
    if (options.external && options.external->reads)
        addReads(*options.external->reads, study, locus.alleles, report);

    if (report.model.scoresOf == ScoresOf::Listed) {
        const std::vector<Variant> snvs(panel.snvs.begin(), panel.snvs.end());
        DS_ASSIGN(report.listed, listedIn(*question.predictor, locus.window, locus.alleles,
                                          study.file().options.variants, snvs));
        DS_ASSIGN(report.listedPeople, question.predictor->listedPredictions(locus.window, study.people()));
    }

    // What a reader must know to judge the numbers.
    report.distinctHaplotypes = static_cast<int64_t>(locus.haplotypes.distinct.size());
    report.genotypes = locus.alleles.counts;
    report.genotypes.add(locus.haplotypes.leftOut);
    report.provenance = provenanceOf(study, *question.predictor, question.score, options);
    return frame;
}

} // namespace diploscope
