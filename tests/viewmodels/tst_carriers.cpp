// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report_fixture.h"
#include "viewmodels/carriers.h"
#include "viewmodels/gene_text.h"

#include "support.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

/// Six people; predictions are minus what is observed.
GeneReport sixPeople() {
    GeneReport report = inventReport({.people = 6, .snvs = 3, .drivers = 1});
    report.variants[0].genotypes = peopleWith({0, 0, 0, 1, 1, 2});
    report.variants[1].genotypes = peopleWith({0, 1, 1, 0, 1, SnvGenotypes::NoGenotype});
    const double observed[] = {1, 2, 4, 5, 7, -3};
    for (size_t i = 0; i < 6; ++i) {
        report.people[i].observed = observed[i];
        report.people[i].predicted = -observed[i];
    }
    return report;
}

bool isNear(double a, double b) {
    return std::abs(a - b) < 1e-6;
}

} // namespace

class TestCarriers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Mean ± t sd / √n, with t of 2 and 1 degrees of freedom from tables: 4.302652730 and 12.706204736.
    void meansByGenotypeHaveTheirIntervals() {
        const Carriers shown = carriers(sixPeople(), 0);
        const auto& observed = shown.observed.series.at(0).means;
        QVERIFY(isNear(*observed[0].mean, 7.0 / 3));
        QVERIFY(isNear(observed[0].interval->low, -1.461250) && isNear(observed[0].interval->high, 6.127916));
        QVERIFY(isNear(observed[1].interval->low, -6.706205) &&
                isNear(observed[1].interval->high, 18.706205));
        const auto& predicted = shown.predicted.series.at(0).means;
        QVERIFY(isNear(predicted[0].interval->high, 1.461250));
        QCOMPARE(*observed[2].mean, -3.0);
        QVERIFY(!observed[2].interval && !predicted[2].interval); // of one person there is none
        const auto& line = shown.observed.series[0].line;
        QCOMPARE(line.size(), size_t{3});
        // Slope (sum x y - n mx my) / (sum x x - n mx mx) = (6 - 32/3) / (6 - 8/3) = -1.4.
        QVERIFY(isNear(line[2].second - line[1].second, -1.4));
        QVERIFY(isNear(line[0].second, 16.0 / 6 + 1.4 * 2 / 3));
        QVERIFY(isNear(shown.predicted.series[0].line[1].second, -line[1].second));
        QCOMPARE(shown.groupText(2), QStringLiteral("TT: 1 person, observed −3.00, predicted 3.00"));
        QString group = shown.groupText(0);
        QCOMPARE(group.replace(QChar(QChar::Nbsp), QLatin1Char(' ')),
                 QStringLiteral("GG: 3 people, observed 2.33 [−1.46, 6.13], predicted −2.33 [−6.13, 1.46]"));
    }

    void theMainDriverIsTold() {
        GeneReport report = inventReport();
        QCOMPARE(carriers(report).variant, variantWithAlleles(report.variants[report.drivers[0].variant]));
        QVERIFY(carriers(report).second.isEmpty());
        QVERIFY(carriers(report).summary.contains(QStringLiteral("wrong sign")));
        const Carriers two = carriersOfTwo(report);
        QCOMPARE(two.variant, variantWithAlleles(report.variants[report.drivers[0].variant]));
        QCOMPARE(two.second, variantWithAlleles(report.variants[report.drivers[1].variant]));
        QCOMPARE(two.summary, QStringLiteral("n = 400"));
        QVERIFY(two.empty.isEmpty());
        report.drivers.clear();
        QVERIFY(!carriers(report).empty.isEmpty());
        QVERIFY(!carriersOfTwo(report).empty.isEmpty());
        QVERIFY(carriers(report, 3).empty.isEmpty());
    }

    void ofTwoSnvsTheTableIsWhole() {
        const Carriers shown = carriersOfTwo(sixPeople(), 0, 1);
        QCOMPARE(shown.observed.series.size(), size_t{3});
        const auto cell = [&](size_t first, size_t second) {
            return shown.observed.series[second].means[first];
        };
        QCOMPARE(*cell(0, 0).mean, 1.0);
        QCOMPARE(*cell(0, 1).mean, 3.0);
        QCOMPARE(cell(0, 1).n, int64_t{2});
        QVERIFY(cell(0, 1).interval && !cell(0, 0).interval);
        QCOMPARE(*cell(1, 0).mean, 5.0);
        QCOMPARE(*cell(1, 1).mean, 7.0);
        QVERIFY(!cell(2, 0).mean && !cell(2, 2).mean); // who has TT lacks the other genotype
        QCOMPARE(shown.summary, QStringLiteral("n = 5"));
        QCOMPARE(*shown.predicted.series[1].means[0].mean, -3.0);
        QCOMPARE(shown.observed.series[0].line.size(), size_t{2});
        QVERIFY(shown.observed.series[2].line.empty());
        QVERIFY(shown.groupText(0, 1).startsWith(QStringLiteral("GG, GT: 2 people")));
        // The other way round it is the same table, turned.
        const Carriers turned = carriersOfTwo(sixPeople(), 1, 0);
        for (size_t a = 0; a < 3; ++a)
            for (size_t b = 0; b < 3; ++b)
                QCOMPARE(turned.observed.series[a].means[b].mean, shown.observed.series[b].means[a].mean);
    }

    /// Who is not measured, or not predicted yet, counts on neither side.
    void bothNumbersOrNone() {
        GeneReport report = sixPeople();
        report.people[0].observed.reset();
        report.people[4].predicted = std::nan("");
        report.complete = false;
        const Carriers shown = carriers(report, 0);
        QCOMPARE(shown.observed.series[0].means[0].n, int64_t{2});
        QCOMPARE(shown.predicted.series[0].means[0].n, int64_t{2});
        QCOMPARE(*shown.observed.series[0].means[1].mean, 5.0);
        QVERIFY(shown.caption.endsWith(QStringLiteral("scores so far")));
        for (PersonResult& person : report.people)
            person.observed.reset();
        QVERIFY(!carriers(report, 0).empty.isEmpty());
        QVERIFY(!carriersOfTwo(report, 0, 1).empty.isEmpty());
    }

    void indelsAreCountedByCopies() {
        GeneReport report = sixPeople();
        report.variants[0].ref = "GTTA";
        const Carriers shown = carriers(report, 0);
        QCOMPARE(shown.genotypes[1], QStringLiteral("1 copy"));
        QCOMPARE(shortGenotype(shown.genotypes[1]), QStringLiteral("1"));
        QCOMPARE(shortGenotype(QStringLiteral("GT")), QStringLiteral("GT"));
        QCOMPARE(shown.variant, variantText(report.variants[0]));
    }
};

QTEST_MAIN(TestCarriers)
#include "tst_carriers.moc"
