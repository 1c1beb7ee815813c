// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_command.h"
#include "support.h"
#include "ui/report_fixture.h"
#include "viewmodels/locus_tracks.h"
#include "viewmodels/track_kinds.h"

#include <set>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

/// That has something for every kind of track.
GeneReport fullReport() {
    GeneReport report = test::inventReport();
    test::inventStatistics(report);
    report.variants[5].poorlyGenotyped = true;
    return report;
}

QString keysOf(const std::vector<LocusTrack>& tracks) {
    QStringList keys;
    for (const LocusTrack& track : tracks)
        keys << QString::fromStdString(track.key);
    return keys.join(QLatin1Char(' '));
}

} // namespace

class TestTrackKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Sessions and figures hold these keys.
    void keysAreThoseOfOldFiles() {
        QCOMPARE(trackKeys(), (std::vector<std::string>{"ism", "eqtl", "pip", "missing", "genotypes", "ld"}));
        QCOMPARE(askedTrackKeys(), (std::vector<std::string>{"genotypes", "ld"}));
        for (const std::string& key : trackKeys()) {
            QVERIFY(findTrackKind(key) != nullptr && findTrackKind(key)->key == key);
            QVERIFY(!key.starts_with(ModelTrackPrefix) && !key.starts_with(FileTrackPrefix));
        }
        QVERIFY(findTrackKind("model:enformer") == nullptr && findTrackKind("file:a.bed") == nullptr);
        QVERIFY(findTrackKind("") == nullptr);
    }

    void aFullReportHasAllInTheTablesOrder() {
        const GeneReport report = fullReport();
        QCOMPARE(keysOf(tracksIn(report)), QStringLiteral("ism eqtl pip missing genotypes ld"));
        QCOMPARE(keysOf(tracksIn(report, {{"model:b", QStringLiteral("b"), "b"}},
                                 {{"file:a.bed", QStringLiteral("a.bed"), "/a.bed", nullptr}})),
                 QStringLiteral("ism model:b eqtl pip missing genotypes ld file:a.bed"));
    }

    void whatAReportLacksIsLeftOut() {
        GeneReport report = fullReport();
        report.variants[5].poorlyGenotyped = false;
        for (VariantResult& variant : report.variants)
            variant.prunedPip.reset();
        // What was imported is shown on the same track.
        QCOMPARE(keysOf(tracksIn(report)), QStringLiteral("ism eqtl pip genotypes ld"));
        report.imported.clear();
        for (VariantResult& variant : report.variants)
            variant.genotypes = {};
        QCOMPARE(keysOf(tracksIn(report)), QStringLiteral("ism eqtl"));
    }

    void whatWaitsToBeAskedForIsHidden() {
        for (const TrackKind& kind : trackKinds())
            QCOMPARE(isShownAtFirst(kind.key), kind.shownAtFirst);
        QVERIFY(isShownAtFirst("file:a.bed") && !isShownAtFirst("model:enformer"));
    }

    /// The option's help stands in core, which does not know the table.
    void theOptionsHelpNamesAll() {
        for (const PanelOption& option : panelOptions())
            if (std::string_view(option.key) == "tracks") {
                const std::string help = option.help;
                size_t from = help.find(": ");
                for (const std::string& key : trackKeys()) {
                    from = help.find(" " + key + ",", from);
                    QVERIFY2(from != std::string::npos, key.c_str());
                }
                return;
            }
        QFAIL("no option for tracks");
    }
};

QTEST_GUILESS_MAIN(TestTrackKinds)
#include "tst_track_kinds.moc"
