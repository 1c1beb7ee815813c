// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/design_edits.h"
#include "figure/figure_file.h"

#include "support.h"

#include <fmt/format.h>

using namespace diploscope;

namespace {

FigureDesign single(const std::string& figure, const std::string& gene = "COMT",
                    const std::string& model = "xpresso") {
    FigureDesign design = designOf({.figure = figure, .model = model, .gene = gene});
    design.study = "/data/a.study.json";
    return design;
}

/// "ism 1,1 1x2; eqtl 2,1 1x1": panels in their order, cells from 1, rows x columns.
std::string placesOf(const FigureDesign& design) {
    std::string all;
    for (const PanelDesign& panel : design.panels)
        all += fmt::format("{}{} {},{} {}x{}", all.empty() ? "" : "; ", panel.figure, panel.row, panel.column,
                           panel.rows, panel.columns);
    return all;
}

/// What a design file may hold: nothing lies on anything.
bool isSound(const FigureDesign& design) {
    return figureDesignOf(nlohmann::json(figureJson(design, {})), {}).has_value();
}

FigureDesign ofFigures(std::initializer_list<const char*> figures) {
    FigureDesign design;
    for (const char* figure : figures)
        addPanel(design, single(figure));
    return design;
}

} // namespace

class TestDesignEdits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void panelsFillTwoColumns() {
        FigureDesign design;
        QCOMPARE(addPanel(design, single("ism")), size_t{0});
        QCOMPARE(addPanel(design, single("eqtl")), size_t{1});
        QCOMPARE(addPanel(design, single("locus")), size_t{2});
        QCOMPARE(placesOf(design), std::string("ism 1,1 1x1; eqtl 1,2 1x1; locus 2,1 1x1"));
        QVERIFY(isSound(design));
        // A cell that is free comes first, and its panel is read, and lettered, before those below.
        QVERIFY(resizePanel(design, 2, 1, 2));
        removePanel(design, 1);
        QCOMPARE(addPanel(design, single("carriers")), size_t{1});
        QCOMPARE(placesOf(design), std::string("ism 1,1 1x1; carriers 1,2 1x1; locus 2,1 1x2"));
        QCOMPARE(design.letterOf(1), std::string("b"));
    }

    /// Of what it is, is said once; of another gene, model or study the panel says so itself.
    void whatIsAlikeIsSaidOnce() {
        FigureDesign design;
        addPanel(design, single("figure_2A", ""));
        addPanel(design, single("ism"));
        QCOMPARE(design.gene, std::string("COMT")); // the first one is of all genes
        addPanel(design, single("ism", "DGCR8"));
        addPanel(design, single("ism", "COMT", "demo-cnn"));
        FigureDesign elsewhere = single("ism");
        elsewhere.study = "/data/b.study.json";
        addPanel(design, elsewhere);
        QCOMPARE(design.model, std::string("xpresso"));
        QCOMPARE(design.study.string(), std::string("/data/a.study.json"));
        const std::vector<std::string> genes{"COMT", "COMT", "DGCR8", "COMT", "COMT"};
        const std::vector<std::string> models{"xpresso", "xpresso", "xpresso", "demo-cnn", "xpresso"};
        for (size_t i = 0; i < design.panels.size(); ++i) {
            const PanelDesign& panel = design.panels[i];
            QCOMPARE(design.geneOf(panel), genes[i]);
            QCOMPARE(design.modelOf(panel), models[i]);
            QCOMPARE(panel.gene.empty(), genes[i] == "COMT");
            QCOMPARE(design.studyOf(panel).string(),
                     std::string(i == 4 ? "/data/b.study.json" : "/data/a.study.json"));
        }
        // What is gone says nothing of what comes.
        while (!design.panels.empty())
            removePanel(design, 0);
        addPanel(design, single("ism", "DGCR8", "demo-cnn"));
        QVERIFY(design.gene == "DGCR8" && design.model == "demo-cnn" && design.panels[0].gene.empty());
    }

    void howNumbersComeAboutIsWhatTheNewestSays() {
        FigureDesign design, first = single("ism"), second = single("eqtl");
        first.statistics.seed = 3;
        first.scores["xpresso"].tracks = "1";
        second.scores["xpresso"].tracks = "2";
        addPanel(design, first);
        addPanel(design, second);
        QCOMPARE(*design.statistics.seed, uint64_t{3}); // nothing else was asked for
        QCOMPARE(design.scores["xpresso"].tracks, std::string("2"));
    }

    void movingChangesPlaces() {
        FigureDesign design = ofFigures({"ism", "eqtl", "locus", "carriers"});
        QCOMPARE(movePanel(design, 0, 2, 2), size_t{3});
        QCOMPARE(placesOf(design), std::string("carriers 1,1 1x1; eqtl 1,2 1x1; locus 2,1 1x1; ism 2,2 1x1"));
        // To where nobody is: the grid grows by a row, by one at most, and what is empty closes up.
        QCOMPARE(movePanel(design, 0, 9, 1), size_t{3});
        QCOMPARE(placesOf(design), std::string("eqtl 1,2 1x1; locus 2,1 1x1; ism 2,2 1x1; carriers 3,1 1x1"));
        QCOMPARE(movePanel(design, 3, 1, 1), size_t{0});
        QCOMPARE(placesOf(design), std::string("carriers 1,1 1x1; eqtl 1,2 1x1; locus 2,1 1x1; ism 2,2 1x1"));
        // A column of its own.
        QCOMPARE(movePanel(design, 0, 1, 7), size_t{1});
        QCOMPARE(placesOf(design), std::string("eqtl 1,2 1x1; carriers 1,3 1x1; locus 2,1 1x1; ism 2,2 1x1"));
        QVERIFY(isSound(design));
    }

    /// A wide one takes its width with it where there is room, and leaves it where there is none.
    void wideOnes() {
        FigureDesign design = ofFigures({"ism", "eqtl", "locus"});
        QVERIFY(!resizePanel(design, 0, 1, 2)); // eqtl is there
        QCOMPARE(placesOf(design), std::string("ism 1,1 1x1; eqtl 1,2 1x1; locus 2,1 1x1"));
        QVERIFY(resizePanel(design, 2, 1, 2));
        QCOMPARE(movePanel(design, 2, 1, 1), size_t{0}); // changes places, sizes and all
        QVERIFY(isSound(design));
        QCOMPARE(design.panels[0].figure, std::string("locus"));
        QVERIFY(resizePanel(design, 0, 1, 1));
        QVERIFY(isSound(design));
    }

    /// A grid that somebody divided stays divided.
    void sharesFollow() {
        FigureDesign design = ofFigures({"ism", "eqtl", "locus"});
        design.columnWidths = {1, 2};
        design.rowHeights = {3, 1};
        removePanel(design, 2);
        QCOMPARE(design.rowHeights, (std::vector<double>{3}));
        removePanel(design, 0);
        QCOMPARE(design.columnWidths, (std::vector<double>{2}));
        addPanel(design, single("carriers"));
        QCOMPARE(design.columnWidths, (std::vector<double>{2, 2}));
        QVERIFY(isSound(design));
    }

    /// Whatever is done in whatever order.
    void nothingEverLiesOnAnything() {
        FigureDesign design = ofFigures({"ism", "eqtl", "locus", "carriers", "figure_2A"});
        uint32_t state = 7;
        const auto next = [&](uint32_t below) {
            state = state * 1664525 + 1013904223;
            return static_cast<int>((state >> 16) % below);
        };
        for (int step = 0; step < 2000; ++step) {
            const auto panel = static_cast<size_t>(next(static_cast<uint32_t>(design.panels.size())));
            const std::string figure = design.panels[panel].figure;
            switch (next(4)) {
            case 0:
                (void)resizePanel(design, panel, 1 + next(3), 1 + next(3));
                break;
            case 1:
                if (design.panels.size() > 2)
                    removePanel(design, panel);
                break;
            case 2:
                if (design.panels.size() < 9)
                    addPanel(design, single("ism"));
                break;
            default:
                QCOMPARE(design.panels[movePanel(design, panel, 1 + next(4), 1 + next(4))].figure, figure);
            }
            QVERIFY2(isSound(design), placesOf(design).c_str());
        }
    }

    /// What holds for one gene alone stays behind, and is counted.
    void templates() {
        FigureDesign design = ofFigures({"locus", "ism-eqtl", "before-after", "saturation"});
        design.name = "My figure";
        PanelDesign& locus = design.panels[0];
        locus.region = "22:1-100";
        locus.xLimits = std::pair(1.0, 2.0);
        locus.tracks = {{"pip", 1, true}};
        locus.title = "*The* locus";
        design.panels[1].variants = {"rs1"};
        design.panels[2].ablate = {"drivers"};
        design.panels[3].saturate = "rs7";
        const TemplateDesign made = templateOf(design);
        QCOMPARE(made.leftOut, size_t{4});
        QVERIFY(made.design.study.empty() && made.design.gene.empty() && made.design.model.empty());
        QCOMPARE(made.design.panels[0].title, std::string("*The* locus"));
        QCOMPARE(made.design.panels[0].tracks.size(), size_t{1});
        QVERIFY(made.design.panels[0].region.empty() && !made.design.panels[0].xLimits);
        QCOMPARE(made.design.panels[2].ablate, (std::vector<std::string>{"drivers"}));
        QVERIFY(made.design.panels[3].saturate.empty());
        const FigureDesign other = applied(made.design, "/b.study.json", "", "DGCR8");
        QCOMPARE(other.gene, std::string("DGCR8"));
        QVERIFY(other.model.empty()); // as the study says
        QCOMPARE(other.name, std::string("My figure"));
    }
};

QTEST_GUILESS_MAIN(TestDesignEdits)
#include "tst_design_edits.moc"
