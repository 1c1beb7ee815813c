// SPDX-License-Identifier: GPL-3.0-or-later
// What the screen finds against all products.
#include "stats/column_screen.h"

#include "base/fixed_order.h"
#include "support.h"

#include <cmath>
#include <random>

using namespace diploscope;

namespace {

/// Columns of length root n that resemble their neighbours.
Eigen::MatrixXd neighbours(Eigen::Index n, Eigen::Index columns, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    Eigen::MatrixXd x(n, columns);
    for (double& value : x.reshaped())
        value = normal(random);
    for (Eigen::Index j = 1; j < columns; ++j)
        x.col(j) = 0.9 * x.col(j - 1) + 0.4 * x.col(j);
    for (Eigen::Index j = 0; j < columns; ++j)
        x.col(j) *= std::sqrt(double(n)) / x.col(j).norm();
    return x;
}

std::vector<Eigen::Index> all(const Eigen::MatrixXd& x, const Eigen::VectorXd& vector, double threshold,
                              const std::vector<bool>& leftOut) {
    const Eigen::VectorXd products = dotsWith(x, vector) / double(x.rows());
    std::vector<Eigen::Index> found;
    for (Eigen::Index j = 0; j < x.cols(); ++j)
        if (!leftOut[size_t(j)] && std::abs(products[j]) > threshold)
            found.push_back(j);
    return found;
}

} // namespace

class TestColumnScreen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// A vector that loses a little of one column after the other, as a residual does, and then is another.
    void findsWhatAllProductsFind() {
        Eigen::MatrixXd x = neighbours(60, 500, 1);
        x.col(77).setZero(); // a constant column
        x.col(300) = -x.col(120);
        std::vector<bool> leftOut(500);
        leftOut[40] = leftOut[41] = true;
        ColumnScreen screen(x);
        Eigen::VectorXd vector = x.col(120) + 0.7 * x.col(41) + 0.5 * x.col(400);
        size_t found = 0;
        for (int step = 0; step < 200; ++step) {
            for (const double threshold : {0.02, 0.2, 0.6}) {
                const auto beyond = screen.beyond(threshold, vector, leftOut);
                QVERIFY(beyond == all(x, vector, threshold, leftOut));
                found += beyond.size();
            }
            vector -= 0.03 * x.col(step * 37 % 500) * x.col(step * 37 % 500).dot(vector) / 60;
        }
        QVERIFY(found > 1000);
        const Eigen::VectorXd other = neighbours(60, 1, 9).col(0);
        QVERIFY(screen.beyond(0.1, other, leftOut) == all(x, other, 0.1, leftOut));
    }

    void nothingToFind() {
        const Eigen::MatrixXd x = neighbours(20, 30, 2);
        ColumnScreen screen(x);
        QVERIFY(screen.beyond(0.1, Eigen::VectorXd::Zero(20), std::vector<bool>(30)).empty());
        QVERIFY(screen.beyond(0.1, x.col(3), std::vector<bool>(30, true)).empty());
        const Eigen::MatrixXd none(20, 0);
        QVERIFY(ColumnScreen(none).beyond(0.1, x.col(3), {}).empty());
    }
};

QTEST_GUILESS_MAIN(TestColumnScreen)
#include "tst_column_screen.moc"
