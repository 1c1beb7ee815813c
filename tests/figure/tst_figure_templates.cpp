// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_templates.h"

#include "base/atomic_file.h"
#include "base/json_text.h"
#include "figure/design_edits.h"
#include "figure/figure_file.h"

#include "support.h"

#include <algorithm>
#include <map>
#include <set>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestFigureTemplates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Those of the program are as the program writes them, say what they are for, and are of nothing: no
    /// study, model, gene, nor what holds for one of them alone.
    void areCanonical() {
        for (const auto& entry : fs::directory_iterator(DIPLOSCOPE_TEST_DATA "/../resources/figures")) {
            const fs::path& file = entry.path();
            const auto design = readFigureFile(file);
            DS_VERIFY(design);
            const auto text = readWholeFile(file);
            DS_VERIFY(text);
            QCOMPARE(*text, jsonText(figureJson(*design, file.parent_path()), 2) + "\n");
            QVERIFY(!design->description.empty());
            QVERIFY(design->study.empty() && design->model.empty() && design->gene.empty());
            for (const PanelDesign& panel : design->panels) {
                QVERIFY(panel.study.empty() && panel.model.empty() && panel.gene.empty());
                QVERIFY(panel.sample.empty() && panel.otherModel.empty());
            }
            const TemplateDesign kept = templateOf(*design);
            QCOMPARE(kept.leftOut, size_t{0});
            QVERIFY(kept.design == *design);
        }
    }

    /// Those that the guide names (methods, section 11), and what each is made of.
    void areAllThere() {
        const std::map<std::string, std::set<std::string>> expected{
            {"gene-summary", {"locus", "observed-predicted", "ism-eqtl", "carriers", "ism"}},
            {"paper-1B", {"figure_1B"}},
            {"paper-1D", {"observed-predicted"}},
            {"paper-1E", {"ism"}},
            {"paper-2",
             {"figure_2A", "observed-predicted", "figure_2C", "ism-eqtl", "figure_2E", "figure_2F"}},
            {"paper-2A", {"figure_2A"}},
            {"paper-2B", {"observed-predicted"}},
            {"paper-2C", {"figure_2C"}},
            {"paper-2D", {"ism-eqtl"}},
            {"paper-2E", {"figure_2E"}},
            {"paper-2F", {"figure_2F"}},
            {"paper-extended-1A", {"model-model"}},
            {"paper-extended-1B", {"model-model"}},
            {"paper-extended-1C", {"figure_2A"}},
            {"paper-extended-2", {"figure_1B", "figure_2A"}},
            {"paper-extended-2A", {"figure_1B"}},
            {"paper-extended-2B", {"figure_2A"}},
            {"paper-S5", {"linear-r"}},
            {"paper-S6", {"additivity"}},
            {"paper-S7", {"driver-count"}},
            {"explore-ablation", {"observed-predicted", "before-after"}},
            {"explore-saturation", {"saturation"}},
            {"explore-waterfall", {"waterfall"}}};
        std::map<std::string, std::set<std::string>> found;
        for (const auto& entry : fs::directory_iterator(DIPLOSCOPE_TEST_DATA "/../resources/figures")) {
            const auto design = readFigureFile(entry.path());
            DS_VERIFY(design);
            std::set<std::string>& figures = found[entry.path().stem().stem().string()];
            for (const PanelDesign& panel : design->panels)
                figures.insert(panel.figure);
        }
        QCOMPARE(found, expected);
    }

    /// Without its drivers, whichever they are; and the axes of before and after are one.
    void anAblationIsOfTheDrivers() {
        const auto design =
            readFigureFile(DIPLOSCOPE_TEST_DATA "/../resources/figures/explore-ablation.figure.json");
        DS_VERIFY(design);
        QCOMPARE(design->panels.size(), size_t{2});
        QCOMPARE(design->panels[1].ablate, std::vector<std::string>{"drivers"});
        QVERIFY(!design->panels[1].keepOnly);
        QCOMPARE(design->panels[0].row, design->panels[1].row);
        QVERIFY(design->sharedAxes == FigureDesign::SharedAxes::Both);
    }

    /// The user's own come first.
    void areFoundByName() {
        const TemporaryFolder folder;
        const fs::path own = folder / "own/diploscope/figures", program = folder / "program/figures";
        fs::create_directories(own);
        fs::create_directories(program);
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((folder / "own").string()));
        qputenv("DIPLOSCOPE_DATA", QByteArray::fromStdString((folder / "program").string()));
        for (const fs::path& file :
             {own / "mine.figure.json", own / "both.figure.json", program / "both.figure.json",
              program / "theirs.figure.json", program / "README.md"})
            writeText(file, "{}");
        const std::vector<FigureTemplate> templates = figureTemplates();
        const auto found = [&](const std::string& name) {
            const auto at = std::find_if(templates.begin(), templates.end(),
                                         [&](const FigureTemplate& each) { return each.name == name; });
            return at == templates.end() ? fs::path() : at->file;
        };
        QVERIFY(found("mine") == own / "mine.figure.json");
        QVERIFY(found("both") == own / "both.figure.json");
        QVERIFY(found("theirs") == program / "theirs.figure.json");
        QVERIFY(found("README").empty());
    }
};

QTEST_APPLESS_MAIN(TestFigureTemplates)
#include "tst_figure_templates.moc"
