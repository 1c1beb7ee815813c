// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/genealogy.h"
#include "support.h"

#include <cmath>
#include <numeric>

using namespace diploscope::simulate;

namespace {

/// Correlation of two 0/1 vectors, squared.
double r2(const std::vector<int8_t>& x, const std::vector<int8_t>& y) {
    const auto n = double(x.size());
    double sx = 0, sy = 0, sxy = 0;
    for (size_t i = 0; i < x.size(); ++i) {
        sx += x[i];
        sy += y[i];
        sxy += x[i] * y[i];
    }
    const double covariance = sxy / n - sx * sy / n / n;
    const double vx = sx / n * (1 - sx / n);
    const double vy = sy / n * (1 - sy / n);
    return covariance * covariance / vx / vy;
}

} // namespace

class TestGenealogy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void expectedLength();
    void spectrumIsOneOverF();
    void ldDecays();
    void carriersAreInRange();
};

/// E[total length] = 2 sum 1/i for i < n in units of 2N generations, and recombination must keep it there.
void TestGenealogy::expectedLength() {
    constexpr int n = 40;
    double expected = 0;
    for (int i = 1; i < n; ++i)
        expected += 2.0 / i;
    Random random(3, "length");
    double fresh = 0, moved = 0;
    constexpr int trees = 400;
    for (int i = 0; i < trees; ++i) {
        Genealogy tree(n, random);
        fresh += tree.totalLength() / trees;
        for (int k = 0; k < 150; ++k)
            tree.recombine(random);
        moved += tree.totalLength() / trees;
    }
    // sd of the length is about 2.5, so five standard errors are 0.6.
    QVERIFY2(std::abs(fresh - expected) < 0.6, qPrintable(QString("%1 %2").arg(fresh).arg(expected)));
    QVERIFY2(std::abs(moved - expected) < 0.6, qPrintable(QString("%1 %2").arg(moved).arg(expected)));
}

void TestGenealogy::spectrumIsOneOverF() {
    constexpr int n = 50;
    Random random(5, "spectrum");
    std::vector<double> weight(n, 0.0);
    for (int i = 0; i < 60; ++i) {
        Genealogy tree(n, random);
        for (int k = 0; k < 120; ++k) {
            tree.recombine(random);
            std::vector<int8_t> alleles(n, 0);
            // A mutation falls at a rate of the tree's length: weigh by it.
            weight[static_cast<size_t>(tree.mark(tree.branch(random), 1, alleles))] += tree.totalLength();
        }
    }
    const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
    double harmonic = 0;
    for (int i = 1; i < n; ++i)
        harmonic += 1.0 / i;
    const auto share = [&](int from, int to) {
        return std::accumulate(weight.begin() + from, weight.begin() + to, 0.0) / total;
    };
    const auto expected = [&](int from, int to) {
        double sum = 0;
        for (int i = from; i < to; ++i)
            sum += 1.0 / i / harmonic;
        return sum;
    };
    for (const auto& [from, to] : {std::pair{1, 2}, {2, 4}, {4, 10}, {10, 25}, {25, 50}})
        QVERIFY2(std::abs(share(from, to) - expected(from, to)) < 0.04,
                 qPrintable(
                     QString("%1-%2: %3 %4").arg(from).arg(to).arg(share(from, to)).arg(expected(from, to))));
}

void TestGenealogy::ldDecays() {
    constexpr int n = 100;
    Random random(9, "ld");
    double near = 0, far = 0;
    constexpr int repeats = 150;
    for (int i = 0; i < repeats; ++i) {
        Genealogy tree(n, random);
        const auto common = [&] {
            std::vector<int8_t> alleles(n, 0);
            tree.mark(tree.branchWithCarriers(20, 80, random), 1, alleles);
            return alleles;
        };
        const auto first = common();
        tree.recombine(random);
        near += r2(first, common()) / repeats;
        for (int k = 0; k < 2000; ++k)
            tree.recombine(random);
        far += r2(first, common()) / repeats;
    }
    QVERIFY2(near > 0.2, qPrintable(QString::number(near)));
    QVERIFY2(far < 0.04, qPrintable(QString::number(far))); // 1 / n is expected without any LD
}

void TestGenealogy::carriersAreInRange() {
    Random random(2, "carriers");
    Genealogy tree(60, random);
    for (int i = 0; i < 50; ++i) {
        for (int k = 0; k < 20; ++k)
            tree.recombine(random);
        std::vector<int8_t> alleles(60, 0);
        const int64_t marked = tree.mark(tree.branchWithCarriers(1, 12, random), 1, alleles);
        QVERIFY(marked >= 1 && marked <= 12);
        QCOMPARE(std::accumulate(alleles.begin(), alleles.end(), int64_t{0}), marked);
    }
}

QTEST_GUILESS_MAIN(TestGenealogy)
#include "tst_genealogy.moc"
