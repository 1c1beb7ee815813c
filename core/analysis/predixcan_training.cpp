// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/predixcan_training.h"

#include "analysis/effect_alleles.h"
#include "base/blas_library.h"
#include "base/checksum.h"
#include "base/edge.h"
#include "base/parallel.h"
#include "genome/builds.h"
#include "sequence/snv_panel.h"
#include "stats/centred.h"
#include "stats/correlation.h"
#include "stats/elastic_net.h"
#include "stats/multiple_testing.h"

#include <Eigen/QR>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace diploscope {

namespace {

using Eigen::Index;

/// A gene's model: nothing where no SNV entered it.
struct TrainedGene {
    PredixcanGene gene;
    std::vector<PredixcanWeight> weights;
};

/// What covariates and intercept leave of y.
Eigen::VectorXd residuals(const Eigen::VectorXd& y, const Eigen::MatrixXd& covariates) {
    Eigen::MatrixXd design(y.size(), covariates.cols() + 1);
    design << Eigen::VectorXd::Ones(y.size()), covariates;
    return y - design * design.colPivHouseholderQr().solve(y);
}

std::string varIdBuild(const std::string& build) {
    const auto known = knownBuild(build);
    return !known ? std::string() : *known == "GRCh37" ? "b37" : *known == "GRCh38" ? "b38" : std::string();
}

/// SNVs that a model may take, and these people's dosages of them.
struct TrainingColumns {
    std::vector<Index> snvs; ///< of the panel
    Eigen::MatrixXd dosages; ///< [people x snvs]; no genotype: the mean of the others
};

/// Those whose minor allele is common enough among these people. Only these become numbers: of a large
/// cohort's SNVs most are rare.
TrainingColumns trainingColumns(const SnvPanel& panel, const std::vector<Index>& people, double smallestMaf,
                                HaploidDosage haploid) {
    const Dosages dosages = alternateDosages(panel, HaploidDosage::AsTwo);
    const Dosages counted = haploid == HaploidDosage::AsTwo ? dosages : alternateDosages(panel, haploid);
    const auto columnOf = [&](const Dosages& of, Index v) -> Eigen::VectorXd {
        return imputeMeans(of.column(v, people));
    };
    TrainingColumns columns;
    for (Index v = 0; v < dosages.cols(); ++v) {
        const double frequency = columnOf(dosages, v).mean() / 2;
        if (std::min(frequency, 1 - frequency) >= smallestMaf && frequency > 0 && frequency < 1 &&
            !isPoorlyGenotyped(panel.snvs[size_t(v)]))
            columns.snvs.push_back(v);
    }
    columns.dosages.resize(std::ssize(people), std::ssize(columns.snvs));
    for (Index c = 0; c < columns.dosages.cols(); ++c)
        columns.dosages.col(c) = columnOf(counted, columns.snvs[size_t(c)]);
    return columns;
}

Result<TrainedGene> trainGene(const Study& study, const StudyGene& studyGene,
                              const PredixcanTrainingOptions& options, const std::vector<int>& folds,
                              const RunContext& context) {
    const Gene& gene = studyGene.gene;
    TrainedGene trained;
    trained.gene.id = gene.version.empty() ? gene.id : gene.id + "." + gene.version;
    trained.gene.name = gene.name;

    DS_ASSIGN(const Eigen::VectorXd observed, study.observed(studyGene));
    const std::vector<Index> people = finiteRows(observed);
    std::vector<int> peoplesFolds;
    for (const Index p : people)
        peoplesFolds.push_back(folds[size_t(p)]);
    if (people.size() < 2 * size_t(options.folds))
        return fail(ErrorKind::BadInput,
                    fmt::format("Only {} people have expression, too few for {} folds.", people.size(),
                                options.folds),
                    gene.id, "Ask for fewer folds.");

    const Region cis{gene.region.contig, std::max<int64_t>(0, gene.tss() - options.window),
                     gene.tss() + options.window + 1};
    DS_ASSIGN(AlleleMatrix matrix, study.genotypes(cis, context));
    SnvPanel panel = buildSnvPanel(matrix, cis);
    matrix = {};
    const TrainingColumns columns =
        trainingColumns(panel, people, options.smallestMaf, study.file().options.haploidDosage);
    if (columns.snvs.empty())
        return trained;
    for (Snv& snv : panel.snvs)
        snv.genotypes = {};

    const Eigen::VectorXd y = residuals(observed(people), study.covariates()(people, Eigen::all));
    ElasticNetOptions net;
    net.alpha = options.alpha;
    DS_ASSIGN(const CrossValidated fit, crossValidate(columns.dosages, y, peoplesFolds, net, context));
    if (fit.path.lambdas.empty())
        return trained;
    const Eigen::VectorXd coefficients = fit.coefficients();
    for (size_t c = 0; c < columns.snvs.size(); ++c) {
        const double weight = coefficients[Index(c)];
        if (weight == 0)
            continue;
        const Snv& snv = panel.snvs[size_t(columns.snvs[c])];
        trained.weights.push_back(
            {0, snv.id, snv.ref, snv.alt, weight, gene.region.contig, snv.position, snv.ref, snv.alt});
    }
    const Correlation performance = pearson(y, fit.outOfFold, DoubleScores);
    const double r = performance.r.value_or(0);
    trained.gene.performanceR2 = r > 0 ? r * r : 0.0;
    trained.gene.performanceP = performance.p;
    return trained;
}

Result<void> checkOptions(const Study& study, const PredixcanTrainingOptions& options) {
    if (study.isPublished())
        return fail(ErrorKind::Unsupported, "The study is made from published tables: it has no genotypes.",
                    study.file().path.string(), "Train on a study with genotypes and expression.");
    if (options.folds < 2 || study.people().size() < 2 * size_t(options.folds))
        return fail(
            ErrorKind::BadInput,
            fmt::format("{} people cannot be split into {} folds.", study.people().size(), options.folds),
            study.file().path.string(), "Ask for at least 2 folds, and at most one for every two people.");
    if (!(options.alpha > 0 && options.alpha <= 1) || options.window < 1)
        return fail(ErrorKind::BadInput,
                    fmt::format("alpha is {} and the window {} bp.", options.alpha, options.window), {},
                    "alpha lies above 0 and at most at 1, the window is at least 1 bp.");
    return {};
}

} // namespace

