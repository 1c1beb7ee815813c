// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/null_model.h"

#include "stats/correlation.h"
#include "stats/multiple_testing.h"
#include "stats/reference_json.h"
#include "stats/uniformity.h"
#include "table_file.h"

#include <algorithm>
#include <random>
#include <sstream>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::vector<double> numbers(const std::string& commaSeparated) {
    std::vector<double> list;
    std::istringstream stream(commaSeparated);
    for (std::string part; std::getline(stream, part, ',');)
        list.push_back(std::stod(part));
    return list;
}

struct Gene {
    Eigen::MatrixXd dosages;
    Eigen::VectorXd expression;
};

Gene simulate(uint64_t seed, Eigen::Index people = 120, Eigen::Index variants = 40) {
    std::mt19937_64 random(seed);
    std::binomial_distribution<int> copies(2, 0.3);
    std::normal_distribution<double> normal;
    return {Eigen::MatrixXd::NullaryExpr(people, variants, [&] { return double(copies(random)); }),
            Eigen::VectorXd::NullaryExpr(people, [&] { return normal(random); })};
}

} // namespace

class TestNullModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reference_data();
    void reference();
    void weightsAreStandardNormal();
    void weightsDependOnTheirNumberAlone();
    void correlationsAreThoseOfTheWeightedSums();
    void manySnvsAreAddedUpInParts_data();
    void manySnvsAreAddedUpInParts();
    void undefined();
    void notTestable_data();
    void notTestable();
    void tiesCountAsReached();
    void uniformWhereNothingIsPlanted_data();
    void uniformWhereNothingIsPlanted();
    void significantWhereTheModelIsRight();
    void adjusted();
    void nothingToAdjust();
};

void TestNullModel::reference_data() {
    QTest::addColumn<int>("index");
    const auto rows = tableFile(fixture("reference/null_reference.tsv"));
    for (size_t i = 0; i < rows.size(); ++i)
        QTest::newRow(rows[i].at("case").c_str()) << int(i);
}

void TestNullModel::reference() {
    QFETCH(int, index);
    const auto row = tableFile(fixture("reference/null_reference.tsv"))[size_t(index)];
    const std::vector<double> null = numbers(row.at("null"));
    const auto test = testAgainstNull(
        std::stod(row.at("r")), Eigen::Map<const Eigen::VectorXd>(null.data(), Eigen::Index(null.size())));
    QVERIFY(test);
    QCOMPARE(size_t(test->predictors), null.size());
    DS_COMPARE_OPTIONAL(test->mean, std::stod(row.at("mean")), 1e-12, 0);
    DS_COMPARE_OPTIONAL(test->sd, std::stod(row.at("sd")), 1e-12, 0);
    DS_COMPARE_OPTIONAL(test->publishedT, std::stod(row.at("published_t")), 1e-11, 0);
    DS_COMPARE_OPTIONAL(test->publishedP, std::stod(row.at("published_p")), 1e-9, 0);
    DS_COMPARE_OPTIONAL(test->calibratedT, std::stod(row.at("calibrated_t")), 1e-11, 0);
    DS_COMPARE_OPTIONAL(test->calibratedP, std::stod(row.at("calibrated_p")), 1e-9, 0);
    DS_COMPARE_OPTIONAL(test->empiricalP, std::stod(row.at("empirical_p")), 1e-15, 0);
    if (row.at("case") == "DPM1") // as the paper's authors have it
        QVERIFY(test->publishedT && std::abs(*test->publishedT - 1.901) < 0.001);
}

