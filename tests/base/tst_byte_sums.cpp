// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/byte_sums.h"

#include "support.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace diploscope;

namespace {

Eigen::VectorXd drawn(Eigen::Index count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    return Eigen::VectorXd::NullaryExpr(count, [&] { return normal(random); });
}

double dot(const Eigen::VectorXd& values, const std::vector<uint8_t>& bytes) {
    const WholeVectors whole(values);
    WholeVectors::Columns columns;
    const std::vector<uint8_t> nothing(bytes.size());
    whole.read(nothing.data(), 0, columns);
    whole.read(bytes.data(), 1, columns);
    Eigen::MatrixXd dots(1, 2);
    whole.dotsWith(columns, dots);
    return dots(0, 0) == 0 ? dots(0, 1) : std::numeric_limits<double>::quiet_NaN();
}

std::vector<uint8_t> drawnBytes(size_t count, unsigned most, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<uint8_t> bytes(count);
    for (uint8_t& byte : bytes)
        byte = static_cast<uint8_t>(random() % (most + 1));
    return bytes;
}

} // namespace

class TestByteSums : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lengths_data() {
        QTest::addColumn<int>("length");
        for (const int length : {0, 1, 15, 63, 64, 839, 8191, 8192, 8193, 20'000, 50'001})
            QTest::addRow("%d", length) << length;
    }

    /// Against sums in 64 bits more.
    void dots_data() { lengths_data(); }
    void dots() {
        QFETCH(int, length);
        const Eigen::VectorXd values = drawn(length, 1);
        for (const unsigned most : {2U, 7U}) {
            const std::vector<uint8_t> bytes = drawnBytes(static_cast<size_t>(length), most, 2);
            long double expected = 0, sum = 0;
            for (Eigen::Index i = 0; i < length; ++i) {
                expected += static_cast<long double>(values[i]) * bytes[static_cast<size_t>(i)];
                sum += static_cast<long double>(values[i]);
            }
            const WholeVectors whole(values);
            QCOMPARE(whole.size(), int64_t{length});
            QVERIFY(std::abs(dot(values, bytes) - static_cast<double>(expected)) < 1e-13);
            QVERIFY(std::abs(whole.sum(0) - static_cast<double>(sum)) < 1e-13);
        }
    }

    /// The largest products of all: nothing runs over.
    void largest() {
        const Eigen::VectorXd values = Eigen::VectorXd::Constant(100'000, -3);
        const std::vector<uint8_t> bytes(100'000, 7);
        QCOMPARE(dot(values, bytes), -2.1e6);
        QCOMPARE(dot(-values, bytes), 2.1e6);
        QCOMPARE(WholeVectors(-values).sum(0), 3e5);
        // Of so many the parts' sums are no 53 bits together.
        const Eigen::VectorXd more = Eigen::VectorXd::Constant(3'000'001, 3);
        QCOMPARE(dot(more, std::vector<uint8_t>(3'000'001, 7)), 63'000'021.0);
    }

    /// What cancels leaves the rest to the last digit, in any order.
    void cancellation() {
        Eigen::VectorXd values(5);
        values << 1, 0x1p-50, -1, 1, -1;
        const std::vector<uint8_t> bytes(5, 2);
        QCOMPARE(dot(values, bytes), 0x1p-49);
        QCOMPARE(dot(values.reverse(), bytes), 0x1p-49);
    }

    /// Several vectors and two columns: each product is that of the two alone, to the last bit.
    void manyAtATime() {
        constexpr Eigen::Index vectors = 5, length = 839;
        Eigen::MatrixXd values(length, vectors);
        for (Eigen::Index v = 0; v < vectors; ++v)
            values.col(v) = std::pow(1e3, v) * drawn(length, 10 + unsigned(v));
        const std::vector<uint8_t> first = drawnBytes(length, 2, 20), second = drawnBytes(length, 2, 21);
        const WholeVectors whole(values);
        QCOMPARE(whole.count(), int64_t{vectors});
        WholeVectors::Columns columns;
        whole.read(first.data(), 0, columns);
        whole.read(second.data(), 1, columns);
        Eigen::MatrixXd dots(vectors, 2);
        whole.dotsWith(columns, dots);
        for (Eigen::Index v = 0; v < vectors; ++v) {
            QCOMPARE(dots(v, 0), dot(values.col(v), first));
            QCOMPARE(dots(v, 1), dot(values.col(v), second));
            QCOMPARE(whole.sum(v), WholeVectors(values.col(v)).sum(0));
        }
    }

    void anyUnit() {
        const Eigen::VectorXd values = drawn(1000, 3);
        const std::vector<uint8_t> bytes = drawnBytes(1000, 2, 4);
        const double plain = dot(values, bytes);
        QCOMPARE(dot(0x1p300 * values, bytes), 0x1p300 * plain);
        QCOMPARE(dot(0x1p-300 * values, bytes), 0x1p-300 * plain);
        QCOMPARE(dot(Eigen::VectorXd::Zero(1000), bytes), 0.0);
    }

    void counts_data() { lengths_data(); }
    void counts() {
        QFETCH(int, length);
        std::vector<uint8_t> bytes = drawnBytes(static_cast<size_t>(length), 3, 5);
        std::replace(bytes.begin(), bytes.end(), uint8_t{3}, uint8_t{255});
        const ByteCounts found = countBytes(bytes.data(), length);
        QCOMPARE(found.ones, int64_t{std::count(bytes.begin(), bytes.end(), 1)});
        QCOMPARE(found.twos, int64_t{std::count(bytes.begin(), bytes.end(), 2)});
        QCOMPARE(found.missing, int64_t{std::count(bytes.begin(), bytes.end(), 255)});
    }

    /// So many of one kind that a byte would not count them.
    void manyOfOneKind() {
        const std::vector<uint8_t> bytes(100'000, 1);
        QCOMPARE(countBytes(bytes.data(), 100'000).ones, int64_t{100'000});
    }

    void multiples() {
        const std::vector<uint8_t> bytes = drawnBytes(101, 2, 6);
        Eigen::VectorXd sum = drawn(101, 7);
        const Eigen::VectorXd before = sum;
        addMultiple(0.3, bytes.data(), sum);
        for (Eigen::Index i = 0; i < sum.size(); ++i) {
            const volatile double product = 0.3 * bytes[static_cast<size_t>(i)]; // never fused
            QCOMPARE(sum[i], before[i] + product);
        }
    }
};

QTEST_GUILESS_MAIN(TestByteSums)
#include "tst_byte_sums.moc"
