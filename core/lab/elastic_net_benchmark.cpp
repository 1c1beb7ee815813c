// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/elastic_net_benchmark.h"

#include "base/atomic_file.h"
#include "lab/benchmark_parts.h"
#include "stats/elastic_net.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

constexpr int NetRepeats = 3;

/// Friedman, Hastie and Tibshirani's naive updates: every pass looks at every column of these people.
/// \return [lambdas] predictions of the others, by columns
Result<Eigen::MatrixXd> plainPath(const Eigen::MatrixXd& dosages, const Eigen::VectorXd& expression,
                                  const std::vector<Eigen::Index>& rows,
                                  const std::vector<Eigen::Index>& others, const std::vector<double>& lambdas,
                                  const RunContext& context) {
    const ElasticNetOptions options;
    const auto n = static_cast<double>(rows.size());
    Eigen::MatrixXd x = dosages(rows, Eigen::all);
    const Eigen::RowVectorXd means = x.colwise().mean();
    x.rowwise() -= means;
    const Eigen::RowVectorXd deviations = x.colwise().norm() / std::sqrt(n);
    for (Eigen::Index j = 0; j < x.cols(); ++j)
        x.col(j) *= deviations[j] > 0 ? 1 / deviations[j] : 0;
    Eigen::VectorXd residual = expression(rows);
    const double mean = residual.mean();
    residual.array() -= mean;
    const double deviation = residual.norm() / std::sqrt(n);
    residual /= deviation;

    Eigen::VectorXd weights = Eigen::VectorXd::Zero(x.cols());
    Eigen::MatrixXd predicted(static_cast<Eigen::Index>(others.size()),
                              static_cast<Eigen::Index>(lambdas.size()));
    for (size_t step = 0; step < lambdas.size(); ++step) {
        const double lambda = lambdas[step] / deviation;
        for (double largest = 1; largest > options.tolerance;) {
            DS_TRY(context.checkpoint());
            largest = 0;
            for (Eigen::Index j = 0; j < x.cols(); ++j) {
                const double pull = x.col(j).dot(residual) / n + weights[j];
                const double size = std::abs(pull) - lambda * options.alpha;
                const double weight =
                    size > 0 ? std::copysign(size, pull) / (1 + lambda * (1 - options.alpha)) : 0;
                const double moved = weight - weights[j];
                if (moved == 0)
                    continue;
                residual -= moved * x.col(j);
                weights[j] = weight;
                largest = std::max(largest, moved * moved);
            }
        }
        Eigen::VectorXd slopes = weights * deviation;
        for (Eigen::Index j = 0; j < x.cols(); ++j)
            slopes[j] *= deviations[j] > 0 ? 1 / deviations[j] : 0;
        predicted.col(static_cast<Eigen::Index>(step)) =
            (dosages(others, Eigen::all) * slopes).array() + (mean - means.dot(slopes));
    }
    return predicted;
}

/// [lambdas] over all people when left out, after a fit of all, as crossValidate() makes one.
Result<std::vector<double>> plainErrors(const Eigen::MatrixXd& dosages, const Eigen::VectorXd& expression,
                                        const std::vector<int>& folds, int count,
                                        const std::vector<double>& lambdas, const RunContext& context) {
    std::vector<double> errors(lambdas.size());
    for (int fold = -1; fold < count; ++fold) {
        std::vector<Eigen::Index> inside, outside;
        for (size_t i = 0; i < folds.size(); ++i)
            (folds[i] == fold ? outside : inside).push_back(static_cast<Eigen::Index>(i));
        DS_ASSIGN(const Eigen::MatrixXd predicted,
                  plainPath(dosages, expression, inside, outside, lambdas, context));
        for (size_t l = 0; l < lambdas.size(); ++l)
            errors[l] += (predicted.col(static_cast<Eigen::Index>(l)) - expression(outside)).squaredNorm() /
                         static_cast<double>(folds.size());
    }
    return errors;
}

Result<void> writeNetForOthers(const LinkedGene& gene, const std::vector<int>& folds,
                               const CrossValidated& found, const std::filesystem::path& folder) {
    std::string fold = "fold\n", lambdas = "lambda\terror\n";
    for (const int each : folds)
        fmt::format_to(std::back_inserter(fold), "{}\n", each);
    for (size_t l = 0; l < found.path.lambdas.size(); ++l)
        fmt::format_to(std::back_inserter(lambdas), "{}\t{}\n", found.path.lambdas[l],
                       found.meanSquaredError[l]);
    DS_TRY(writeLinkedGene(gene, folder));
    DS_TRY(writeFileAtomically(folder / "folds.tsv", fold));
    return writeFileAtomically(folder / "lambdas.tsv", lambdas);
}

Result<json> measureNet(const ElasticNetBenchmarkOptions& options, int variants, const RunContext& context) {
    const LinkedGene gene = linkedGene(options.people, variants, options.seed);
    const Eigen::MatrixXd dosages = gene.dosages.numbers();
    const std::vector<int> folds = shuffledFolds(options.people, options.folds, options.seed);
    CrossValidated found;
    DS_ASSIGN(const Measured ours, leastOf(NetRepeats, "Elastic net", context, [&]() -> Result<void> {
                  DS_ASSIGN(found, crossValidate(dosages, gene.expression, folds, {}, context));
                  return {};
              }));
    if (!options.data.empty())
        DS_TRY(writeNetForOthers(gene, folds, found, options.data));
    json row{{"people", options.people}, {"variants", variants},
             {"folds", options.folds},   {"lambdas", found.path.lambdas.size()},
             {"best", found.best},       {"s", ours.wall},
             {"cpu_s", ours.cpu},        {"peak_memory_mb", ours.peakMegabytes}};
    if (!options.plain)
        return row;
    std::vector<double> errors;
    DS_ASSIGN(const Measured plain, leastOf(1, "Plain descent", context, [&]() -> Result<void> {
                  DS_ASSIGN(errors, plainErrors(dosages, gene.expression, folds, options.folds,
                                                found.path.lambdas, context));
                  return {};
              }));
    double difference = 0;
    for (size_t l = 0; l < errors.size(); ++l)
        difference = std::max(difference, std::abs(errors[l] / found.meanSquaredError[l] - 1));
    row["difference"] = difference;
    row["plain_best"] = std::min_element(errors.begin(), errors.end()) - errors.begin();
    tellBoth(ours, plain, row);
    return row;
}

} // namespace

Result<json> runElasticNetBenchmark(const ElasticNetBenchmarkOptions& options, const RunContext& context) {
    if (options.people < 20 || options.folds < 2 || options.folds > options.people / 2 ||
        options.variants.empty() || std::ranges::min(options.variants) < 1)
        return fail(ErrorKind::BadInput, "At least 20 people, two of them a fold, and one SNV can be timed.");
    json report{{"workload", "elastic-net"}, {"rows", json::array()}};
    for (const int variants : options.variants) {
        DS_ASSIGN(json row, measureNet(options, variants, context));
        report["rows"].push_back(std::move(row));
    }
    addMachine({Device{}}, 0, report);
    return report;
}

} // namespace diploscope
