// SPDX-License-Identifier: GPL-3.0-or-later
// Files and regions of interest along the locus: what is shown of them, and what a person does with them.
#include "analysis/motif_matches.h"
#include "base/atomic_file.h"
#include "charts/file_track_chart.h"
#include "charts/locus_chart.h"
#include "document/session_file.h"
#include "figures/gene_figures.h"
#include "io/bigwig_bytes.h"
#include "report_fixture.h"
#include "viewmodels/locus_files.h"
#include "viewmodels/motif_finder.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/regions_dialog.h"
#include "views/snv_inspector.h"
#include "views/tracks_button.h"
#include "window_test.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QTableWidget>
#include <QTextEdit>
#include <QUrl>

#include <nlohmann/json.hpp>

#include <ctime>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

TrackFeature featureAt(int64_t start, int64_t end, std::optional<double> value = {}) {
    TrackFeature feature;
    feature.start = start;
    feature.end = end;
    feature.value = value;
    return feature;
}

std::shared_ptr<const LaidOutTrack> trackOf(TrackFormat format, std::vector<TrackFeature> features) {
    FileTrack track;
    track.format = format;
    track.records = static_cast<int64_t>(features.size());
    track.hasContig = true;
    track.features = std::move(features);
    return laidOut(std::move(track));
}

std::vector<std::string> keysOf(const std::vector<ShownFile>& files) {
    std::vector<std::string> keys;
    for (const ShownFile& file : files)
        keys.push_back(file.key);
    return keys;
}

} // namespace

