// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_templates.h"

#include "base/atomic_file.h"
#include "base/json_text.h"
#include "figure/figure_file.h"

#include "support.h"

#include <algorithm>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestFigureTemplates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Those of the program are as the program writes them, say what they are for, and are of nothing.
    void areCanonical() {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(DIPLOSCOPE_TEST_DATA "/../resources/figures")) {
            const fs::path& file = entry.path();
            const auto design = readFigureFile(file);
            DS_VERIFY(design);
            const auto text = readWholeFile(file);
            DS_VERIFY(text);
            QCOMPARE(*text, jsonText(figureJson(*design, file.parent_path()), 2) + "\n");
            QVERIFY(!design->description.empty());
            QVERIFY(design->study.empty() && design->model.empty() && design->gene.empty());
            ++count;
        }
        QVERIFY(count >= 11);
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
