// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo_home.h"
#include "main_window.h"
#include "views/app_theme.h"
#include "views/window_actions.h"
#include "waiting.h"

#include <QAction>
#include <QDialog>

#include <functional>
#include <memory>
#include <utility>

namespace diploscope::test {

/// A window with what is the same for everybody, not what other runs left behind: sizes and columns.
inline std::unique_ptr<ui::MainWindow> freshWindow(ui::AppTheme& theme, const DemoHome& home, QSize size) {
    ui::MainWindow::Options options;
    options.remember = false;
    options.demoFolder = home.demoFolder();
    auto window = std::make_unique<ui::MainWindow>(theme, options);
    window->resize(size);
    window->show();
    return window;
}
inline bool closedAtRest(ui::MainWindow& window) {
    window.close();
    return waitUntil([&] { return !window.jobs().isBusy(); });
}

/// What is wrong with a page that comes to rest in steps: words that break make room, what scrolls follows,
/// and meanwhile one lies on the other.
inline QStringList faultsAtRest(const std::function<QStringList()>& faultsNow) {
    QStringList faults;
    (void)waitUntil([&] { return (faults = faultsNow()).isEmpty(); }, 3000);
    return faults;
}

/// Goes through all pages and dialogs of a window that has just been made, with the demo study, and has each
/// looked at. \param look the window or the dialog, and what is shown: "gene", "experiment 2", "select"
/// \return what did not come; empty: nothing
inline QString walkThrough(ui::MainWindow& window, const QString& study,
                           const std::function<void(QWidget&, const QString&)>& look) {
    using namespace ui;
    const auto idle = [&] { return waitUntil([&] { return !window.jobs().isBusy(); }); };
    const auto shows = [&](QWidget& shown, const QString& name) {
        QTest::qWait(60);
        look(shown, name);
    };
    if (!idle())
        return QStringLiteral("welcome");
    shows(window, QStringLiteral("welcome"));
    window.openStudy(study);
    if (!waitUntil([&] { return window.session().model().predictor() != nullptr; }))
        return QStringLiteral("study");
    shows(window, QStringLiteral("study"));

    window.session().showGene(QString::fromStdString(window.session().genes().all().front().id));
    const bool isReported = waitUntil([&] {
        return window.session().shown().report() && window.session().shown().report()->complete &&
               !window.jobs().isBusy();
    });
    if (!isReported)
        return QStringLiteral("gene");
    shows(window, QStringLiteral("gene"));
    const auto report = window.session().shown().report();
    window.selection().selectVariant(report->variants.at(0));
    shows(window, QStringLiteral("carriers"));
    window.selection().selectVariants({report->variants.at(0), report->variants.at(1)});
    shows(window, QStringLiteral("two SNVs"));
    window.selection().selectPeople({report->people[3].sample});
    if (!idle())
        return QStringLiteral("person");
    shows(window, QStringLiteral("person"));
    window.selection().selectPeople({report->people[3].sample, report->people[4].sample});
    if (!idle())
        return QStringLiteral("two people");
    shows(window, QStringLiteral("two people"));
    window.selection().clear();

    window.turnTo(Document::Page::Experiments);
    if (!waitUntil([&] { return window.experiments().locus() != nullptr; }))
        return QStringLiteral("experiments");
    const VariantResult& tried = report->variants.at(report->variants.size() / 2); // with room round it
    Document trying = window.documents().document();
    trying.experiments.whatIf = {{tried}, "all"};
    trying.experiments.ablation = AblationWish{AblationWish::Of::Chosen, {tried}, false};
    trying.experiments.saturation = SaturationWish{.where = SaturationWish::Where::Variant,
                                                   .reach = 20,
                                                   .variant = tried,
                                                   .region = {},
                                                   .on = "variant",
                                                   .coherence = true};
    trying.experiments.audit = true;
    for (const auto kind : {ExperimentKind::WhatIf, ExperimentKind::Ablation, ExperimentKind::Saturation,
                            ExperimentKind::Audit}) {
        const QString name = QStringLiteral("experiment %1").arg(static_cast<int>(kind));
        trying.experiments.shown = kind;
        window.documents().change(QStringLiteral("Try"), trying);
        if (!idle())
            return name;
        shows(window, name);
    }

    window.session().results().analyzeAll();
    window.turnTo(Document::Page::Genome);
    const bool isAnalysed = waitUntil([&] {
        return window.session().results().rows().size() == DemoHome::genes && !window.jobs().isBusy();
    });
    if (!isAnalysed)
        return QStringLiteral("genome");
    QTest::qWait(800);
    shows(window, QStringLiteral("genome"));

    auto* actions = window.findChild<WindowActions*>();
    const std::pair<QAction*, QString> dialogs[] = {{actions->newStudy, QStringLiteral("assistant")},
                                                    {actions->models, QStringLiteral("models")},
                                                    {actions->score, QStringLiteral("score")},
                                                    {actions->storedRuns, QStringLiteral("stored runs")},
                                                    {actions->select, QStringLiteral("select")},
                                                    {actions->preferences, QStringLiteral("preferences")},
                                                    {actions->shortcuts, QStringLiteral("shortcuts")},
                                                    {actions->machine, QStringLiteral("machine")},
                                                    {actions->guide, QStringLiteral("guide")},
                                                    {actions->about, QStringLiteral("about")}};
    for (const auto& [action, name] : dialogs) {
        action->trigger();
        QDialog* dialog = nullptr;
        const bool isOpen = waitUntil([&] {
            for (auto* one : window.findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly))
                if (one->isVisible())
                    dialog = one;
            return dialog != nullptr && !window.jobs().isBusy();
        });
        if (!isOpen)
            return name;
        shows(*dialog, name);
        delete dialog;
    }
    return {};
}

} // namespace diploscope::test
