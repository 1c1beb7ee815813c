// SPDX-License-Identifier: GPL-3.0-or-later
// Runs and distances round a driver; that they are the paper's is held in tests/results.
#include "stats/coherence.h"

#include "support.h"

#include <cmath>
#include <limits>

using namespace diploscope;
using namespace diploscope::test;

class TestCoherence : public QObject {
    Q_OBJECT

    using Four = std::array<int64_t, 4>;
    static Eigen::VectorXd flat() { return Eigen::VectorXd::Constant(41, 0.01); }

private Q_SLOTS:
    void attributionIsMinusTheMeanOfTheOthers() {
        Eigen::MatrixXd effects(2, 4);
        effects << 0, 3, -1.5, 6, 2, 0, std::nan(""), 1;
        const Eigen::VectorXd found = attributionsOf(effects, 5);
        QCOMPARE(found[0], -0.5);
        QVERIFY(std::isnan(found[1]));
    }

    void nothingReaches() {
        Eigen::VectorXd attributions = flat();
        attributions[0] = -0.02;
        const Coherence found = coherenceOf(attributions);
        QCOMPARE(found.attribution, 0.01);
        QCOMPARE(found.basesAtLocus, (Four{0, 0, 0, 0}));
        QCOMPARE(found.distance, (Four{20, 20, 20, 20}));
        for (const double there : found.attributionAtDistance)
            QCOMPARE(there, -0.02); // of both ends the larger in size
    }

    void runsHaveTheDriversSign() {
        Eigen::VectorXd attributions = flat();
        attributions.segment(17, 6) << -0.3, -0.06, -0.12, -0.6, -0.2, 0.9;
        const Coherence found = coherenceOf(attributions);
        QCOMPARE(found.attribution, -0.6);
        // 5 %: from 17 to 21; 10 %: 18 breaks it; 20 %: 0.2 reaches; 50 %: alone.
        QCOMPARE(found.basesAtLocus, (Four{5, 3, 2, 1}));
        QCOMPARE(found.distance, (Four{0, 0, 0, 0}));
        for (const double there : found.attributionAtDistance)
            QCOMPARE(there, -0.6);
    }

    void theNearestThatReachesCounts() {
        Eigen::VectorXd attributions = flat();
        attributions[19] = 0.05; // reaches exactly
        attributions[23] = -0.15;
        attributions[17] = 0.11;
        attributions[0] = 0.2;
        attributions[40] = -0.25;
        const Coherence found = coherenceOf(attributions);
        QCOMPARE(found.basesAtLocus, (Four{0, 0, 0, 0}));
        QCOMPARE(found.distance, (Four{1, 3, 20, 20}));
        QCOMPARE(found.attributionAtDistance[0], 0.05);
        QCOMPARE(found.attributionAtDistance[1], -0.15); // both reach: the larger in size
        QCOMPARE(found.attributionAtDistance[2], -0.25);
        QCOMPARE(found.attributionAtDistance[3], -0.25); // none reaches
    }

    void unknownReachesNothing() {
        Eigen::VectorXd attributions = Eigen::VectorXd::Constant(41, 0.9);
        attributions[22] = std::nan("");
        attributions[15] = std::nan("");
        const Coherence found = coherenceOf(attributions);
        QCOMPARE(found.basesAtLocus, (Four{6, 6, 6, 6})); // from 16 to 21
        attributions[20] = std::nan("");
        const Coherence none = coherenceOf(attributions);
        QCOMPARE(none.basesAtLocus, (Four{0, 0, 0, 0}));
        QCOMPARE(none.distance, (Four{1, 1, 1, 1}));
    }

    void runsEndAtTheEdge() {
        const Coherence found = coherenceOf(Eigen::VectorXd::Constant(41, -1));
        QCOMPARE(found.basesAtLocus, (Four{41, 41, 41, 41}));
    }
};

QTEST_GUILESS_MAIN(TestCoherence)
#include "tst_coherence.moc"
