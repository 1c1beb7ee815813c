// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it keeps between runs.
#include "main_window.h"

#include "viewmodels/last_shown.h"
#include "views/app_theme.h"
#include "views/gene_list_panel.h"
#include "views/window_actions.h"
#include "views/window_keys.h"

#include <QSettings>
#include <QSplitter>

#include <utility>

namespace diploscope::ui {

void MainWindow::applyPreferences(const Preferences& preferences) {
    Preferences chosen = preferences;
    chosen.takeOtherPlaces(m_preferences); // what may be another since the dialog was opened
    const bool newSettings = chosen.settings != m_preferences.settings;
    m_preferences = std::move(chosen);
    m_theme.choose(m_preferences.theme);
    m_actions->setTheme(m_preferences.theme);
    if (newSettings)
        m_session.applySettings(m_preferences.settings);
    remember();
}

void MainWindow::remember() {
    if (!m_options.remember)
        return;
    m_keeper.keep([preferences = m_preferences, geometry = saveGeometry(), splitter = m_splitter->saveState(),
                   columns = m_genes->columnNames(), place = LastShown::of(m_session),
                   cluster = m_cluster.watched()] {
        preferences.save();
        place.save();
        QSettings settings;
        settings.setValue(keys::geometry, geometry);
        settings.setValue(keys::splitter, splitter);
        settings.setValue(keys::columns, columns);
        settings.setValue(keys::clusterRuns, cluster);
    });
}

void MainWindow::restoreSession() {
    for (const QString& folder : QSettings().value(keys::clusterRuns).toStringList())
        m_cluster.watch(folder.toStdString());
    if (const LastShown last = LastShown::load(); !last.study.isEmpty())
        openStudy(last.study, last.gene, last.model);
}

} // namespace diploscope::ui
