// SPDX-License-Identifier: GPL-3.0-or-later
// SuSiE against susieR 0.12.35; real loci are compared in tests/integration.
#include "stats/susie.h"

#include "base/fixed_order.h"
#include "stats/minimum.h"
#include "stats/reference_json.h"
#include "table_file.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <sstream>

using namespace diploscope;
using namespace diploscope::test;

namespace {

using Rows = std::vector<std::map<std::string, std::string>>;

Rows rowsOf(const char* file, const std::string& name) {
    Rows rows = tableFile(fixture(std::string("reference/") + file));
    std::erase_if(rows, [&](const auto& row) { return row.at("case") != name; });
    return rows;
}

std::vector<double> numbers(const std::string& commaSeparated) {
    std::vector<double> list;
    std::istringstream stream(commaSeparated);
    for (std::string part; std::getline(stream, part, ',');)
        list.push_back(std::stod(part));
    return list;
}

struct Locus {
    Eigen::MatrixXd dosages, covariates;
    Eigen::VectorXd expression;
};

Locus locusOf(const Rows& people) {
    Locus locus;
    const auto count = static_cast<Eigen::Index>(people.size());
    locus.dosages.resize(count, static_cast<Eigen::Index>(people[0].at("dosages").size()));
    locus.covariates.resize(count, static_cast<Eigen::Index>(numbers(people[0].at("covariates")).size()));
    locus.expression.resize(count);
    for (Eigen::Index i = 0; i < count; ++i) {
        const auto& person = people[size_t(i)];
        const std::string& value = person.at("expression");
        locus.expression[i] = value == "NA" ? std::nan("") : std::stod(value);
        for (Eigen::Index v = 0; v < locus.dosages.cols(); ++v)
            locus.dosages(i, v) = person.at("dosages")[size_t(v)] - '0';
        const std::vector<double> covariates = numbers(person.at("covariates"));
        for (Eigen::Index k = 0; k < locus.covariates.cols(); ++k)
            locus.covariates(i, k) = covariates[size_t(k)];
    }
    return locus;
}

/// Two SNVs of 200 act; neighbours agree.
Locus simulate(uint64_t seed) {
    std::mt19937_64 random(seed);
    std::bernoulli_distribution change(0.1), start(0.3);
    std::normal_distribution<double> normal;
    Locus locus{Eigen::MatrixXd::Zero(300, 200), Eigen::MatrixXd(300, 0), Eigen::VectorXd(300)};
    for (Eigen::Index i = 0; i < 300; ++i)
        for (int haplotype = 0; haplotype < 2; ++haplotype) {
            bool allele = start(random);
            for (Eigen::Index v = 0; v < 200; ++v) {
                if (change(random))
                    allele = start(random);
                locus.dosages(i, v) += allele;
            }
        }
    for (Eigen::Index i = 0; i < 300; ++i)
        locus.expression[i] = 0.7 * locus.dosages(i, 50) - 0.7 * locus.dosages(i, 150) + normal(random);
    return locus;
}

std::optional<FineMapping> fineMapped(const Locus& locus, const SusieOptions& options = {}) {
    return fineMap(residualise(locus.dosages, locus.expression, locus.covariates), options).value();
}

/// Copies of an SNV in which up to twelve people have another genotype.
Eigen::MatrixXd nearCopies(const Eigen::VectorXd& snv, Eigen::Index count, uint64_t seed) {
    std::mt19937_64 random(seed);
    Eigen::MatrixXd copies = snv.replicate(1, count);
    for (Eigen::Index v = 0; v < count; ++v)
        for (uint64_t change = random() % 13; change > 0; --change)
            copies(static_cast<Eigen::Index>(random() % uint64_t(snv.size())), v) = double(random() % 3);
    return copies;
}

struct Purity {
    double minimum = 1, mean = 0, median = 0;
};

Purity purityOfAllPairs(const Locus& locus, const std::vector<int64_t>& variants) {
    const Residuals residuals = residualise(locus.dosages, locus.expression, locus.covariates);
    Eigen::MatrixXd unit = residuals.x({variants.begin(), variants.end()});
    unit.array().rowwise() /= residuals.norm(variants).array();
    const Eigen::MatrixXd r = dotsBetween(unit, unit).cwiseAbs().cwiseMin(1.0);
    std::vector<double> pairs;
    for (Eigen::Index b = 1; b < r.cols(); ++b)
        pairs.insert(pairs.end(), r.col(b).begin(), r.col(b).begin() + b);
    if (pairs.empty())
        return {1, 1, 1};
    std::sort(pairs.begin(), pairs.end());
    const size_t half = pairs.size() / 2;
    return {pairs.front(), std::accumulate(pairs.begin(), pairs.end(), 0.0) / double(pairs.size()),
            pairs.size() % 2 == 1 ? pairs[half] : (pairs[half - 1] + pairs[half]) / 2};
}

} // namespace

