// SPDX-License-Identifier: GPL-3.0-or-later
// What a figure's file says of statistics, and what is asked for by it.
#include "figures/used_inputs.h"

#include "support.h"

using namespace diploscope;
using namespace diploscope::ui;

class TestAskedStatistics : public QObject {
    Q_OBJECT

    static AnalysisOptions askedBy(const FigureDesign::Statistics& design) {
        AnalysisOptions options;
        askStatistics(design, options);
        return options;
    }
    static FigureDesign::Statistics designOfOptions(const AnalysisOptions& options) {
        return askedStatistics(options.statistics, options.thresholds, options.allele);
    }

private Q_SLOTS:
    /// Nobody asks for what everybody gets.
    void whatIsUsualIsNotSaid() { QVERIFY(designOfOptions({}) == FigureDesign::Statistics{}); }

    /// Each by itself, so that none takes another's place.
    void whatIsSaidIsAskedFor_data() {
        QTest::addColumn<int>("changed");
        int row = 0;
        for (const char* name : {"null", "bootstrap", "seed", "fine mapping", "method", "driver R",
                                 "driver gain", "driver p", "minor", "alternate", "all"})
            QTest::newRow(name) << row++;
    }
    void whatIsSaidIsAskedFor() {
        QFETCH(int, changed);
        AnalysisOptions options;
        const bool all = changed == 10;
        if (changed == 0 || all)
            options.statistics.nullPredictors = 77;
        if (changed == 1 || all)
            options.statistics.resamples = 0;
        if (changed == 2 || all)
            options.statistics.seed = 5;
        if (changed == 3 || all)
            options.statistics.fineMapping = false;
        if (changed == 4 || all)
            options.statistics.driverMethod = DriverMethod::Backward;
        if (changed == 5 || all)
            options.thresholds.minimumLinearR = 0.31;
        if (changed == 6 || all)
            options.thresholds.minimumGain = 0.07;
        if (changed == 7 || all)
            options.thresholds.ownP = 0.002;
        if (changed == 8 || all)
            options.allele = AlleleConvention::Minor;
        if (changed == 9)
            options.allele = AlleleConvention::Alternate;
        const FigureDesign::Statistics design = designOfOptions(options);
        QVERIFY(design != FigureDesign::Statistics{});
        const AnalysisOptions again = askedBy(design);
        QVERIFY(again.statistics == options.statistics);
        QVERIFY(again.thresholds == options.thresholds);
        QVERIFY(again.allele == options.allele);
        QVERIFY(designOfOptions(again) == design);
    }

    /// In a file the words are those of study files.
    void allelesInWords() {
        AnalysisOptions options;
        options.allele = AlleleConvention::Minor;
        QCOMPARE(designOfOptions(options).effectAllele, std::string("minor"));
        options.allele = AlleleConvention::Alternate;
        QCOMPARE(designOfOptions(options).effectAllele, std::string("alt"));
    }
};

QTEST_GUILESS_MAIN(TestAskedStatistics)
#include "tst_asked_statistics.moc"