void TestNullModel::weightsAreStandardNormal() {
    const Eigen::MatrixXf weights = nullWeights(5, 501, 0, 400);
    std::vector<double> p;
    for (const float weight : weights.reshaped())
        p.push_back(0.5 * std::erfc(-double(weight) / std::sqrt(2.0)));
    QVERIFY2(kolmogorovSmirnov(p) < UniformAtOnePercent, qPrintable(QString::number(kolmogorovSmirnov(p))));
    // Neither neighbours in a predictor nor the same SNV of two predictors have to do with each other.
    const Eigen::MatrixXd w = weights.cast<double>();
    const double n = double(w.size());
    QVERIFY(std::abs(w.topRows(500).cwiseProduct(w.bottomRows(500)).sum()) < 4 * std::sqrt(n));
    QVERIFY(std::abs(w.leftCols(399).cwiseProduct(w.rightCols(399)).sum()) < 4 * std::sqrt(n));
    QVERIFY(std::abs(w.topRows(250).cwiseProduct(w.bottomRows(250)).sum()) < 4 * std::sqrt(n / 2));
}

void TestNullModel::weightsDependOnTheirNumberAlone() {
    const Eigen::MatrixXf all = nullWeights(7, 33, 0, 600);
    QCOMPARE(nullWeights(7, 33, 250, 10), all.middleCols(250, 10).eval());
    QVERIFY(nullWeights(8, 33, 0, 600) != all);
    const Gene gene = simulate(1);
    const Eigen::VectorXd many = nullCorrelations(gene.dosages, gene.expression, 700, 3).value();
    const Eigen::VectorXd few = nullCorrelations(gene.dosages, gene.expression, 50, 3).value();
    QVERIFY((many.head(50) - few).cwiseAbs().maxCoeff() < 1e-6);
}

void TestNullModel::correlationsAreThoseOfTheWeightedSums() {
    Gene gene = simulate(2);
    gene.expression[4] = std::nan("");
    gene.expression = 1e3 + 20 * gene.expression.array();
    const Eigen::MatrixXd weights = nullWeights(9, gene.dosages.cols(), 0, 300).cast<double>();
    const Eigen::VectorXd correlations = nullCorrelations(gene.dosages, gene.expression, 300, 9).value();
    QCOMPARE(correlations.size(), Eigen::Index{300});
    for (Eigen::Index k = 0; k < 300; ++k) {
        const Correlation expected = pearson(gene.dosages * weights.col(k), gene.expression);
        QVERIFY(std::abs(correlations[k] - std::abs(*expected.r)) < 1e-6);
    }
}

void TestNullModel::manySnvsAreAddedUpInParts_data() {
    QTest::addColumn<double>("frequency");
    QTest::newRow("few carriers") << 0.05;
    QTest::newRow("many carriers") << 0.4;
}

/// More SNVs than weights are held at once, and people, some of them turned and some without a genotype.
void TestNullModel::manySnvsAreAddedUpInParts() {
    QFETCH(double, frequency);
    constexpr Eigen::Index People = 530, Snvs = 9001, Predictors = 70;
    std::mt19937_64 random(11);
    std::binomial_distribution<int> copies(2, frequency);
    Eigen::MatrixXd dosages =
        Eigen::MatrixXd::NullaryExpr(People, Snvs, [&] { return double(copies(random)); });
    for (Eigen::Index v = 0; v < Snvs; v += 3)
        dosages.col(v) = 2 - dosages.col(v).array();
    Eigen::MatrixXd known = dosages;
    for (Eigen::Index v = 4000; v < Snvs; v += 500) {
        dosages(v % People, v) = std::nan("");
        known(v % People, v) =
            (dosages.col(v).array().isNaN()).select(0, dosages.col(v).array()).sum() / (People - 1);
    }
    const Eigen::VectorXd expression = known.col(5000) - known.col(8999) + known.col(1);
    const Eigen::MatrixXd weights = nullWeights(3, Snvs, 0, Predictors).cast<double>();
    const Eigen::VectorXd correlations = nullCorrelations(dosages, expression, Predictors, 3).value();
    for (Eigen::Index k = 0; k < Predictors; ++k) {
        const Correlation expected = pearson(known * weights.col(k), expression);
        QVERIFY2(std::abs(correlations[k] - std::abs(*expected.r)) < 1e-12, qPrintable(QString::number(k)));
    }
}

