// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/before_after.h"
#include "viewmodels/effect_text.h"
#include "views/ablation_panel.h"
#include "views/audit_panel.h"
#include "views/base_strip.h"
#include "views/experiments_page.h"
#include "views/saturation_panel.h"
#include "views/what_if_panel.h"
#include "views/window_actions.h"
#include "window_test.h"

#include <QAction>
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QToolButton>

namespace diploscope::test {

/// The page of what is tried on a gene, in the window itself.
class ExperimentsTest : public WindowTest {
protected:
    static ui::ExperimentsPage& page(ui::MainWindow& window) {
        return *window.findChild<ui::ExperimentsPage*>();
    }
    static const ui::ExperimentRequests& requests(ui::MainWindow& window) {
        return window.documents().document().experiments;
    }
    static bool ready(ui::MainWindow& window) {
        return waitUntil([&] { return window.experiments().locus() != nullptr; });
    }
    static bool through(ui::MainWindow& window) {
        return waitUntil([&] {
            const ui::Experiments& all = window.experiments();
            const bool runs = all.whatIf().running || all.ablation().running || all.saturation().running ||
                              all.audit().running;
            return !runs && !window.jobs().isBusy();
        });
    }
    static void undo(ui::MainWindow& window) { QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier); }
    static void redo(ui::MainWindow& window) {
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    }
    static void showKind(ui::MainWindow& window, ui::ExperimentKind kind) {
        QTest::mouseClick(page(window).kinds().button(static_cast<int>(kind)), Qt::LeftButton);
    }
    static void choose(QComboBox& box, const QVariant& data) {
        const int row = box.findData(data);
        QVERIFY2(row >= 0, qPrintable(data.toString()));
        box.setCurrentIndex(row);
        Q_EMIT box.activated(row);
    }
    /// Of the first gene that has some, on the page of experiments, with its locus ready.
    std::unique_ptr<ui::MainWindow> windowWithDrivers(size_t drivers = 2) {
        auto window = makeWindow();
        window->resize(1280, 860);
        window->openStudy(m_home.study());
        if (!opened(*window))
            return nullptr;
        for (size_t row = 0; row < size_t(DemoHome::genes); ++row) {
            typeGene(*window, gene(*window, row));
            if (!verdict(*window))
                return nullptr;
            if (window->session().shown().report()->drivers.size() >= drivers)
                break;
        }
        QTest::keyClick(window.get(), Qt::Key_3, Qt::ControlModifier);
        return ready(*window) && page(*window).isVisible() ? std::move(window) : nullptr;
    }
    /// The same locus once more, for core's own word.
    static std::unique_ptr<ui::WarmLocus> sameLocus(ui::MainWindow& window) {
        auto made = ui::readWarmLocus(*window.session().workspace(), window.session().shown().gene()->id, {});
        return made ? std::move(*made) : nullptr;
    }
    static Variant driver(ui::MainWindow& window, size_t rank = 0) {
        const auto report = window.session().shown().report();
        return report->variants[report->drivers.at(rank).variant];
    }
    static void clickBase(ui::MainWindow& window, int64_t place, char base) {
        ui::BaseStrip& strip = page(window).whatIf().strip();
        const QRect cell = strip.cell(place, base);
        QVERIFY(!cell.isEmpty());
        QTest::mouseClick(&strip, Qt::LeftButton, {}, cell.center());
    }
    static void type(ui::MainWindow& window, const QString& text) {
        QLineEdit& field = page(window).whatIf().field();
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, text);
        QTest::keyClick(&field, Qt::Key_Return);
    }
};

} // namespace diploscope::test
