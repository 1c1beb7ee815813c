// SPDX-License-Identifier: GPL-3.0-or-later
// Indels on the track of the model's effects, and in words.
#include "charts/ism_track_chart.h"
#include "charts/segment_item.h"
#include "support.h"
#include "ui/report_fixture.h"
#include "viewmodels/gene_text.h"

#include <QtTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestIndelTrack : public QObject {
    Q_OBJECT

private:
    /// The fourth is a deletion of three bases, the fifth an insertion of two.
    static GeneReport reportWithIndels() {
        GeneReport report = inventReport({.people = 20, .snvs = 30, .drivers = 0});
        report.variants[3].ref = "ACGT";
        report.variants[3].alt = report.variants[3].effectAllele = "A";
        report.variants[4].ref = "A";
        report.variants[4].alt = report.variants[4].effectAllele = "ACG";
        return report;
    }

private Q_SLOTS:
    void words() {
        const GeneReport report = reportWithIndels();
        QCOMPARE(variantCountText(report), QStringLiteral("30 variants"));
        QCOMPARE(variantCountText(inventReport({.people = 20, .snvs = 30, .drivers = 0})),
                 QStringLiteral("30 SNVs"));
        QCOMPARE(growthText(report.variants[2]), QString());
        QCOMPARE(growthText(report.variants[3]), QStringLiteral("−3 bp"));
        QCOMPARE(growthText(report.variants[4]), QStringLiteral("+2 bp"));
        QCOMPARE(variantWithGrowth(report.variants[2]), variantText(report.variants[2]));
        QCOMPARE(variantWithGrowth(report.variants[3]), variantText(report.variants[3]) + " −3 bp");
        const IsmTrack track = ismTrack(report);
        QVERIFY(track.summary.startsWith(QStringLiteral("30 variants")));
    }

    /// Wrong: every variant's length; a bar that ends before the last base that is lost.
    void lengthsAreDrawn() {
        const GeneReport report = reportWithIndels();
        const IsmTrack track = ismTrack(report);
        const IsmTrackChart chart(track, ChartStyle::screen(lightTheme()).value());
        QVERIFY(chart.lengths() != nullptr);
        QCOMPARE(chart.lengths()->segments().size(), size_t{1});
        const SegmentItem::Segment& bar = chart.lengths()->segments().front();
        QCOMPARE(bar.fromX, double(report.variants[3].position + 1));
        QCOMPARE(bar.toX, double(report.variants[3].position + 4));
        QCOMPARE(bar.fromY, 0.0);
        const IsmTrackChart ofSnvs(ismTrack(inventReport({.people = 20, .snvs = 30, .drivers = 0})),
                                   ChartStyle::screen(lightTheme()).value());
        QVERIFY(ofSnvs.lengths() == nullptr);
    }

    /// The gradient's track has the SNVs alone, whichever variant is first. Wrong: a number that is not
    /// there.
    void gradientsAreOfSnvs() {
        GeneReport report = reportWithIndels();
        for (VariantResult& variant : report.variants)
            if (isSnv(variant))
                variant.gradient = 0.5;
            else
                variant.gradient.reset();
        QCOMPARE(ismTrack(report, Attribution::Gradient).snvs.size(), size_t{28});
        report.variants.erase(report.variants.begin(), report.variants.begin() + 3); // the deletion is first
        const IsmTrack track = ismTrack(report, Attribution::Gradient);
        QCOMPARE(track.method, QStringLiteral("gradient at the reference"));
        QCOMPARE(track.snvs.size(), size_t{25});
        QVERIFY(report.answersGradients());
    }
};

QTEST_MAIN(TestIndelTrack)
#include "tst_indel_track.moc"