void TestNullModel::undefined() {
    const Gene gene = simulate(3);
    QCOMPARE(nullCorrelations(gene.dosages, Eigen::VectorXd::Ones(120), 50, 1).value().size(),
             Eigen::Index{0});
    QCOMPARE(nullCorrelations(Eigen::MatrixXd::Ones(120, 4), gene.expression, 50, 1).value().size(),
             Eigen::Index{0});
    QCOMPARE(nullCorrelations(gene.dosages.leftCols(0), gene.expression, 50, 1).value().size(),
             Eigen::Index{0});
    QCOMPARE(
        nullCorrelations(gene.dosages, Eigen::VectorXd::Constant(120, std::nan("")), 50, 1).value().size(),
        Eigen::Index{0});
    QVERIFY(!testAgainstNull(0.1, Eigen::VectorXd(0)));
    QVERIFY(!testAgainstNull(0.1, Eigen::VectorXd::Constant(1, 0.1)));
    QVERIFY(!testAgainstNull(std::nan(""), Eigen::VectorXd{{0.1, 0.2}}));
}

void TestNullModel::notTestable_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"one SNV", "one SNV and constants", "perfect LD", "opposite alleles",
                             "one carrier", "alike where expression is known"})
        QTest::newRow(kind) << QString(kind);
}

/// However the SNVs point one way, the predictors' |R| are one number, and it is the model's too. Summed up
/// in single precision they scatter by 1e-7, and a p of 1 / (K + 1) comes out by chance.
void TestNullModel::notTestable() {
    QFETCH(QString, kind);
    Gene gene = simulate(6);
    Eigen::VectorXd one = gene.dosages.col(0);
    if (kind == "one carrier")
        one = Eigen::VectorXd::Unit(120, 7);
    Eigen::MatrixXd dosages = one;
    if (kind == "one SNV and constants") {
        dosages = Eigen::MatrixXd::Constant(120, 3, 2);
        dosages.col(1) = one;
    } else if (kind == "perfect LD" || kind == "alike where expression is known") {
        dosages = one.replicate(1, 30);
    } else if (kind == "opposite alleles") {
        dosages = one.replicate(1, 31);
        for (Eigen::Index v = 1; v < 31; v += 2)
            dosages.col(v) = 2 - one.array();
    }
    if (kind == "alike where expression is known") {
        dosages(3, 5) = dosages(3, 5) == 2 ? 0 : 2;
        gene.expression[3] = std::nan("");
    }
    for (uint64_t seed = 0; seed < 20; ++seed) {
        const Eigen::VectorXd null = nullCorrelations(dosages, gene.expression, 500, seed).value();
        const Eigen::VectorXd prediction = -0.3 * one.array() + 17;
        const double r = *pearson(gene.expression, prediction).r;
        const auto test = testAgainstNull(r, null);
        QVERIFY(test && !test->testable);
        QCOMPARE(test->empiricalP, std::optional(1.0));
        QVERIFY(!test->publishedP && !test->publishedT && !test->calibratedP && !test->calibratedT);
        DS_COMPARE_OPTIONAL(test->mean, std::abs(r), 1e-12, 0);
    }
    // Two ways to point are enough.
    dosages.conservativeResize(120, dosages.cols() + 1);
    dosages.rightCols(1) = gene.dosages.col(1);
    QVERIFY(testAgainstNull(0.1, nullCorrelations(dosages, gene.expression, 500, 1).value())->testable);
}

void TestNullModel::tiesCountAsReached() {
    const Eigen::VectorXd null{{0.1, 0.2, 0.3 * (1 - 4e-7), 0.3 * (1 - 3e-6)}};
    QCOMPARE(testAgainstNull(0.3, null)->empiricalP, std::optional(2.0 / 5));
    QCOMPARE(testAgainstNull(-0.3, null)->empiricalP, std::optional(2.0 / 5));
    const auto flat = testAgainstNull(0.9, Eigen::VectorXd::Constant(50, 0.1));
    QVERIFY(flat && !flat->testable && !flat->publishedP); // it stands out of nothing that varies
    QCOMPARE(flat->empiricalP, std::optional(1.0));
    QVERIFY(!testAgainstMoments(0.3, 50, 0.04, 0)->testable);
}

