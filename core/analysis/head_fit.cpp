// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/head_fit.h"

#include "base/atomic_file.h"
#include "io/table_writer.h"
#include "scoring/score_options.h"
#include "stats/centred.h"
#include "stats/correlation.h"
#include "stats/elastic_net.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diploscope {

namespace {

using Eigen::Index;

/// log2(sum of bins) of every track on the reference.
Result<Eigen::VectorXd> tracksOf(const Study& study, const Gene& gene, const Predictor& predictor,
                                 const OutputChoice& output, Method method, const RunContext& context) {
    DS_ASSIGN(const ReferenceWindow window, study.window(gene, predictor.info().input));
    DS_ASSIGN(const auto locus, predictor.prepare(window, output, method));
    const EditList reference;
    DS_ASSIGN(const Eigen::MatrixXd values, locus->predict({&reference, 1}, context));
    const auto tracks = Index(output.tracks.size());
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(tracks);
    for (Index bin = 0; bin < Index(output.bins.size()); ++bin)
        sums += values.row(0).segment(bin * tracks, tracks).transpose();
    return Eigen::VectorXd(sums.array().log() / std::log(2.0));
}

std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace

Result<FittedHead> fitHead(const Study& study, const Predictor& predictor, const HeadFitOptions& options,
                           const RunContext& context) {
    OutputChoice output;
    output.bins = infoFor(predictor.info(), study.file().phenotypes).defaultOutput.bins;
    output.tracks.resize(size_t(predictor.info().trackCount));
    std::iota(output.tracks.begin(), output.tracks.end(), 0);

    FittedHead head;
    std::vector<Eigen::VectorXd> features;
    std::vector<double> means;
    const auto& genes = study.genes();
    for (size_t g = 0; g < genes.size(); ++g) {
        DS_TRY(context.checkpoint());
        context.report("Predicting references", int64_t(g), int64_t(genes.size()));
        DS_ASSIGN(const Eigen::VectorXd observed, study.observed(genes[g]));
        const std::vector<Index> measured = finiteRows(observed);
        if (measured.empty()) {
            ++head.skipped;
            continue;
        }
        DS_ASSIGN(Eigen::VectorXd tracks,
                  tracksOf(study, genes[g].gene, predictor, output, options.method, context));
        if (!tracks.allFinite()) {
            ++head.skipped;
            continue;
        }
        features.push_back(std::move(tracks));
        means.push_back(observed(measured).mean());
    }
    head.genes = int64_t(features.size());
    if (options.folds < 2 || features.size() < 2 * size_t(options.folds))
        return fail(
            ErrorKind::BadInput,
            fmt::format("{} genes cannot be split into {} folds ({} left out: not measured, or a sum of "
                        "bins that is not above 0).",
                        features.size(), options.folds, head.skipped),
            study.file().path.string(),
            "Take a study with more genes, fewer folds, or a model whose outputs are positive.");

    Eigen::MatrixXd x(head.genes, Index(output.tracks.size()));
    for (size_t g = 0; g < features.size(); ++g)
        x.row(Index(g)) = features[g].transpose();
    const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(means.data(), head.genes);
    ElasticNetOptions net;
    net.alpha = options.alpha;
    const bool single = precisionOf(predictor, options.method) == Precision::Single;
    net.constant = (single ? SingleScores : DoubleScores).constant;
    context.report("Fitting the head", 0, 0);
    DS_ASSIGN(const CrossValidated fit,
              crossValidate(x, y, shuffledFolds(head.genes, options.folds, options.seed), net, context));
    if (fit.path.lambdas.empty())
        return fail(ErrorKind::BadInput, "Neither mean expression nor any track differs between genes.",
                    study.file().path.string(), "Check the study's expression, and the model's weights.");
    const Eigen::VectorXd coefficients = fit.coefficients();
    head.weights.assign(coefficients.begin(), coefficients.end());
    head.offset = fit.intercept();
    head.tracksUsed = (coefficients.array() != 0).count();
    head.r = pearson(y, fit.outOfFold, DoubleScores).r;
    head.lambda = fit.path.lambdas[fit.best];
    return head;
}

Result<void> writeHead(const FittedHead& head, const TrackList* names, const std::filesystem::path& file) {
    std::string text = "tracks,weights\n";
    for (size_t k = 0; k < head.weights.size(); ++k)
        text += (names != nullptr ? csvField((*names)[k].label()) : fmt::format("track {}", k)) + "," +
                numberText(head.weights[k]) + "\n";
    text += "offset," + numberText(head.offset) + "\n";
    return writeFileAtomically(file, text, Durability::Durable);
}

} // namespace diploscope
