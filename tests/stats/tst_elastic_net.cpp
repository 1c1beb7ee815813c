// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic net against glmnet: tests/reference/elastic_net.R.
#include "stats/elastic_net.h"

#include "reference_json.h"

#include <algorithm>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

const nlohmann::json& reference() {
    static const nlohmann::json json = [] {
        std::ifstream stream(fixture("reference/elastic_net.json"));
        return nlohmann::json::parse(stream);
    }();
    return json;
}

/// Largest difference, in units of the largest expected value.
double furthest(const Eigen::MatrixXd& ours, const Eigen::MatrixXd& theirs) {
    return (ours - theirs).cwiseAbs().maxCoeff() / std::max(1e-12, theirs.cwiseAbs().maxCoeff());
}

/// By how much the worst coefficient of a path misses the conditions of the minimum, in units of y's
/// standard deviation.
double furthestFromMinimum(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, const ElasticNetPath& path,
                           double alpha) {
    const auto n = static_cast<double>(y.size());
    const double sdY = std::sqrt((y.array() - y.mean()).square().sum() / n);
    double furthest = 0;
    for (Eigen::Index l = 0; l < path.coefficients.cols(); ++l) {
        const double lambda = path.lambdas[static_cast<size_t>(l)] / sdY;
        const Eigen::VectorXd residual =
            ((y - x * path.coefficients.col(l)).array() - path.intercepts[l]) / sdY;
        furthest = std::max(furthest, std::abs(residual.sum()) / n);
        for (Eigen::Index j = 0; j < x.cols(); ++j) {
            const Eigen::VectorXd centred = x.col(j).array() - x.col(j).mean();
            const double sd = std::sqrt(centred.squaredNorm() / n);
            const double b = path.coefficients(j, l) * sd / sdY;
            const double pull = centred.dot(residual) / sd / n - lambda * (1 - alpha) * b;
            const double miss =
                b == 0 ? std::abs(pull) - lambda * alpha : std::abs(pull - std::copysign(lambda * alpha, b));
            furthest = std::max(furthest, miss);
        }
    }
    return furthest;
}

/// Haplotypes that switch between eight ancestors, and expression under three columns.
std::pair<Eigen::MatrixXd, Eigen::VectorXd> ldBlocks(Eigen::Index people, Eigen::Index columns) {
    std::mt19937_64 random(11);
    const auto one = [&](uint64_t of) { return random() % of == 0; };
    Eigen::MatrixXi ancestors(8, columns);
    for (int& allele : ancestors.reshaped())
        allele = one(3);
    for (Eigen::Index j = 0; j < columns; ++j) // at least one carrier, not all
        for (int a = 0; a < 2; ++a)
            ancestors((j + a) % 8, j) = a;
    for (Eigen::Index j = 10; j < columns; j += 10)
        ancestors.col(j) = ancestors.col(j - 1);
    Eigen::MatrixXd x = Eigen::MatrixXd::Zero(people, columns);
    std::normal_distribution<double> normal;
    Eigen::VectorXd y(people);
    for (Eigen::Index i = 0; i < people; ++i) {
        for (int haplotype = 0; haplotype < 2; ++haplotype) {
            auto ancestor = static_cast<Eigen::Index>(random() % 8);
            for (Eigen::Index j = 0; j < columns; ++j) {
                if (one(40))
                    ancestor = static_cast<Eigen::Index>(random() % 8);
                x(i, j) += ancestors(ancestor, j);
            }
        }
        y[i] = x(i, columns / 5) - x(i, columns / 2) + 0.5 * x(i, columns - 7) + normal(random);
    }
    return {x, y};
}

} // namespace

class TestElasticNet : public QObject {
    Q_OBJECT

