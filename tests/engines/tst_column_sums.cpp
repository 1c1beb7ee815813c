// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/column_sums.h"
#include "support.h"

#include <algorithm>
#include <random>

using namespace diploscope;

class TestColumnSums : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// To the bit, whatever the width and the number of channels.
    void sumOfRectifiedIsThatOfEachPosition() {
        std::mt19937_64 random(7);
        std::normal_distribution<double> normal;
        constexpr int64_t Positions = 50;
        constexpr int64_t Stride = 2;
        for (const int64_t width : {1, 2, 5, 9, 10, 11, 12, 13, 15})
            for (const int64_t channels : {1, 31, 32, 33, 70}) {
                const int64_t dilation = width % 2 + 1;
                std::vector<double> weights(static_cast<size_t>(channels * 4 * width));
                std::generate(weights.begin(), weights.end(), [&] { return normal(random); });
                const Eigen::VectorXd bias =
                    width % 3 == 0 ? Eigen::VectorXd() : Eigen::VectorXd::Constant(channels, -0.3);
                const BaseConvolution convolution(weights, bias, channels, width, dilation);
                std::vector<uint8_t> codes(static_cast<size_t>(Positions * Stride + width * dilation));
                std::generate(codes.begin(), codes.end(), [&] { return static_cast<uint8_t>(random() % 5); });

                Eigen::VectorXd expected = Eigen::VectorXd::Zero(channels);
                Eigen::VectorXd column(channels);
                for (int64_t p = 0; p < Positions; ++p) {
                    convolution.evaluate(codes.data() + p * Stride, column.data());
                    expected += column.cwiseMax(0.0);
                }
                Eigen::VectorXd total = Eigen::VectorXd::Constant(channels, 5.0);
                convolution.sumOfRectified(codes.data(), Stride, Positions, total.data());
                QVERIFY2(total == expected,
                         qPrintable(QStringLiteral("width %1, %2 channels").arg(width).arg(channels)));
            }
    }
};

QTEST_GUILESS_MAIN(TestColumnSums)
#include "tst_column_sums.moc"
