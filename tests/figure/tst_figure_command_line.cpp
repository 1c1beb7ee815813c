// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shell_word.h"
#include "figure/figure_command.h"
#include "figure/figure_file.h"

#include "support.h"

#include <QProcess>
#include <QStandardPaths>

#include <set>

using namespace diploscope;

namespace {

nlohmann::json jsonOfDesign(const FigureDesign& design) {
    return nlohmann::json(figureJson(design, {}));
}

FigureDesign chosen() {
    FigureDesign design = designOf({.figure = "locus"});
    design.study = "/data/my study.study.json";
    design.gene = "GSTM3";
    design.model = "xpresso";
    design.widthMm = 85;
    design.fontPt = 6.5;
    design.dpi = 600;
    design.transparent = true;
    PanelDesign& panel = design.panels[0];
    panel.variants = {"rs1", "rs2"};
    panel.tracks = {{"pip", 1.5, true}, {"ism", 1, false}, {"file:a=1", 1, true}};
    panel.sharedScale = true;
    panel.aroundTss = 500;
    panel.xLimits = std::pair(-0.5, 1.0);
    panel.title = "it's *GSTM3*";
    panel.showsLegend = false;
    return design;
}

} // namespace

class TestFigureCommandLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void command() {
        QCOMPARE(
            figureCommand(jsonOfDesign(chosen()), ".svg"),
            std::string("diploscope figure '/data/my study.study.json' --figure locus --snv rs1 --snv rs2 "
                        "--around-tss 500 --track pip=1.5 --track ism=0 --track file:a=1=1 "
                        "--shared-scale --title 'it'\\''s *GSTM3*' --x-limits=-0.5,1 --hide legend "
                        "--gene GSTM3 --model xpresso --width-mm 85 --font-pt 6.5 --dpi 600 "
                        "--transparent --out GSTM3.locus.svg"));
    }

    void reports() {
        FigureDesign design = chosen();
        design.panels.push_back({.figure = "ism", .row = 2});
        QCOMPARE(reportCommand(jsonOfDesign(design)),
                 std::string("diploscope report '/data/my study.study.json' --gene GSTM3 --model xpresso "
                             "--out GSTM3.report.pdf"));
        design.scores["xpresso"].bins = "3-5";
        design.scores["xpresso"].reverseComplement = true;
        design.scores["another"].bins = "7";
        design.statistics.seed = 5;
        design.statistics.fineMapping = false;
        design.statistics.backwardDrivers = true;
        QCOMPARE(reportCommand(jsonOfDesign(design)),
                 std::string("diploscope report '/data/my study.study.json' --gene GSTM3 --model xpresso "
                             "--bins 3-5 --reverse-complement --drivers backward --no-fine-mapping --seed 5 "
                             "--out GSTM3.report.pdf"));
        design.scores["xpresso"] = {.ownScore = true};
        design.statistics = {};
        QCOMPARE(reportCommand(jsonOfDesign(design)),
                 std::string("diploscope report '/data/my study.study.json' --gene GSTM3 --model xpresso "
                             "--own-score --out GSTM3.report.pdf"));
        // What no option says is told, and a shell passes over it.
        design.statistics.effectAllele = "minor";
        QVERIFY(reportCommand(jsonOfDesign(design)).ends_with("report.pdf # with effect_allele minor"));
        FigureDesign all;
        all.study = "/data/a.study.json";
        all.panels = {{.figure = "figure_2A", .null = "calibrated"}};
        QCOMPARE(reportCommand(jsonOfDesign(all)),
                 std::string("diploscope report /data/a.study.json --null calibrated --out report.pdf"));
    }

    /// What options say of a panel is what the panel said.
    void wordsAreRead() {
        nlohmann::ordered_json panel{{"figure", "locus"}};
        const std::vector<std::pair<std::string, std::vector<std::string>>> given{
            {"--snv", {"rs1", "rs2"}},  {"--track", {"pip=1.5", "ism=0", "file:a=1=1"}},
            {"--shared-scale", {}},     {"--around-tss", {"500"}},
            {"--x-limits", {"-0.5,1"}}, {"--title", {"it's *GSTM3*"}},
            {"--hide", {"legend"}}};
        for (const auto& [flag, words] : given)
            for (const PanelOption& option : panelOptions())
                if (flag == option.flag) {
                    const auto value = panelValue(option, words);
                    DS_VERIFY(value);
                    panel[option.key] = *value;
                }
        const nlohmann::json content{{"schema", 1}, {"panels", {nlohmann::json(panel)}}};
        const auto design = figureDesignOf(content, "/data");
        DS_VERIFY(design);
        QVERIFY(design->panels[0] == chosen().panels[0]);
    }

    /// Every key that a panel may have is an option's, but for its place, what the command takes otherwise,
    /// marked regions, and limits of each of several charts.
    void everyKeyHasAnOption() {
        std::set<std::string> keys{"figure", "row",   "column", "rows",  "columns",
                                   "study",  "model", "gene",   "marks", "chart_limits"};
        for (const PanelOption& option : panelOptions())
            QVERIFY2(keys.insert(option.key).second, option.key);
        const auto design = figureDesignOf({{"schema", 1}, {"panels", {{{"figure", "x"}, {"", 1}}}}}, "/");
        QVERIFY(!design); // its error lists all
        const std::string& known = design.error().remedy;
        for (const std::string& key : keys)
            QVERIFY2(known.find(key) != std::string::npos, key.c_str());
        QCOMPARE(static_cast<size_t>(std::count(known.begin(), known.end(), ',')) + 1, keys.size());
    }

    void whatOptionsCannotSay() {
        const std::string again = "diploscope figure --figure figure.pdf --out again.pdf";
        FigureDesign two = chosen();
        two.panels.push_back({.figure = "ism", .row = 2});
        QCOMPARE(figureCommand(jsonOfDesign(two), ".pdf"), again);
        FigureDesign marked = chosen();
        marked.panels[0].marks = {{"22:1-2", ""}};
        QCOMPARE(figureCommand(jsonOfDesign(marked), ".pdf"), again);
        FigureDesign lines = chosen();
        lines.lines.axis = 1;
        QCOMPARE(figureCommand(jsonOfDesign(lines), ".pdf"), again);
        FigureDesign both = chosen();
        both.panels[0].tracks[1].height = 2; // and hidden
        QCOMPARE(figureCommand(jsonOfDesign(both), ".pdf"), again);
    }

    /// A file of anybody's is no reason to end.
    void oddSpecifications() {
        for (const char* text :
             {"{}", "[]", "1", R"({"panels":[]})", R"({"panels":[3]})", R"({"panels":{"a":1}})",
              R"({"panels":[{"figure":7,"x_limits":1,"tracks":[1],"snv":null}]})",
              R"({"study":[],"gene":{},"panels":[{"variants":"x","title":4}]})"})
            QVERIFY(figureCommand(nlohmann::json::parse(text), ".svg").starts_with("diploscope figure"));
    }

    void refusals() {
        for (const auto& [flag, word] :
             {std::pair("--around-tss", "1.5"), std::pair("--around-tss", "x"), std::pair("--x-limits", "1"),
              std::pair("--x-limits", "2,1"), std::pair("--x-limits", "a,b"), std::pair("--bp", "1e300")})
            for (const PanelOption& option : panelOptions())
                if (std::string_view(flag) == option.flag) {
                    const auto value = panelValue(option, {word});
                    QVERIFY2(!value, word);
                    QCOMPARE(value.error().where, std::string(flag));
                }
    }

    void shellsReadWords_data() {
        QTest::addColumn<QString>("word");
        for (const char* word :
             {"plain", "with a blank", "it's", "a\"b$HOME`x`\\", "*", "", "~", "a;b&c", "-x"})
            QTest::newRow(*word == '\0' ? "nothing" : word) << QString(word);
    }
    void shellsReadWords() {
        QFETCH(QString, word);
        if (QStandardPaths::findExecutable("sh").isEmpty())
            QSKIP("skipped: no shell");
        QProcess shell;
        shell.start("sh", {"-c", "printf %s " + QString::fromStdString(shellWord(word.toStdString()))});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), word);
    }
};

QTEST_GUILESS_MAIN(TestFigureCommandLine)
#include "tst_figure_command_line.moc"