    static Eigen::MatrixXd columnsOf(const nlohmann::json& item) {
        return matrixOf(item["x"], item["x"][0].size());
    }

private Q_SLOTS:
    void equalsGlmnet_data() {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < reference().size(); ++i)
            QTest::newRow(reference()[i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
    }
    void equalsGlmnet() {
        QFETCH(int, index);
        const nlohmann::json& item = reference()[static_cast<size_t>(index)];
        const Eigen::MatrixXd x = columnsOf(item);
        const Eigen::VectorXd y = vectorOf(item["y"]);
        ElasticNetOptions options;
        options.alpha = item["alpha"];
        options.tolerance = 1e-20;
        const auto fit = crossValidate(x, y, item["folds"].get<std::vector<int>>(), options);
        DS_VERIFY(fit);
        const auto count = static_cast<Eigen::Index>(item["lambda"].size());
        QCOMPARE(static_cast<Eigen::Index>(fit->path.lambdas.size()), count);
        const Eigen::VectorXd lambdas = Eigen::Map<const Eigen::VectorXd>(fit->path.lambdas.data(), count);
        QVERIFY(furthest(lambdas, vectorOf(item["lambda"])) < 1e-9);
        const Eigen::MatrixXd expected =
            matrixOf(item["coefficients"], static_cast<size_t>(x.cols())).transpose();
        QVERIFY2(furthest(fit->path.coefficients, expected) < 1e-6,
                 qPrintable(QString::number(furthest(fit->path.coefficients, expected))));
        QVERIFY(furthest(fit->path.intercepts, vectorOf(item["intercepts"])) < 1e-6);
        QVERIFY(furthest(fit->path.explained, vectorOf(item["explained"])) < 1e-6);
        const Eigen::VectorXd errors = Eigen::Map<const Eigen::VectorXd>(fit->meanSquaredError.data(), count);
        QVERIFY2(furthest(errors, vectorOf(item["cv_error"])) < 1e-6,
                 qPrintable(QString::number(furthest(errors, vectorOf(item["cv_error"])))));
        QCOMPARE(fit->best, item["best"].get<size_t>());
        QVERIFY(furthest(fit->outOfFold, vectorOf(item["out_of_fold"])) < 1e-6);
    }

    /// Optimality, whatever the path took: no coefficient can move.
    void conditionsOfTheMinimumHold() {
        const nlohmann::json& item = reference()[0];
        const Eigen::MatrixXd x = columnsOf(item);
        const Eigen::VectorXd y = vectorOf(item["y"]);
        ElasticNetOptions options;
        options.tolerance = 1e-20;
        const auto path = elasticNet(x, y, options, {0.2, 0.05});
        DS_VERIFY(path);
        QVERIFY(furthestFromMinimum(x, y, *path, 0.5) < 1e-6);
    }

    /// Many more columns than people, neighbours nearly equal and some of them copies: those that were not
    /// looked at need no weight either.
    void conditionsHoldOfManyColumnsInLd() {
        const auto [x, y] = ldBlocks(100, 3000);
        ElasticNetOptions options;
        options.tolerance = 1e-18;
        options.lambdaCount = 12;
        options.lambdaRatio = 0.2;
        const auto path = elasticNet(x, y, options);
        DS_VERIFY(path);
        QCOMPARE(path->lambdas.size(), size_t{12});
        QVERIFY((path->coefficients.col(11).array() != 0).count() > 50);
        QVERIFY2(furthestFromMinimum(x, y, *path, 0.5) < 1e-8,
                 qPrintable(QString::number(furthestFromMinimum(x, y, *path, 0.5))));
        options.tolerance = 1e-7;
        const auto fast = elasticNet(x, y, options);
        DS_VERIFY(fast);
        QVERIFY2(furthestFromMinimum(x, y, *fast, 0.5) < 2e-3,
                 qPrintable(QString::number(furthestFromMinimum(x, y, *fast, 0.5))));
    }

    void degenerateInput() {
        Eigen::MatrixXd x = Eigen::MatrixXd::Random(12, 3);
        x.col(1).setConstant(2); // a constant column takes no weight
        const auto constantY = elasticNet(x, Eigen::VectorXd::Constant(12, 4));
        DS_VERIFY(constantY);
        QVERIFY(constantY->lambdas.empty());
        const auto fit = elasticNet(x, x.col(0));
        DS_VERIFY(fit);
        QVERIFY(!fit->lambdas.empty());
        QCOMPARE(fit->coefficients.row(1).cwiseAbs().maxCoeff(), 0.0);
        const auto none = elasticNet(Eigen::MatrixXd(12, 0), x.col(0));
        DS_VERIFY(none);
        QVERIFY(none->lambdas.empty());
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = elasticNet(x, x.col(0), {}, {}, {stop.get_token(), {}, {}});
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
    }

    void foldsAreEqualAndSeeded() {
        const std::vector<int> folds = shuffledFolds(103, 10, 7);
        std::vector<int> sizes(10);
        for (const int fold : folds)
            ++sizes[static_cast<size_t>(fold)];
        QVERIFY(std::all_of(sizes.begin(), sizes.end(), [](int size) { return size == 10 || size == 11; }));
        QVERIFY(folds == shuffledFolds(103, 10, 7));
        QVERIFY(folds != shuffledFolds(103, 10, 8));
    }
};

QTEST_GUILESS_MAIN(TestElasticNet)
#include "tst_elastic_net.moc"
