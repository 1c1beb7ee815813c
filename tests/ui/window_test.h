// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo_home.h"
#include "main_window.h"
#include "views/app_theme.h"
#include "views/effects_panel.h"
#include "views/gene_page.h"
#include "waiting.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

namespace diploscope::test {

/// The real window, offscreen, on a small simulated study with the shipped demo model.
class WindowTest : public QObject {
protected:
    DemoHome m_home;
    QString m_slowModel;
    std::unique_ptr<ui::AppTheme> m_theme;

    /// Before the first window.
    void makeHome() {
        DS_VERIFY(m_home.makeDemo());
        m_slowModel = m_home.makeSlowModel();
        const Result<ui::ChartStyle> style = ui::ChartStyle::screen(ui::lightTheme());
        DS_VERIFY(style);
        m_theme = std::make_unique<ui::AppTheme>(*style);
    }
    std::unique_ptr<ui::MainWindow> makeWindow() {
        ui::MainWindow::Options options;
        options.demoFolder = m_home.demoFolder();
        auto window = std::make_unique<ui::MainWindow>(*m_theme, options);
        window->show();
        return window;
    }
    /// As a person would: into the search field, Enter.
    static void typeGene(ui::MainWindow& window, const QString& text) {
        QTest::keyClick(&window, Qt::Key_L, Qt::ControlModifier);
        auto* field = window.findChild<QLineEdit*>(QStringLiteral("geneSearch"));
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    static QString gene(ui::MainWindow& window, size_t row) {
        return QString::fromStdString(window.session().study()->genes()[row].gene.name);
    }
    static bool opened(ui::MainWindow& window) {
        return waitUntil([&] { return window.session().model().predictor() != nullptr; });
    }
    static bool verdict(ui::MainWindow& window) {
        return waitUntil(
            [&] { return window.session().shown().report() && window.session().shown().report()->complete; });
    }
    /// No job is at work any more.
    static bool calm(ui::MainWindow& window) {
        return waitUntil([&] { return !window.jobs().isBusy(); });
    }
    /// With all that it shows of the study's first gene. \param study empty: the demo's \return null: it
    /// fails
    std::unique_ptr<ui::MainWindow> windowWithAGene(const QString& study = {}) {
        auto window = makeWindow();
        window->resize(1300, 900);
        window->openStudy(study.isEmpty() ? m_home.study() : study);
        if (!opened(*window))
            return nullptr;
        typeGene(*window, gene(*window, 0));
        if (!verdict(*window) || !calm(*window))
            return nullptr;
        window->genome().takeWaiting(); // or it would come in the midst of a test
        return calm(*window) ? std::move(window) : nullptr;
    }
    static bool closed(ui::MainWindow& window) {
        QSignalSpy finished(&window, &ui::MainWindow::finished);
        window.close();
        return waitUntil([&] { return !finished.isEmpty(); });
    }
    /// Clicks through a chart until something is hit.
    static bool clickAPoint(ui::MainWindow& window) {
        QWidget* chart = window.findChild<ui::GenePage*>()->effects().view().viewport();
        for (int y = 20; y < chart->height() - 40; y += 6)
            for (int x = 60; x < chart->width() - 10; x += 6) {
                QTest::mouseClick(chart, Qt::LeftButton, {}, {x, y});
                if (window.selection().variant())
                    return true;
            }
        return false;
    }
};

} // namespace diploscope::test