class TestSusie : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reference_data();
    void reference();
    void orderOfVariants();
    void otherAllele();
    void setsHoldTheCausalSnv();
    void undefined();
    void nothingVaries_data();
    void nothingVaries();
    void oneVaries();
    void stopsAfterItsIterations();
    void largePureSet();
    void purityIsOfAllPairsOfSmallSets();
    void purityOfLargeSetsIsNearThatOfAllPairs();
    void minimum();
};

void TestSusie::reference_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("asBytes");
    for (const auto& fit : tableFile(fixture("reference/susie_reference_fits.tsv")))
        if (!fit.at("case").starts_with("ENSG"))
            for (const bool asBytes : {false, true})
                QTest::addRow("%s%s", fit.at("case").c_str(), asBytes ? ", as bytes" : "")
                    << QString::fromStdString(fit.at("case")) << asBytes;
}

void TestSusie::reference() {
    QFETCH(QString, name);
    QFETCH(bool, asBytes);
    const std::string id = name.toStdString();
    SusieOptions options;
    if (asBytes)
        options.mostNumbers = 0;
    const auto fit = fineMapped(locusOf(rowsOf("susie_reference_people.tsv", id)), options);
    QVERIFY(fit);

    const auto expected = rowsOf("susie_reference_fits.tsv", id)[0];
    QCOMPARE(fit->iterations, std::stoll(expected.at("iterations")));
    QCOMPARE(fit->converged, expected.at("converged") == "TRUE");
    DS_COMPARE_OPTIONAL(fit->residualVariance, std::stod(expected.at("residual_variance")), 1e-6, 0);
    DS_COMPARE_OPTIONAL(fit->evidenceBound, std::stod(expected.at("evidence_bound")), 0, 1e-5);

    const Rows variants = rowsOf("susie_reference.tsv", id);
    QCOMPARE(size_t(fit->pip.size()), variants.size());
    double unit = 0;
    for (const auto& variant : variants)
        unit = std::max(unit, std::abs(std::stod(variant.at("mean"))));
    for (size_t v = 0; v < variants.size(); ++v) {
        DS_COMPARE_OPTIONAL(fit->pip[Eigen::Index(v)], std::stod(variants[v].at("pip")), 0, 1e-6);
        DS_COMPARE_OPTIONAL(fit->posteriorMean[Eigen::Index(v)], std::stod(variants[v].at("mean")), 0,
                            1e-6 * unit);
    }

    const Rows sets = rowsOf("susie_reference_sets.tsv", id);
    QCOMPARE(fit->sets.size(), sets.size());
    for (size_t s = 0; s < sets.size(); ++s) {
        const CredibleSet& set = fit->sets[s];
        const std::vector<double> members = numbers(sets[s].at("variants"));
        QCOMPARE(set.effect, std::stoll(sets[s].at("effect")));
        QCOMPARE(set.variants, std::vector<int64_t>(members.begin(), members.end()));
        DS_COMPARE_OPTIONAL(set.coverage, std::stod(sets[s].at("coverage")), 0, 1e-6);
        DS_COMPARE_OPTIONAL(set.minimumCorrelation, std::stod(sets[s].at("minimum")), 0, 1e-9);
        DS_COMPARE_OPTIONAL(set.meanCorrelation, std::stod(sets[s].at("mean")), 0, 1e-9);
        DS_COMPARE_OPTIONAL(set.medianCorrelation, std::stod(sets[s].at("median")), 0, 1e-9);
    }
}

void TestSusie::orderOfVariants() {
    const Locus locus = simulate(1);
    const auto fit = fineMapped(locus);
    const auto reversed = fineMapped({locus.dosages.rowwise().reverse(), locus.covariates, locus.expression});
    QVERIFY(fit && reversed);
    QVERIFY((fit->pip - reversed->pip.reverse()).cwiseAbs().maxCoeff() < 1e-6);
}