class TestFileTracks : public WindowTest {
    Q_OBJECT

private:
    static LocusPanel& locus(MainWindow& window) { return window.findChild<GenePage*>()->locus(); }
    static const FigureTrack* track(MainWindow& window, std::string_view key) {
        for (const FigureTrack& shown : locus(window).view().tracks())
            if (shown.key == key)
                return &shown;
        return nullptr;
    }
    static bool says(MainWindow& window, const QString& text) {
        for (const QTextEdit* part : window.findChild<MessageStack*>()->findChildren<QTextEdit*>())
            if (part->toPlainText().contains(text))
                return true;
        return false;
    }
    static void drop(MainWindow& window, const fs::path& file) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
        const QPoint place = locus(window).mapTo(&window, locus(window).rect().center());
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter); // a drop goes to who let it in
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
    }
    /// A BED with a peak in the middle of the first gene's window.
    fs::path peaks(const std::string& name, MainWindow& window) const {
        const Region& region = window.session().shown().report()->window;
        const int64_t middle = (region.start + region.end) / 2;
        const fs::path file = m_home / name;
        writeText(file, region.contig + "\t" + std::to_string(middle) + "\t" + std::to_string(middle + 50) +
                            "\tpeak\t10\t+\n");
        return file;
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void cleanupTestCase() { m_theme.reset(); }

    void filesHaveKeys() {
        const std::vector<fs::path> ofStudy{"/a/peaks.bed", "/a/x.bedgraph"};
        LocusLayout layout;
        layout.files = {"/b/peaks.bed", "/a/x.bedgraph"};
        QCOMPARE(keysOf(shownFiles(ofStudy, layout)),
                 (std::vector<std::string>{"file:peaks.bed", "file:x.bedgraph", "file:peaks.bed (2)"}));
        LocusLayout fewer = withoutFile(ofStudy, layout, "file:peaks.bed");
        QCOMPARE(keysOf(shownFiles(ofStudy, fewer)),
                 (std::vector<std::string>{"file:x.bedgraph", "file:peaks.bed"}));
        fewer = withoutFile(ofStudy, layout, "file:peaks.bed (2)");
        QVERIFY(fewer.removed.empty() && fewer.files.size() == 1);
        fewer = withoutFile(ofStudy, layout, "file:x.bedgraph"); // of both
        QCOMPARE(shownFiles(ofStudy, fewer).size(), size_t{2});
    }

    void rowsArePacked() {
        const std::vector<TrackFeature> features{featureAt(0, 10), featureAt(5, 8), featureAt(9, 20),
                                                 featureAt(11, 12), featureAt(11, 11)};
        QCOMPARE(packedRows(features, 9), (std::vector<int>{0, 1, 1, 0, 2}));
        QCOMPARE(packedRows(features, 1), (std::vector<int>{0, -1, -1, 0, -1}));
        const auto crowded =
            trackOf(TrackFormat::Bed, std::vector(LaidOutTrack::MostRows + 3, featureAt(5, 8)));
        QCOMPARE(crowded->rowCount, LaidOutTrack::MostRows);
        QCOMPARE(crowded->hidden, int64_t{3});
    }

    /// Nothing of it is drawn: that it is broken is nobody's trouble, and it widens no shared scale.
    void hiddenFilesAreNotRead() {
        GeneFigureSpec spec{.report = std::make_shared<const GeneReport>(inventReport())};
        const Region& window = spec.report->window;
        const auto signal = [&](const std::string& name, int value) {
            writeText(m_home / name, window.contig + '\t' + std::to_string(window.start) + '\t' +
                                         std::to_string(window.end) + '\t' + std::to_string(value) + '\n');
            return m_home / name;
        };
        LocusLayout layout{
            .places = {{"file:high.bedgraph", 1, false}, {"file:absent.bed", 1, false}},
            .files = {signal("low.bedgraph", 2), signal("high.bedgraph", 40), m_home / "absent.bed"},
            .sharedScale = true};
        DS_VERIFY(arrange(spec, layout));
        QVERIFY(spec.leftOut.empty());
        QVERIFY(signalRange(spec.files) == std::pair(0.0, 2.0));
        layout.places.clear();
        DS_VERIFY(arrange(spec, layout));
        QCOMPARE(spec.leftOut.size(), size_t{1});
        QVERIFY(signalRange(spec.files) == std::pair(0.0, 40.0));
    }

    void scalesAreOwnOrShared() {
        const auto low =
            trackOf(TrackFormat::BedGraph, {featureAt(0, 5, 2.0), featureAt(5, 9, -1.0), featureAt(9, 10)});
        const auto high = trackOf(TrackFormat::BedGraph, {featureAt(0, 5, 40.0)});
        const auto other = trackOf(TrackFormat::Bed, {featureAt(0, 5, 1000.0)});
        const std::vector<ShownFile> files{{"file:a", {}, {}, low},
                                           {"file:b", {}, {}, high},
                                           {"file:c", {}, {}, other},
                                           {"file:d", {}, {}, nullptr}};
        QVERIFY(signalRange(files) == std::pair(-1.0, 40.0));
        QVERIFY(!signalRange({files[2], files[3]}));
        GeneFigureSpec spec{.report = std::make_shared<const GeneReport>(inventReport())};
        spec.files = files;
        const auto upper = [&](bool shared) {
            spec.layout.sharedScale = shared;
            const Figure figure = registered(GeneFigure::Locus)
                                      .make(spec)
                                      .draw(ChartStyle::screen(lightTheme()).value(), Medium::Screen);
            for (const FigureTrack& shown : figure.tracks)
                if (shown.key == "file:a")
                    return shown.chart->fullY().upper;
            return 0.0;
        };
        QVERIFY(upper(false) < 3);
        QVERIFY(upper(true) > 40);
    }

    void featuresAreFoundWhereTheyAre() {
        std::vector<TrackFeature> features;
        for (int i = 0; i < 100; ++i)
            features.push_back(featureAt(100 * i, 100 * i + 20));
        features.insert(features.begin() + 1, featureAt(0, 9000)); // over many others: a row of its own
        const auto track = trackOf(TrackFormat::Bed, features);
        QCOMPARE(track->rowCount, 2);
        QCOMPARE(track->hidden, int64_t{0});
        FileTrackItem item(track, ChartStyle::screen(lightTheme()).value(), nullptr);
        const PlotMap map{QRectF(0, 0, 1000, 40), {5000, 6000}, {0, 2}};
        item.setMap(map);
        QCOMPARE(item.featureAt(map.toScene(5110.5, 1.5))->first, size_t{52}); // the fifty-second by start
        QCOMPARE(item.featureAt(map.toScene(5110.5, 0.5))->first, size_t{1});
        QVERIFY(!item.featureAt(map.toScene(5160, 1.5)));
        QVERIFY(item.featureAt(map.toScene(5122, 1.5))); // beside a narrow one
    }

    /// Of a dense file, most of which lies in one pixel with others: nothing is missing, and a frame is
    /// quick.
    void aHundredThousandAreDrawnInAFrame() {
        std::vector<TrackFeature> features;
        for (int i = 0; i < 200'000; ++i)
            if (i / 2000 % 2 == 0) // ten pixels with, ten without
                features.push_back(featureAt(i, i + 4));
        const auto track = trackOf(TrackFormat::Bed, features);
        FileTrackItem item(track, ChartStyle::screen(lightTheme()).value(), nullptr);
        item.setMap({QRectF(0, 0, 1000, 60), {0, 200'000}, {0, double(track->rowCount)}});
        QWidget screen;
        QImage image(1000, 60, QImage::Format_ARGB32_Premultiplied);
        std::vector<double> frames;
        for (int i = 0; i < 9; ++i) {
            image.fill(Qt::transparent);
            QPainter painter(&image);
            const clock_t start = std::clock();
            item.paint(&painter, nullptr, &screen);
            frames.push_back(1e3 * double(std::clock() - start) / CLOCKS_PER_SEC);
        }
        const int middle = 30 / track->rowCount; // of the uppermost row
        for (int x = 0; x < 1000; ++x) {
            const int alpha = qAlpha(image.pixel(x, middle));
            if (const int phase = x % 20; phase >= 2 && phase <= 8)
                QVERIFY2(alpha > 180, qPrintable(QStringLiteral("%1: %2").arg(x).arg(alpha)));
            else if (phase >= 13 && phase <= 18)
                QVERIFY2(alpha == 0, qPrintable(QStringLiteral("%1: %2").arg(x).arg(alpha)));
        }
        std::sort(frames.begin(), frames.end());
        qInfo("100,000 stretches: median %.1f ms of processor time a frame", frames[4]);
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(frames[4] <= 33, qPrintable(QString::number(frames[4])));
#endif
    }

    void tipsSayWhatItIs() {
        TrackFeature feature = featureAt(99, 200, 12.5);
        feature.name = "<peak>";
        feature.strand = Strand::Reverse;
        feature.summit = 140;
        const QString tip = featureToolTip(*trackOf(TrackFormat::NarrowPeak, {feature}), feature);
        for (const char* part : {"&lt;peak&gt;", "100–200", "signal 12.5", "summit 141"})
            QVERIFY2(tip.contains(QString::fromUtf8(part)), qPrintable(tip));
    }

    void regionsAsBed() {
        QCOMPARE(toBed({{{"22", 99, 200}, "a\tb", ""}, {{"22", -5, 3}, "", "two\nlines"}}),
                 std::string("22\t99\t200\ta b\n# .: two lines\n22\t0\t3\t.\n"));
    }

    /// Of the study's key, hidden, removed, back by undo.
    void aStudyNamesTracks() {
        nlohmann::json study = nlohmann::json::parse(*readWholeFile(m_home.study().toStdString()));
        study["tracks"] = {"own.bed", "absent.bed"};
        const fs::path file = m_home.demoFolder() / "tracks.study.json";
        writeText(file, study.dump());
        writeText(m_home.demoFolder() / "own.bed", "nowhere\t1\t2\n");
        const auto window = windowWithAGene(QString::fromStdString(file.string()));
        QVERIFY(window);
        QVERIFY(waitUntil([&] { return track(*window, "file:own.bed") != nullptr; }));
        QVERIFY(track(*window, "file:absent.bed") == nullptr); // left out, which the study's page tells
        QCOMPARE(window->session().study()->file().tracks.size(), size_t{1});
        Q_EMIT locus(*window).tracksButton().removeWanted(QStringLiteral("file:own.bed"));
        QVERIFY(track(*window, "file:own.bed") == nullptr);
        QCOMPARE(window->documents().steps().undoText(), QStringLiteral("Remove the track own.bed"));
        window->documents().steps().undo();
        QVERIFY(waitUntil([&] { return track(*window, "file:own.bed") != nullptr; }));
        QVERIFY(closed(*window));
    }

    void aFileIsDropped() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        drop(*window, peaks("dropped.bed", *window));
        QVERIFY(waitUntil([&] { return track(*window, "file:dropped.bed") != nullptr; }));
        QCOMPARE(window->documents().steps().undoText(), QStringLiteral("Add the track dropped.bed"));
        const FigureTrack* shown = track(*window, "file:dropped.bed");
        const auto* chart = qobject_cast<const FileTrackChart*>(shown->chart);
        QVERIFY(chart != nullptr);
        const Region& region = window->session().shown().report()->window;
        const PlotMap map = chart->map();
        const auto area = shown->parts->areaAt(map.toScene(double(region.start + region.end) / 2 + 25, 0.5));
        QVERIFY(area && area->tip.contains(QStringLiteral("peak")) && !area->person);
        drop(*window, m_home / "dropped.bed"); // once more: it is there
        QVERIFY(calm(*window));
        QCOMPARE(locus(*window).arrangement().files.size(), size_t{1});

        const fs::path session = m_home / "dropped.diploscope.json";
        DS_VERIFY(writeSession(window->documents().document(), session));
        QVERIFY(readWholeFile(session)->find(m_home.demoFolder().string()) == std::string::npos);
        QVERIFY(closed(*window));
        const auto next = makeWindow();
        next->openStudy(QString::fromStdString(session.string()));
        QVERIFY(waitUntil([&] { return track(*next, "file:dropped.bed") != nullptr; }));
        QVERIFY(closed(*next));
    }

    void aBigWigIsDropped() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const Region& region = window->session().shown().report()->window;
        const auto middle = static_cast<uint32_t>((region.start + region.end) / 2);
        const fs::path file = m_home / "signal.bw";
        writeText(file, bigWig({{region.contig, 250'000'000}},
                               {fixedStep(0, middle, 10, 10, {1, -2, 30}),
                                stretches(0, {{middle + 100, middle + 200, 4}})},
                               true)
                            .bytes);
        drop(*window, file);
        QVERIFY(waitUntil([&] { return track(*window, "file:signal.bw") != nullptr; }));
        const FigureTrack* shown = track(*window, "file:signal.bw");
        const auto* chart = qobject_cast<const FileTrackChart*>(shown->chart);
        QVERIFY(chart != nullptr);
        QVERIFY(chart->fullY().lower <= -2 && chart->fullY().upper >= 30);
        const PlotMap map = chart->map();
        const auto area = shown->parts->areaAt(map.toScene(double(middle) + 150, 0.5));
        QVERIFY(area && area->tip.contains(QStringLiteral("<br>4")));
        drop(*window, m_home / "cut.bw"); // not there
        QVERIFY(waitUntil([&] { return says(*window, QStringLiteral("cut.bw")); }));
        QCOMPARE(locus(*window).arrangement().files.size(), size_t{1});
        QVERIFY(closed(*window));
    }

    void whatASignalShowsIsSaid() {
        FileTrack means;
        means.format = TrackFormat::BigWig;
        means.features = {featureAt(0, 30, 1.5)};
        means.binBases = 30;
        means.hasContig = true;
        QVERIFY(featureToolTip(means, means.features.front()).contains(QStringLiteral("mean 1.5")));
        GeneFigureSpec spec{.report = std::make_shared<const GeneReport>(inventReport())};
        const auto headerOf = [&](const FileTrack& track) {
            spec.files = {{"file:a.bw", QStringLiteral("a.bw"), {}, laidOut(track)}};
            const Figure figure = registered(GeneFigure::Locus)
                                      .make(spec)
                                      .draw(ChartStyle::screen(lightTheme()).value(), Medium::Screen);
            for (const FigureTrack& shown : figure.tracks)
                if (shown.key == "file:a.bw")
                    return qobject_cast<const FileTrackChart*>(shown.chart)->text();
            return QString();
        };
        QVERIFY(headerOf(means).contains(QStringLiteral("a.bw, bigWig, means of 30 bp")));
        FileTrack elsewhere = means;
        elsewhere.hasContig = false;
        QVERIFY(headerOf(elsewhere).contains(QStringLiteral("nothing on this contig")));
    }

    void aBadFileIsTold() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const fs::path file = m_home / "bad.bed";
        writeText(file, "1\t5\n");
        drop(*window, file);
        QVERIFY(waitUntil([&] { return says(*window, QStringLiteral("bad.bed")); }));
        QVERIFY(locus(*window).arrangement() == LocusLayout{});
        QVERIFY(closed(*window));
    }

    /// Of the demo's own motifs, and of a file that is dropped.
    void motifsAreNamed() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        const auto& study = window->session().study();
        QCOMPARE(study->file().motifs.size(), size_t{1});
        const auto motifs = prepareMotifs(study->file().motifs);
        DS_VERIFY(motifs);
        const GeneReport& report = *window->session().shown().report();
        std::optional<size_t> chosen;
        std::vector<MotifMatch> expected;
        for (size_t v = 0; v < report.variants.size() && !chosen; ++v) {
            const auto found = motifMatches(**motifs, study->reference(), report.variants[v]);
            DS_VERIFY(found);
            if (!found->empty()) {
                chosen = v;
                expected = *found;
            }
        }
        QVERIFY(chosen);
        window->selection().selectVariant(report.variants[*chosen]);
        const SnvInspector& inspector = window->findChild<GenePage*>()->inspector();
        const QString name = QString::fromStdString((**motifs)[expected.front().motif].name);
        QVERIFY(waitUntil([&] { return inspector.values().contains(name); }));
        const QString change =
            QStringLiteral("motif %1").arg(QString::fromUtf8(toText(expected.front().change).data()));
        QVERIFY2(inspector.values().contains(change), qPrintable(inspector.values()));

        const fs::path mine = m_home / "mine.jaspar";
        writeText(mine,
                  ">M1 ANYTHING\n1\n1\n1\n1\n>M2 BASE\n9 9 9 9 9 9\n9 9 9 9 9 9\n9 9 9 9 9 9\n9 9 9 9 9 9\n");
        drop(*window, mine);
        QVERIFY(waitUntil([&] { return locus(*window).arrangement().motifs.size() == 1; }));
        QCOMPARE(window->documents().steps().undoText(), QStringLiteral("Add motifs"));
        QVERIFY(calm(*window)); // everything matches them with p 1, which is no match
        QVERIFY(inspector.values().contains(name) &&
                !inspector.values().contains(QStringLiteral("ANYTHING")));

        // What other files say takes the place of it, and nothing does where none is asked.
        MotifFinder finder(window->jobs());
        SnvInspector told(window->session(), window->selection());
        connect(&finder, &MotifFinder::found, &told, &SnvInspector::setMotifs);
        connect(&finder, &MotifFinder::dropped, &told, &SnvInspector::dropMotifs);
        told.setReport(window->session().shown().report());
        const Variant& snv = report.variants[*chosen];
        finder.want(study, snv, study->file().motifs);
        QVERIFY(waitUntil([&] { return told.values().contains(name); }));
        finder.want(study, snv, {});
        QVERIFY2(!told.values().contains(name), qPrintable(told.values()));
        QVERIFY(closed(*window));
    }

    void regionsAreMarked() {
        const auto window = windowWithAGene();
        QVERIFY(window);
        Q_EMIT locus(*window).tracksButton().regionsWanted();
        auto* dialog = window->findChild<RegionsDialog*>();
        QVERIFY(dialog != nullptr);
        const auto press = [dialog](const char* name) {
            QTest::mouseClick(dialog->findChild<QPushButton*>(QLatin1String(name)), Qt::LeftButton);
        };
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&locus(*window).view(), Qt::Key_Plus);
        const Region seen = *locus(*window).seenBases();
        press("addRegion");
        const auto& regions = [&]() -> const std::vector<RegionOfInterest>& {
            return window->documents().document().regions;
        };
        QCOMPARE(regions().size(), size_t{1});
        QVERIFY(regions()[0].region == seen);
        dialog->table().item(0, 0)->setText(QStringLiteral("enhancer"));
        dialog->table().item(0, 2)->setText(QStringLiteral("look again"));
        QCOMPARE(regions()[0].name, std::string("enhancer"));
        QCOMPARE(regions()[0].note, std::string("look again"));
        QCOMPARE(window->documents().steps().undoText(), QStringLiteral("Note on a region of interest"));
        QTest::keyClick(&locus(*window).view(), Qt::Key_0);
        press("showRegion");
        QCOMPARE(std::llround(locus(*window).region()->lower), seen.start + 1);

        const fs::path session = m_home / "regions.diploscope.json";
        DS_VERIFY(writeSession(window->documents().document(), session));
        const auto read = readSession(session);
        DS_VERIFY(read);
        QVERIFY(read->regions == regions());

        // Of another gene: what is seen there is what would be added, and a region that it does not hold
        // leads back.
        typeGene(*window, gene(*window, 1));
        QVERIFY(verdict(*window) && calm(*window));
        press("addRegion");
        QCOMPARE(regions().size(), size_t{2});
        QVERIFY(regions()[1].region == *locus(*window).seenBases());
        window->documents().steps().undo();
        dialog->table().setCurrentCell(0, 0);
        press("showRegion");
        QVERIFY(verdict(*window) && calm(*window));
        const Region now = *locus(*window).seenBases();
        QVERIFY(now.contig == seen.contig && now.start >= seen.start && now.end <= seen.end);

        press("removeRegion");
        QVERIFY(regions().empty());
        QCOMPARE(dialog->table().rowCount(), 0);
        window->documents().steps().undo();
        QCOMPARE(dialog->table().rowCount(), 1);
        QCOMPARE(dialog->table().item(0, 0)->text(), QStringLiteral("enhancer"));
        dialog->close();
        QVERIFY(closed(*window));
    }
};

QTEST_MAIN(TestFileTracks)
#include "tst_file_tracks.moc"
