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
            const WholeVector whole(values);
            QCOMPARE(whole.size(), int64_t{length});
            QVERIFY(std::abs(whole.dotWith(bytes.data()) - static_cast<double>(expected)) < 1e-13);
            QVERIFY(std::abs(whole.sum() - static_cast<double>(sum)) < 1e-13);
        }
    }

    /// The largest products of all: nothing runs over.
    void largest() {
        const Eigen::VectorXd values = Eigen::VectorXd::Constant(100'000, -3);
        const std::vector<uint8_t> bytes(100'000, 7);
        QCOMPARE(WholeVector(values).dotWith(bytes.data()), -2.1e6);
        QCOMPARE(WholeVector(-values).dotWith(bytes.data()), 2.1e6);
        QCOMPARE(WholeVector(-values).sum(), 3e5);
    }

    /// What cancels leaves the rest to the last digit, in any order.
    void cancellation() {
        Eigen::VectorXd values(5);
        values << 1, 0x1p-50, -1, 1, -1;
        const std::vector<uint8_t> bytes(5, 2);
        QCOMPARE(WholeVector(values).dotWith(bytes.data()), 0x1p-49);
        QCOMPARE(WholeVector(values.reverse()).dotWith(bytes.data()), 0x1p-49);
    }

    void anyUnit() {
        const Eigen::VectorXd values = drawn(1000, 3);
        const std::vector<uint8_t> bytes = drawnBytes(1000, 2, 4);
        const double plain = WholeVector(values).dotWith(bytes.data());
        QCOMPARE(WholeVector(0x1p300 * values).dotWith(bytes.data()), 0x1p300 * plain);
        QCOMPARE(WholeVector(0x1p-300 * values).dotWith(bytes.data()), 0x1p-300 * plain);
        QCOMPARE(WholeVector(Eigen::VectorXd::Zero(1000)).dotWith(bytes.data()), 0.0);
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
