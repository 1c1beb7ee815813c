// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic net against glmnet: tests/reference/elastic_net.R.
#include "stats/elastic_net.h"

#include "reference_json.h"

#include <set>

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
        const auto n = static_cast<double>(y.size());
        const double sdY = std::sqrt((y.array() - y.mean()).square().sum() / n);
        for (Eigen::Index l = 0; l < 2; ++l) {
            const double lambda = path->lambdas[static_cast<size_t>(l)];
            const Eigen::VectorXd residual =
                (y - x * path->coefficients.col(l)).array() - path->intercepts[l];
            QVERIFY(std::abs(residual.sum()) < 1e-9);
            for (Eigen::Index j = 0; j < x.cols(); ++j) {
                const Eigen::VectorXd centred = x.col(j).array() - x.col(j).mean();
                const double sd = std::sqrt(centred.squaredNorm() / n);
                const double b = path->coefficients(j, l) * sd;
                const double pull = centred.dot(residual) / sd / n - lambda * 0.5 * b / sdY;
                if (b == 0)
                    QVERIFY(std::abs(pull) <= lambda * 0.5 + 1e-6);
                else
                    QVERIFY(std::abs(pull - std::copysign(lambda * 0.5, b)) < 1e-6);
            }
        }
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
