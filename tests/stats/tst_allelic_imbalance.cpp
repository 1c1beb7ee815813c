// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/allelic_imbalance.h"

#include "stats/reference_json.h"
#include "table_file.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

struct People {
    Eigen::VectorXd ratios, predicted;
    std::vector<int> sides;
};

People peopleOf(const std::string& name) {
    std::vector<double> ratios, predicted;
    People people;
    for (const auto& row : tableFile(fixture("reference/allelic_imbalance_people.tsv"))) {
        if (row.at("case") != name)
            continue;
        const HaplotypeReads reads{std::stoi(row.at("first")), std::stoi(row.at("second"))};
        ratios.push_back(log2Ratio(reads).value_or(std::nan("")));
        predicted.push_back(numberOrNone(row.at("predicted")).value_or(std::nan("")));
        people.sides.push_back(std::stoi(row.at("side")));
    }
    people.ratios = Eigen::Map<Eigen::VectorXd>(ratios.data(), std::ssize(ratios));
    people.predicted = Eigen::Map<Eigen::VectorXd>(predicted.data(), std::ssize(predicted));
    return people;
}

std::optional<double> log10In(const std::optional<PValue>& p) {
    return p ? std::optional(p->log10()) : std::nullopt;
}

} // namespace

/// METHODS 19: people's two copies.
class TestAllelicImbalance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// tests/reference/allelic_imbalance.R: lm through 0, pbinom, t.test.
    void asR() {
        const auto rows = tableFile(fixture("reference/allelic_imbalance.tsv"));
        QCOMPARE(rows.size(), size_t{9});
        for (const auto& row : rows) {
            const People people = peopleOf(row.at("case"));
            const AllelicImbalance found = allelicImbalance(people.ratios, people.predicted);
            QCOMPARE(found.n, std::stoll(row.at("n")));
            DS_COMPARE_OPTIONAL(found.r, numberOrNone(row.at("r")), 1e-12, 0);
            DS_COMPARE_OPTIONAL(found.slope, numberOrNone(row.at("slope")), 1e-12, 0);
            DS_COMPARE_OPTIONAL(log10In(found.p), numberOrNone(row.at("log10_p")), 1e-11, 0);
            QCOMPARE(found.decided, std::stoll(row.at("decided")));
            QCOMPARE(found.agreeing, std::stoll(row.at("agreeing")));
            DS_COMPARE_OPTIONAL(log10In(found.agreementP), numberOrNone(row.at("log10_agreement_p")), 1e-11,
                                1e-14);
            const AllelicChange change = allelicChange(people.ratios, people.sides);
            QCOMPARE(change.n, std::stoll(row.at("heterozygotes")));
            DS_COMPARE_OPTIONAL(change.mean, numberOrNone(row.at("change")), 1e-11, 0);
            DS_COMPARE_OPTIONAL(change.se, numberOrNone(row.at("se")), 1e-12, 0);
            DS_COMPARE_OPTIONAL(change.p, numberOrNone(row.at("change_p")), 1e-11, 0);
        }
    }

    void ratiosOfFewReads() {
        QVERIFY(!log2Ratio({7, 0}));
        QCOMPARE(log2Ratio({8, 0}), std::optional(std::log2(17.0)));
        QCOMPARE(log2Ratio({4, 4}), std::optional(0.0));
    }

    /// Which haplotype is the first one is nobody's choice: no number may hang on it.
    void copiesMayChangePlaces() {
        const People people = peopleOf("wrong sign");
        const AllelicImbalance before = allelicImbalance(people.ratios, people.predicted);
        Eigen::VectorXd ratios = people.ratios, predicted = people.predicted;
        std::vector<int> sides = people.sides;
        for (Eigen::Index i = 0; i < ratios.size(); i += 3) {
            ratios[i] = -ratios[i];
            predicted[i] = -predicted[i];
            sides[size_t(i)] = -sides[size_t(i)];
        }
        const AllelicImbalance after = allelicImbalance(ratios, predicted);
        DS_COMPARE_OPTIONAL(after.r, before.r, 1e-14, 0);
        DS_COMPARE_OPTIONAL(after.p, before.p, 1e-12, 0);
        QCOMPARE(after.agreeing, before.agreeing);
        QCOMPARE(allelicChange(ratios, sides).mean, allelicChange(people.ratios, people.sides).mean);
    }

    /// Scores that differ by rounding alone tell no haplotypes apart.
    void roundingIsNoDifference() {
        const Eigen::VectorXd ratios = Eigen::Vector4d(1, -2, 0.5, 1.5);
        const Eigen::VectorXd predicted = Eigen::Vector4d(3e-7, -4e-7, 2e-7, 1e-7);
        QCOMPARE(allelicImbalance(ratios, predicted).decided, int64_t{4});
        const AllelicImbalance found = allelicImbalance(ratios, predicted, 1e-6);
        QCOMPARE(found.n, int64_t{4});
        QVERIFY(found.decided == 0 && !found.r && !found.p && !found.agreementP && !found.agreement());
    }

    void equalReads_data() {
        QTest::addColumn<QList<int>>("reads"); // of both haplotypes, person by person
        QTest::addColumn<QList<int>>("sides");
        QTest::addColumn<double>("mean");
        const QList<int> first{1, 1, 1};
        QTest::newRow("10|0") << QList{10, 0, 10, 0, 10, 0} << first << std::log2(21.0);
        QTest::newRow("8|2") << QList{8, 2, 8, 2, 8, 2} << first << std::log2(3.4);
        QTest::newRow("equal ratios") << QList{10, 0, 31, 1, 10, 0} << first << std::log2(21.0);
        QTest::newRow("on either haplotype") << QList{8, 2, 2, 8, 8, 2} << QList{1, -1, 1} << std::log2(3.4);
        QTest::newRow("nearly even") << QList{1'000'001, 1'000'000, 1'000'000,
                                              1'000'001, 1'000'001, 1'000'000}
                                     << QList{1, -1, 1} << std::log1p(1 / 1'000'000.5) / std::log(2.0);
        QTest::newRow("even") << QList{6, 6, 4, 4, 9, 9} << first << 0.0;
    }
    /// What does not differ between people has a mean, and nothing to hold it against: R's t.test stops with
    /// "data are essentially constant".
    void equalReads() {
        QFETCH(QList<int>, reads);
        QFETCH(QList<int>, sides);
        QFETCH(double, mean);
        Eigen::Vector3d ratios;
        for (int i = 0; i < 3; ++i)
            ratios[i] = log2Ratio({reads[2 * i], reads[2 * i + 1]}).value();
        const AllelicChange found = allelicChange(ratios, {sides.begin(), sides.end()});
        QCOMPARE(found.n, int64_t{3});
        QVERIFY(std::abs(found.mean.value() - mean) <= 1e-9 * mean);
        QVERIFY(!found.se && !found.p);
    }

    /// By R's rule: a standard error below ten epsilon of the mean is rounding.
    void equalButForRounding() {
        const std::vector<int> sides{1, 1, 1};
        const AllelicChange rounded = allelicChange(Eigen::Vector3d(3, std::nextafter(3.0, 4.0), 3), sides);
        QVERIFY(rounded.mean && !rounded.se && !rounded.p);
        const AllelicChange apart = allelicChange(Eigen::Vector3d(3, 3 + 1e-12, 3), sides);
        QVERIFY(apart.se && apart.p);
    }

    /// The same of r through 0: all people are one point, or its mirror image.
    void allAlike() {
        const Eigen::Vector3d ratios(2, -2, 2), predicted(0.5, -0.5, 0.5);
        const AllelicImbalance found = allelicImbalance(ratios, predicted);
        QVERIFY(std::abs(found.r.value() - 1) < 1e-15 && std::abs(found.slope.value() - 0.25) < 1e-15);
        QVERIFY(!found.p);
        QVERIFY(std::abs(found.agreementP.value() - 0.25) < 1e-15);
        const double rounding = 1e-9;
        QVERIFY(!allelicImbalance(ratios, predicted + Eigen::Vector3d(rounding, 0, 0), 2 * rounding).p);
        QVERIFY(allelicImbalance(ratios, predicted + Eigen::Vector3d(0.1, 0, 0), 2 * rounding).p);
        QVERIFY(allelicImbalance(Eigen::Vector3d(2, -2, 1), predicted, 2 * rounding).p);
    }

    void sizesOfAnyKind() {
        const Eigen::VectorXd ratios = Eigen::Vector4d(1, -2, 0.5, 1.5);
        for (const double size : {1e-200, 1.0, 1e200}) {
            const AllelicImbalance found = allelicImbalance(ratios, size * ratios);
            QVERIFY(std::abs(found.r.value() - 1) < 1e-15);
            QVERIFY(std::abs(found.slope.value() / size - 1) < 1e-14);
            QVERIFY(found.p.value() > 0 && found.p.value() < 1e-30);
        }
    }
};

QTEST_APPLESS_MAIN(TestAllelicImbalance)
#include "tst_allelic_imbalance.moc"
