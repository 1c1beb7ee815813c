// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_file.h"

#include "base/atomic_file.h"
#include "base/json_text.h"

#include "support.h"

#include <fmt/format.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// Every member other than it is by itself.
FigureDesign everything(const fs::path& folder) {
    FigureDesign design;
    design.name = "Figure 2";
    design.description = "All of it";
    design.widthMm = 174;
    design.heightMm = 120.5;
    design.dpi = 600;
    design.transparent = true;
    design.font = "Inter";
    design.fontPt = 6.5;
    design.lines = {0.4, 0.8, 0.3, 0.5, 0.9};
    design.letters = FigureDesign::Letters::Upper;
    design.firstLetter = 'c';
    design.letterPt = 9;
    design.columnWidths = {1, 2.5};
    design.rowHeights = {1, 1};
    design.gapMm = 2;
    design.sharedAxes = FigureDesign::SharedAxes::Both;
    design.study = folder / "my.study.json";
    design.model = (folder / "models/mine").string();
    design.gene = "GSTM3";
    design.scores["xpresso"] = {.tracks = "1", .bins = "4-6", .aggregate = "sum"};
    design.scores[(folder / "models/mine").string()] = {.head = folder / "head.csv",
                                                        .targets = folder / "targets.txt",
                                                        .shifts = 2,
                                                        .reverseComplement = true,
                                                        .ownScore = true};
    design.statistics = {.nullPredictors = 200,
                         .resamples = 0,
                         .seed = 7,
                         .fineMapping = false,
                         .backwardDrivers = true,
                         .driverR = 0.1,
                         .driverGain = 0.04,
                         .driverP = 0.05,
                         .effectAllele = "minor"};
    PanelDesign locus;
    locus.figure = "locus";
    locus.columns = 2;
    locus.study = folder / "other/other.study.json";
    locus.model = "xpresso";
    locus.gene = "COMT";
    locus.variants = {"rs1", "22:120:A:G"};
    locus.people = {"HG00096"};
    locus.region = "22:19.92M-19.94M";
    locus.tracks = {{"pip", 1.5, true}, {"ism", 1, false}};
    locus.files = {folder / "peaks.bed"};
    locus.haplotypeOrder = "prediction";
    locus.sharedScale = true;
    locus.marks = {{"22:100-200", "enhancer"}, {"22:300-400", ""}};
    locus.attribution = "gradient";
    locus.colour = "carrier-fraction";
    locus.ldReferences = {"rs7"};
    locus.eqtlGiven = "rs8";
    locus.otherModel = "demo-cnn";
    locus.title = "*COMT* locus, R^{2}";
    locus.xLabel = "Position";
    locus.yLabel = "log_{2}";
    locus.xLimits = std::pair(0.0, 1.0);
    locus.yLimits = std::pair(-0.25, 1e9);
    locus.chartLimits = {{std::pair(1.0, 2.0), {}}, {}, {{}, std::pair(-0.5, 0.5)}};
    locus.showsTitle = locus.showsLegend = locus.showsColourBar = locus.showsStatistics = false;
    PanelDesign rest;
    rest.figure = "saturation";
    rest.row = 2;
    rest.aroundTss = 5000;
    rest.null = "empirical";
    rest.condition = "q < 0.05";
    rest.sample = "HG1";
    rest.against = "HG2";
    rest.ablate = {"drivers"};
    rest.keepOnly = true;
    rest.edits = {"22:1:A:G"};
    rest.saturate = "tss";
    rest.saturateBp = 100;
    rest.background = "variant";
    rest.logo = "centred";
    PanelDesign last;
    last.figure = "figure_2A";
    last.row = last.column = 2;
    design.panels = {locus, rest, last};
    return design;
}

Result<FigureDesign> parsed(const std::string& text, const fs::path& folder = "/data") {
    DS_ASSIGN(const nlohmann::json content, parseJson(text, "a.figure.json"));
    return figureDesignOf(content, folder);
}

std::string textOf(const FigureDesign& design, const fs::path& folder) {
    return jsonText(figureJson(design, folder), 2) + "\n";
}

} // namespace

class TestFigureFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTrip() {
        const TemporaryFolder folder;
        const FigureDesign design = everything(folder.path());
        const fs::path file = folder / "a.figure.json";
        DS_VERIFY(writeFigureFile(design, file));
        const auto again = readFigureFile(file);
        DS_VERIFY(again);
        QVERIFY(*again == design);
        const std::string text = *readWholeFile(file);
        QCOMPARE(textOf(*again, folder.path()), text);
        QVERIFY(text.find(folder.path().string()) == std::string::npos); // all names are relative to it
        QVERIFY(text.find("\"./models/mine\"") != std::string::npos);    // a folder, not a name

        // Both move together.
        fs::create_directories(folder / "moved");
        fs::copy_file(file, folder / "moved/a.figure.json");
        const auto moved = readFigureFile(folder / "moved/a.figure.json");
        DS_VERIFY(moved);
        QCOMPARE(moved->study, folder / "moved/my.study.json");
        QCOMPARE(moved->panels[0].files[0], folder / "moved/peaks.bed");
        QCOMPARE(textOf(*moved, folder / "moved"), text);
    }

    /// Nothing is said that stands there by itself.
    void theLeast() {
        const std::string text =
            "{\n  \"schema\": 1,\n  \"panels\": [\n    {\n      \"figure\": \"ism\"\n    "
            "}\n  ]\n}\n";
        const auto design = parsed(text);
        DS_VERIFY(design);
        QVERIFY(*design == designOf({.figure = "ism"}));
        QCOMPARE(textOf(*design, "/data"), text);
        QCOMPARE(design->letterOf(0), std::string());
    }

    /// Inside figures, which leave the machine, files are named from the home: whose that is, is not said.
    void filesBelowHome() {
        const QByteArray before = qgetenv("HOME");
        qputenv("HOME", "/home/somebody");
        FigureDesign design = designOf({.figure = "ism"});
        design.study = "/home/somebody/project/a.study.json";
        design.model = "/home/somebody/models/x";
        const nlohmann::ordered_json content = figureJson(design, {});
        QCOMPARE(content["study"].get<std::string>(), std::string("~/project/a.study.json"));
        QCOMPARE(content["model"].get<std::string>(), std::string("~/models/x"));
        const auto again = figureDesignOf(nlohmann::json(content), "/elsewhere");
        QVERIFY(again && *again == design);
        design.study = "/home/somebodyelse/a.study.json";
        QCOMPARE(figureJson(design, {})["study"].get<std::string>(), design.study.string());
        qputenv("HOME", before);
    }

    void letters_data() {
        QTest::addColumn<int>("style");
        QTest::addColumn<char>("first");
        QTest::addColumn<int>("panel");
        QTest::addColumn<QString>("letter");
        using Letters = FigureDesign::Letters;
        const auto row = [](const char* name, Letters style, char first, int panel, const char* letter) {
            QTest::newRow(name) << static_cast<int>(style) << first << panel << QString(letter);
        };
        row("by itself lower case", Letters::Automatic, 'a', 1, "b");
        row("upper case", Letters::Upper, 'a', 0, "A");
        row("from d on", Letters::Lower, 'd', 2, "f");
        row("beyond z", Letters::Lower, 'z', 1, "aa");
        row("none", Letters::None, 'a', 1, "");
    }
    void letters() {
        QFETCH(int, style);
        QFETCH(char, first);
        QFETCH(int, panel);
        QFETCH(QString, letter);
        FigureDesign design;
        design.letters = static_cast<FigureDesign::Letters>(style);
        design.firstLetter = first;
        design.panels.resize(3);
        QCOMPARE(design.letterOf(static_cast<size_t>(panel)), letter.toStdString());
    }

    void refusals_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("said");
        const auto whole = [](const char* name, const char* text, const char* place, const char* said) {
            QTest::newRow(name) << QString(text) << QString(place) << QString(said);
        };
        const auto panel = [&](const char* name, const char* members, const char* place, const char* said) {
            QTest::newRow(name) << QString(R"({"schema":1,"panels":[{"figure":"ism",%1}]})").arg(members)
                                << QString(place) << QString(said);
        };
        const auto sheet = [&](const char* name, const char* members, const char* place, const char* said) {
            QTest::newRow(name) << QString(R"({"schema":1,%1,"panels":[{"figure":"ism"}]})").arg(members)
                                << QString(place) << QString(said);
        };
        whole("no object", "[]", "", "object");
        whole("no schema", R"({"panels":[{"figure":"ism"}]})", "schema", "missing");
        whole("a newer schema", R"({"schema":2,"future":1,"panels":[]})", "schema", "up to 1");
        whole("no panels", R"({"schema":1})", "panels", "1 to 100");
        whole("empty panels", R"({"schema":1,"panels":[]})", "panels", "1 to 100");
        whole("no figure", R"({"schema":1,"panels":[{"gene":"G"}]})", "panels[0].figure", "missing");
        whole("one on the other", R"({"schema":1,"panels":[{"figure":"ism","columns":2},
              {"figure":"eqtl","column":2}]})",
              "panels[1]", "lies on panels[0]");
        whole("beyond the grid", R"({"schema":1,"column_widths":[1],"panels":[{"figure":"ism","column":2}]})",
              "panels[0]", "the grid has 1");
        sheet("unknown key", R"("widht_mm":85)", "", "widht_mm");
        sheet("too narrow", R"("width_mm":2)", "width_mm", "10 to 2000 mm");
        sheet("no number", R"("font_pt":"7")", "font_pt", "a number");
        sheet("no such background", R"("background":"black")", "background", "transparent");
        sheet("no letter", R"("first_letter":"A")", "first_letter", "a\" to \"z");
        sheet("a share of nothing", R"("column_widths":[0])", "column_widths", "shares");
        sheet("line too wide", R"("lines_pt":{"axis":11})", "lines_pt.axis", "0.1 to 10 pt");
        sheet("seed below 0", R"("statistics":{"seed":-1})", "statistics.seed", "whole number");
        sheet("too few predictors", R"("statistics":{"null_predictors":10})", "statistics.null_predictors",
              "50");
        sheet("shifts", R"("scores":[{"model":"m","shifts":1000}])", "scores[0].shifts", "100");
        panel("row 0", R"("row":0)", "panels[0].row", "1 to 100");
        panel("limits the wrong way", R"("x_limits":[1,0])", "panels[0].x_limits", "smaller first");
        panel("limits of a chart", R"("chart_limits":[{"x":[0,1]},{"y":[1,0]}])",
              "panels[0].chart_limits[1].y", "smaller first");
        panel("hidden part", R"("hide":["titel"])", "panels[0].hide", "titel");
        panel("label without an end", R"("title":"*GSTM3")", "panels[0].title", "`*`");
        panel("track too high", R"("tracks":[{"track":"ism","height":7}])", "panels[0].tracks[0].height",
              "0.3 to 6");
        panel("a list of numbers", R"("variants":[1])", "panels[0].variants", "texts");
        panel("region and stretch", R"("region":"22:1-2","around_tss":5)", "panels[0].around_tss", "exclude");
    }
    void refusals() {
        QFETCH(QString, text);
        QFETCH(QString, place);
        QFETCH(QString, said);
        const auto design = parsed(text.toStdString());
        QVERIFY(!design);
        const Error& error = design.error();
        QCOMPARE(QString::fromStdString(error.where), place);
        QVERIFY2(QString::fromStdString(error.what).contains(said), error.message().c_str());
    }

    /// A misspelt key is told with the one that was meant; the file is named.
    void aFileIsNamed() {
        const TemporaryFolder folder;
        const fs::path file = folder / "a.figure.json";
        writeText(file, R"({"schema": 1, "panels": [{"figure": "ism", "varaints": []}]})");
        const auto design = readFigureFile(file);
        QVERIFY(!design);
        QCOMPARE(design.error().where, fmt::format("{}, key `panels[0]`", file.string()));
        QVERIFY(design.error().remedy.find("variants") != std::string::npos);
        QVERIFY(!writeFigureFile(designOf({.figure = "ism"}), folder / "a.json"));
        const auto odd = designOf({.figure = "ism", .study = folder / "\xff.study.json"});
        const auto written = writeFigureFile(odd, file);
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestFigureFile)
#include "tst_figure_file.moc"
