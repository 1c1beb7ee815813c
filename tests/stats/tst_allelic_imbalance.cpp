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