std::string peopleDigest(const Study& study) {
    std::vector<std::string> people = study.people();
    std::sort(people.begin(), people.end());
    return toHex(digestOf(fmt::format("{}", fmt::join(people, "\n"))));
}

Result<PredixcanTraining> trainPredixcan(const Study& study, const std::vector<const StudyGene*>& chosen,
                                         const PredixcanTrainingOptions& options, const RunContext& context) {
    DS_TRY(checkOptions(study, options));
    std::vector<const StudyGene*> genes = chosen;
    if (genes.empty())
        for (const StudyGene& gene : study.genes())
            genes.push_back(&gene);
    const std::vector<int> folds = shuffledFolds(int64_t(study.people().size()), options.folds, options.seed);

    std::vector<std::optional<Result<TrainedGene>>> results(genes.size());
    std::mutex progress;
    int64_t done = 0;
    const BlasThreads oneEach(1);
    RunContext quiet;
    quiet.stop = context.stop;
    parallelFor(
        int64_t(genes.size()), options.threads > 0 ? options.threads : availableThreads(), [&](int64_t g) {
            if (context.cancelled())
                return;
            const StudyGene& gene = *genes[size_t(g)];
            results[size_t(g)] = atEdge("Training " + gene.gene.name,
                                        [&] { return trainGene(study, gene, options, folds, quiet); });
            const std::lock_guard lock(progress);
            context.report("Training elastic nets", ++done, int64_t(genes.size()));
        });
    DS_TRY(context.checkpoint());

    PredixcanTraining training;
    training.tried = int64_t(genes.size());
    training.database.hasPositions = true;
    training.database.build = varIdBuild(study.file().build);
    training.database.trainedOn = peopleDigest(study);
    std::vector<std::optional<double>> p;
    for (size_t g = 0; g < genes.size(); ++g) {
        Result<TrainedGene>& result = *results[g];
        if (!result) {
            training.failures.emplace_back(genes[g]->gene.id, result.error());
            continue;
        }
        if (result->weights.empty()) {
            ++training.withoutModel;
            continue;
        }
        for (PredixcanWeight& weight : result->weights) {
            weight.gene = training.database.genes.size();
            training.database.weights.push_back(std::move(weight));
        }
        training.database.genes.push_back(std::move(result->gene));
        p.push_back(training.database.genes.back().performanceP);
    }
    const std::vector<std::optional<double>> q = benjaminiHochberg(p);
    for (size_t g = 0; g < q.size(); ++g)
        training.database.genes[g].performanceQ = q[g];
    return training;
}

} // namespace diploscope
