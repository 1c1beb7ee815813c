// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/fixed_order.h"

#include "base/checksum.h"
#include "support.h"

#include <algorithm>
#include <random>

using namespace diploscope;

namespace {

/// The same numbers everywhere: std's distributions are not, its engine is.
Eigen::MatrixXd invent(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
    std::mt19937 random(seed);
    return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] {
        const double value = (double(random()) - 2147483648.0) * 0x1p-31;
        return value * double(1 + random() % 7);
    });
}

QString digest(const Eigen::MatrixXd& matrix) {
    const std::string_view bytes(reinterpret_cast<const char*>(matrix.data()),
                                 static_cast<size_t>(matrix.size()) * sizeof(double));
    return QString::fromStdString(toHex(digestOf(bytes)));
}

/// x' y as the header says: 16 interleaved partial sums, added up in halves.
double interleaved(const Eigen::VectorXd& x, const Eigen::VectorXd& y) {
    double sums[16] = {};
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        const volatile double product = x[i] * y[i]; // never fused with the addition
        sums[i % 16] += product;
    }
    for (int half = 8; half > 0; half /= 2)
        for (int lane = 0; lane < half; ++lane)
            sums[lane] += sums[lane + half];
    return sums[0];
}

/// a b as the header says: blocks of 256 terms.
double inBlocks(const Eigen::RowVectorXd& a, const Eigen::VectorXd& b) {
    double sum = 0;
    for (Eigen::Index begin = 0; begin < a.size(); begin += 256) {
        double block = 0;
        for (Eigen::Index k = begin; k < std::min<Eigen::Index>(begin + 256, a.size()); ++k) {
            const volatile double product = a[k] * b[k];
            block += product;
        }
        sum += block;
    }
    return sum;
}

} // namespace

class TestFixedOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sizes_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("terms");
        QTest::addColumn<int>("columns");
        for (const auto& [rows, terms, columns] : {std::tuple{1, 1, 1},
                                                   {0, 3, 2},
                                                   {3, 0, 2},
                                                   {5, 7, 3},
                                                   {16, 256, 4},
                                                   {17, 257, 5},
                                                   {33, 513, 2},
                                                   {100, 40, 9},
                                                   {839, 300, 6},
                                                   {37, 2100, 35}})
            QTest::addRow("%d x %d x %d", rows, terms, columns) << rows << terms << columns;
    }

    /// To the last bit what plain loops give in the order that is promised, whatever this processor's
    /// registers hold.
    void sizes() {
        QFETCH(int, rows);
        QFETCH(int, terms);
        QFETCH(int, columns);
        const Eigen::MatrixXd a = invent(rows, terms, 1);
        const Eigen::MatrixXd b = invent(terms, columns, 2);
        const Eigen::MatrixXd product = productOf(a, b);
        const Eigen::MatrixXd dots = dotsBetween(a.transpose(), b);
        QCOMPARE(product.rows(), Eigen::Index(rows));
        QCOMPARE(product.cols(), Eigen::Index(columns));
        QCOMPARE(dots.rows(), Eigen::Index(rows));
        for (Eigen::Index j = 0; j < columns; ++j) {
            for (Eigen::Index i = 0; i < rows; ++i) {
                QCOMPARE(product(i, j) - inBlocks(a.row(i), b.col(j)), 0.0);
                QCOMPARE(dots(i, j) - interleaved(a.row(i), b.col(j)), 0.0);
            }
            QVERIFY(productOf(a, b.col(j)) == product.col(j)); // however many are asked for at once
            QVERIFY(dotsWith(a.transpose(), b.col(j)) == dots.col(j));
        }
    }

    /// Some columns in any order, and sums of multiples, to the last bit as well.
    void someColumnsAndMultiples() {
        const Eigen::MatrixXd a = invent(137, 9, 3);
        const Eigen::VectorXd b = invent(137, 1, 4);
        const Eigen::VectorXd dots = dotsWith(a, b);
        for (const std::vector<Eigen::Index>& some :
             {std::vector<Eigen::Index>{}, {4}, {8, 0}, {1, 2, 2}, {7, 6, 0, 3, 5}})
            QVERIFY(dotsWith(a, some, b) == dots(some));
        for (const Eigen::Index count : {0, 1, 7, 8, 137}) {
            Eigen::VectorXd sum = b.head(count);
            addMultiple(-0.3, a.col(5).head(count), sum);
            for (Eigen::Index i = 0; i < count; ++i) {
                const volatile double product = -0.3 * a(i, 5);
                QCOMPARE(sum[i] - (b[i] + product), 0.0);
            }
        }
    }

    /// Parts of a larger matrix lie elsewhere in memory, and give the same.
    void wherever() {
        const Eigen::MatrixXd a = invent(70, 90, 3);
        const Eigen::MatrixXd b = invent(90, 8, 4);
        QVERIFY(productOf(a.middleRows(3, 40), b) == productOf(a.middleRows(3, 40).eval(), b));
        QVERIFY(productOf(a.middleCols(5, 61), b.topRows(61)) ==
                productOf(a.middleCols(5, 61).eval(), b.topRows(61).eval()));
        QVERIFY(dotsBetween(a.middleRows(1, 33), a.middleRows(1, 33)) ==
                dotsBetween(a.middleRows(1, 33).eval(), a.middleRows(1, 33).eval()));
    }

    /// Large enough for several threads; each has rows of its own.
    void threads() {
        const Eigen::MatrixXd a = invent(500, 700, 5);
        const Eigen::MatrixXd b = invent(700, 300, 6);
        const Eigen::MatrixXd product = productOf(a, b);
        QVERIFY(product.leftCols(3) == productOf(a, b.leftCols(3)));
        QVERIFY((product - a * b).cwiseAbs().maxCoeff() < 1e-10);
    }

    /// The bytes of every machine.
    void pinned() {
        const Eigen::MatrixXd a = invent(123, 1000, 7);
        const Eigen::MatrixXd b = invent(1000, 11, 8);
        QCOMPARE(digest(productOf(a, b)), QStringLiteral("5cbbf93973d3a139e0d073bf327c3ffd"));
        QCOMPARE(digest(dotsBetween(a.transpose(), b)), QStringLiteral("d5700ed014a9dea7f0d9d00b400420c0"));
    }
};

QTEST_GUILESS_MAIN(TestFixedOrder)
#include "tst_fixed_order.moc"