void TestSusie::otherAllele() {
    Locus locus = simulate(2);
    const auto fit = fineMapped(locus);
    locus.dosages.col(50) = 2 - locus.dosages.col(50).array();
    const auto turned = fineMapped(locus);
    QVERIFY(fit && turned);
    QVERIFY((fit->pip - turned->pip).cwiseAbs().maxCoeff() < 1e-6);
    QVERIFY(fit->posteriorMean[50] > 0.3);
    QVERIFY(std::abs(fit->posteriorMean[50] + turned->posteriorMean[50]) < 1e-6);
}

/// Of 95 % sets, about 95 % hold a causal SNV; a wrong posterior does not get there.
void TestSusie::setsHoldTheCausalSnv() {
    int sets = 0;
    int covered = 0;
    for (uint64_t seed = 10; seed < 60; ++seed) {
        const auto fit = fineMapped(simulate(seed));
        QVERIFY(fit);
        for (const CredibleSet& set : fit->sets) {
            ++sets;
            covered += std::binary_search(set.variants.begin(), set.variants.end(), int64_t{50}) ||
                       std::binary_search(set.variants.begin(), set.variants.end(), int64_t{150});
        }
    }
    QVERIFY2(sets >= 80, qPrintable(QString::number(sets)));
    QVERIFY2(covered >= 0.9 * sets, qPrintable(QStringLiteral("%1 of %2").arg(covered).arg(sets)));
}

void TestSusie::undefined() {
    Locus locus = simulate(3);
    QVERIFY(!fineMapped({locus.dosages, locus.covariates, Eigen::VectorXd::Constant(300, 2.0)}));
    QVERIFY(!fineMapped({locus.dosages, locus.covariates, Eigen::VectorXd::Constant(300, std::nan(""))}));
    QVERIFY(!fineMapped({locus.dosages.leftCols(0), locus.covariates, locus.expression}));
    const auto constant = fineMapped({Eigen::MatrixXd::Ones(300, 3), locus.covariates, locus.expression});
    QVERIFY(constant);
    QVERIFY(constant->sets.empty());
    QCOMPARE(constant->pip, Eigen::VectorXd::Zero(3).eval());
}

void TestSusie::nothingVaries_data() {
    QTest::addColumn<int>("people");
    QTest::addColumn<int>("variants");
    for (const int people : {3, 24, 300})
        for (const int variants : {1, 2, 3, 5, 7, 12, 13, 40, 97})
            QTest::addRow("%d people, %d SNVs", people, variants) << people << variants;
}

/// susieR 0.12.35: the evidence is 0 for every prior variance, so none is preferred to no effect.
void TestSusie::nothingVaries() {
    QFETCH(int, people);
    QFETCH(int, variants);
    for (uint64_t seed = 1; seed <= 10; ++seed) {
        std::mt19937_64 random(seed);
        std::normal_distribution<double> normal;
        Locus locus{Eigen::MatrixXd::Constant(people, variants, 2), Eigen::MatrixXd(people, 0),
                    Eigen::VectorXd(people)};
        for (Eigen::Index i = 0; i < people; ++i)
            locus.expression[i] = normal(random);
        const auto fit = fineMapped(locus);
        QVERIFY(fit);
        QCOMPARE(fit->pip, Eigen::VectorXd::Zero(variants).eval());
        QCOMPARE(fit->prunedPip, Eigen::VectorXd::Zero(variants).eval());
        QCOMPARE(fit->priorVariance, Eigen::VectorXd::Zero(fit->priorVariance.size()).eval());
        QVERIFY(fit->sets.empty());
    }
}

/// One causal SNV is found among many that do not vary, and these get nothing of it.
void TestSusie::oneVaries() {
    Locus locus = simulate(6);
    Eigen::MatrixXd dosages = Eigen::MatrixXd::Ones(300, 40);
    dosages.col(17) = locus.dosages.col(50);
    locus.dosages = dosages;
    for (Eigen::Index i = 0; i < 300; ++i)
        locus.expression[i] += 2 * dosages(i, 17);
    const auto fit = fineMapped(locus);
    QVERIFY(fit);
    QVERIFY(fit->pip[17] > 0.999 && fit->pip[17] <= 1);
    QVERIFY(fit->prunedPip.head(17).maxCoeff() < 0.01 && fit->prunedPip.tail(22).maxCoeff() < 0.01);
    QCOMPARE(fit->sets.size(), size_t{1});
    QCOMPARE(fit->sets[0].variants, std::vector<int64_t>{17});
}

