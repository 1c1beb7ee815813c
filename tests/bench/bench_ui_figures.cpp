// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of many marks: how large their files are, and how long the GUI thread, which draws them, is busy
// with one; what a worker does with it then is the second time. Numbers of SNVs as arguments: 2,000, 20,000
// and 500,000 where there are none.
#include "figures/drawn_design.h"
#include "figures/figure_registry.h"
#include "ui/genome_fixture.h"
#include "ui/report_fixture.h"
#include "ui/watchdog.h"
#include "ui/window_test.h"
#include "views/window_actions.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

void draw(const char* marks, const FigureEntry& entry, ReadyFigure ready) {
    if (!ready.empty.isEmpty())
        return;
    FigureDesign design = designOf(ready.design);
    const DesignedFigure figure{std::move(design), {{&entry, std::move(ready)}}, {}};
    for (const FigureFormat format : {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png}) {
        QElapsedTimer timer;
        timer.start();
        const Result<DrawnFigure> drawn = drawDesign(figure, format);
        const double drawing = static_cast<double>(timer.nsecsElapsed()) * 1e-6;
        timer.start();
        const Result<QByteArray> bytes = drawn ? drawn->bytes() : fail(drawn.error());
        const double encoding = static_cast<double>(timer.nsecsElapsed()) * 1e-6;
        if (bytes)
            std::printf("%s\t%s\t%s\t%.0f\t%.0f\t%.0f\n", marks, entry.name, endingOf(format), drawing,
                        encoding, static_cast<double>(bytes->size()) / 1e3);
        else
            std::printf("%s\t%s\t%s\t%s\n", marks, entry.name, endingOf(format),
                        bytes.error().message().c_str());
    }
}

void drawMany(const std::vector<int>& counts) {
    std::printf("of\tfigure\tformat\tGUI thread, ms\tworker, ms\tkB\n");
    for (const int count : counts) {
        GeneReport report = test::inventReport({.people = 20, .snvs = count});
        test::inventStatistics(report);
        const GeneFigureSpec spec{.report = std::make_shared<const GeneReport>(std::move(report))};
        const std::string marks = std::to_string(count) + " SNVs";
        for (const FigureEntry& entry : figuresOf(FigureKind::Gene))
            draw(marks.c_str(), entry, entry.make(spec));
    }
    const GenomeFigureSpec spec{.table = test::inventTable(20'000)};
    for (const FigureEntry& entry : figuresOf(FigureKind::Genome))
        draw("20000 genes", entry, entry.make(spec));
}

class Exports : public test::WindowTest {
public:
    Exports() { makeHome(); }

    void measure() {
        const auto window = windowWithAGene();
        need(window != nullptr, "no window");
        auto* actions = window->findChild<WindowActions*>();
        test::Watchdog watchdog;
        save(*window, actions->saveGene, watchdog, "figures of a gene");
        watchdog.phase("all genes");
        window->session().results().analyzeAll();
        window->turnTo(Document::Page::Genome);
        need(test::waitUntil([&] {
                 return window->genome().table()->rowCount() == size_t(test::DemoHome::genes) &&
                        !window->jobs().isBusy();
             }),
             "no results");
        save(*window, actions->saveGenome, watchdog, "figures of all genes");
        watchdog.stop();
        std::printf("the window does not answer for, at most, ms to blame (as seen): %s%s\n",
                    watchdog.text().c_str(),
                    watchdog.isExact() ? "" : "; the kernel does not tell waits for a processor");
        need(closed(*window), "the window stays open");
    }

private:
    static void need(bool holds, const char* otherwise) {
        if (!holds)
            throw std::runtime_error(otherwise);
    }
    void save(MainWindow& window, QAction* action, test::Watchdog& watchdog, const std::string& what) {
        watchdog.phase("dialogs before " + what);
        action->trigger();
        need(test::waitUntil([&] { return window.findChild<QFileDialog*>() != nullptr; }), "no dialog");
        const std::filesystem::path folder = m_home / action->text().toStdString();
        std::filesystem::create_directories(folder);
        auto* dialog = window.findChild<QFileDialog*>();
        Q_EMIT dialog->fileSelected(QString::fromStdString(folder.string()));
        delete dialog;
        const auto question = [&] { return window.findChild<QMessageBox*>(QStringLiteral("askToWrite")); };
        need(test::waitUntil([&] { return question() != nullptr; }), "no question");
        QMessageBox* asked = question();
        watchdog.phase(what);
        QTest::mouseClick(asked->buttons().front(), Qt::LeftButton);
        delete asked;
        need(calm(window), "no end");
        need(!std::filesystem::is_empty(folder), "no figures");
    }
};

} // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    std::vector<int> counts;
    for (int i = 1; i < argc; ++i)
        counts.push_back(std::atoi(argv[i]));
    drawMany(counts.empty() ? std::vector{2'000, 20'000, 500'000} : counts);
    Exports().measure();
    return 0;
}