void TestNullModel::uniformWhereNothingIsPlanted_data() {
    QTest::addColumn<int>("people");
    QTest::addColumn<int>("genes");
    QTest::newRow("60 people") << 60 << 2000;
    QTest::newRow("400 people") << 400 << 1000;
    QTest::newRow("839 people") << 839 << 1000;
}

/// Genes whose model knows nothing: the empirical p is uniform. T treats |R|, half of a normal, as if it were
/// normal: what is told here of its tail is what a reader should know. The published one divides by the root
/// of a standard deviation, so that it hangs on how many people there are.
void TestNullModel::uniformWhereNothingIsPlanted() {
    QFETCH(int, people);
    QFETCH(int, genes);
    std::mt19937_64 random(11);
    std::normal_distribution<double> normal;
    std::vector<double> empirical;
    int calibrated = 0;
    int published = 0;
    for (int g = 0; g < genes; ++g) {
        const Gene gene = simulate(1000 + uint64_t(g), people, 20);
        const Eigen::VectorXd weights = Eigen::VectorXd::NullaryExpr(20, [&] { return normal(random); });
        const double r = *pearson(gene.dosages * weights, gene.expression).r;
        const Eigen::VectorXd null =
            nullCorrelations(gene.dosages, gene.expression, 999, uint64_t(g)).value();
        const auto test = testAgainstNull(r, null);
        empirical.push_back(*test->empiricalP - 0.0005); // the middle of its step
        calibrated += test->calibratedP < 0.05;
        published += testAgainstNull(r, null.head(PublishedNullPredictors))->publishedP < 0.05;
    }
    QVERIFY2(kolmogorovSmirnov(empirical) < UniformAtOnePercent,
             qPrintable(QString::number(kolmogorovSmirnov(empirical))));
    QVERIFY2(calibrated > 0.05 * genes && calibrated < 0.095 * genes,
             qPrintable(QString::number(calibrated))); // 7 % expected
    qInfo("p < .05 of %d genes without a signal: calibrated T %.1f %%, published %.1f %%", genes,
          100.0 * calibrated / genes, 100.0 * published / genes);
}

void TestNullModel::significantWhereTheModelIsRight() {
    Gene gene = simulate(4);
    gene.expression = gene.dosages.col(3) + 0.2 * gene.expression;
    const double r = *pearson(gene.dosages.col(3), gene.expression).r;
    const auto test = testAgainstNull(-r, nullCorrelations(gene.dosages, gene.expression, 999, 1).value());
    QVERIFY(*test->empiricalP < 0.002 && test->calibratedP < 1e-4 && test->publishedP < 1e-4);
}

void TestNullModel::adjusted() {
    const auto rows = tableFile(fixture("reference/adjusted_reference.tsv"));
    std::vector<std::optional<double>> p;
    for (const auto& row : rows)
        p.push_back(numberOrNone(row.at("p")));
    const auto bh = benjaminiHochberg(p);
    const auto family = bonferroni(p);
    QVERIFY(rows.size() == 50 && bh.size() == 50 && family.size() == 50);
    for (size_t i = 0; i < rows.size(); ++i) {
        DS_COMPARE_OPTIONAL(bh[i], numberOrNone(rows[i].at("bh")), 1e-14, 0);
        DS_COMPARE_OPTIONAL(family[i], numberOrNone(rows[i].at("bonferroni")), 1e-14, 0);
    }
}

void TestNullModel::nothingToAdjust() {
    QVERIFY(benjaminiHochberg({}).empty());
    const std::vector<std::optional<double>> missing(3);
    QCOMPARE(benjaminiHochberg(missing), missing);
    QCOMPARE(bonferroni(missing), missing);
}

QTEST_GUILESS_MAIN(TestNullModel)
#include "tst_null_model.moc"