void TestSusie::stopsAfterItsIterations() {
    SusieOptions options;
    options.maximumIterations = 2;
    options.tolerance = -1;
    const auto fit = fineMapped(simulate(4), options);
    QCOMPARE(fit->iterations, int64_t{2});
    QVERIFY(!fit->converged);
}

/// 150 copies of one SNV are one set of purity 1 with equal shares.
void TestSusie::largePureSet() {
    Locus locus = simulate(5);
    locus.dosages = locus.dosages.col(50).replicate(1, 150).eval();
    const auto fit = fineMapped(locus);
    QCOMPARE(fit->sets.size(), size_t{1});
    QCOMPARE(fit->sets[0].variants.size(), size_t{143}); // the fewest that hold 95 %
    QVERIFY(std::abs(fit->sets[0].minimumCorrelation - 1) < 1e-12);
    QVERIFY(fit->sets[0].minimumCorrelation <= 1 && fit->sets[0].meanCorrelation <= 1 &&
            fit->sets[0].medianCorrelation <= 1 && fit->sets[0].coverage <= 1);
    QVERIFY((fit->pip.array() - fit->pip.mean()).abs().maxCoeff() < 1e-9);
}

/// Up to 100 SNVs every pair counts.
void TestSusie::purityIsOfAllPairsOfSmallSets() {
    size_t largest = 0;
    for (const Eigen::Index copies : {0, 60, 100}) {
        Locus locus = simulate(8);
        if (copies > 0)
            locus.dosages = nearCopies(locus.dosages.col(50), copies, 8);
        SusieOptions options;
        options.coverage = copies > 0 ? 1 - 1e-9 : 0.95; // a set of nearly all of them
        const auto fit = fineMapped(locus, options);
        QVERIFY(fit && !fit->sets.empty());
        for (const CredibleSet& set : fit->sets) {
            const Purity all = purityOfAllPairs(locus, set.variants);
            QCOMPARE(set.minimumCorrelation - all.minimum, 0.0);
            QCOMPARE(set.meanCorrelation - all.mean, 0.0);
            QCOMPARE(set.medianCorrelation - all.median, 0.0);
            largest = std::max(largest, set.variants.size());
        }
    }
    QVERIFY2(largest == 100, qPrintable(QString::number(largest)));
}

/// Of more, 100 by chance: the same ones each time, and near what all pairs give.
void TestSusie::purityOfLargeSetsIsNearThatOfAllPairs() {
    Locus locus = simulate(9);
    locus.dosages = nearCopies(locus.dosages.col(50), 500, 9);
    const auto fit = fineMapped(locus);
    QVERIFY(fit);
    QCOMPARE(fit->sets.size(), size_t{1});
    const CredibleSet& set = fit->sets[0];
    QVERIFY2(set.variants.size() > 150, qPrintable(QString::number(set.variants.size())));
    const Purity all = purityOfAllPairs(locus, set.variants);
    QVERIFY(set.minimumCorrelation >= all.minimum);
    QVERIFY(set.minimumCorrelation - all.minimum < 0.06);
    QVERIFY(std::abs(set.meanCorrelation - all.mean) < 0.005);
    QVERIFY(std::abs(set.medianCorrelation - all.median) < 0.005);
    QVERIFY(set.meanCorrelation != all.mean); // not of all of them
    const auto again = fineMapped(locus);
    QCOMPARE(again->sets[0].minimumCorrelation - set.minimumCorrelation, 0.0);
    QCOMPARE(again->sets[0].meanCorrelation - set.meanCorrelation, 0.0);
    QCOMPARE(again->sets[0].medianCorrelation - set.medianCorrelation, 0.0);
}

void TestSusie::minimum() {
    const double precision = std::sqrt(std::numeric_limits<double>::epsilon());
    QVERIFY(std::abs(minimise([](double x) { return (x - 2) * (x - 2); }, -30, 15, precision) - 2) < 1e-7);
    QVERIFY(std::abs(minimise([](double x) { return std::cosh(x + 1.25); }, -30, 15, precision) + 1.25) <
            1e-7);
    // Falling or rising all the way: next to the end.
    QVERIFY(std::abs(minimise([](double x) { return x; }, -30, 15, precision) + 30) < 1e-6);
    QVERIFY(std::abs(minimise([](double x) { return -x; }, -30, 15, precision) - 15) < 1e-6);
}

QTEST_GUILESS_MAIN(TestSusie)
#include "tst_susie.moc"
