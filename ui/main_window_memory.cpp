// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it keeps between runs.
#include "main_window.h"

#include "views/app_theme.h"
#include "views/gene_list_panel.h"
#include "views/window_actions.h"
#include "window_keys.h"

#include <QSettings>
#include <QSplitter>

namespace diploscope::ui {

void MainWindow::applyPreferences(const Preferences& preferences) {
    Preferences looksChosen = preferences;
    looksChosen.theme = m_preferences.theme;
    looksChosen.recentStudies = m_preferences.recentStudies; // may have grown since the dialog was opened
    looksChosen.snvColour = m_preferences.snvColour;         // chosen on the gene page
    looksChosen.scores = m_preferences.scores;               // these too, in a dialog of their own
    const bool newSettings = !(looksChosen == m_preferences);
    m_preferences = std::move(looksChosen);
    m_preferences.theme = preferences.theme;
    m_theme.choose(m_preferences.theme);
    m_actions->setTheme(m_preferences.theme);
    if (newSettings)
        m_session.applySettings(m_preferences.settings);
    remember();
}

void MainWindow::remember() {
    if (!m_options.remember)
        return;
    struct LastShown {
        QString study, gene, model;
    };
    std::optional<LastShown> place;
    if (const std::shared_ptr<const Study> study = m_session.study()) {
        const Gene* gene = m_session.shown().gene();
        place = LastShown{QString::fromStdString(study->file().path.string()),
                          gene != nullptr ? QString::fromStdString(gene->id) : QString(),
                          m_session.model().choice()};
    }
    m_keeper.keep([preferences = m_preferences, geometry = saveGeometry(), splitter = m_splitter->saveState(),
                   columns = m_genes->columnNames(), place] {
        preferences.save();
        QSettings settings;
        settings.setValue(keys::geometry, geometry);
        settings.setValue(keys::splitter, splitter);
        settings.setValue(keys::columns, columns);
        if (!place) {
            settings.remove(keys::study);
            settings.remove(keys::gene);
            settings.remove(keys::model);
            return;
        }
        settings.setValue(keys::study, place->study);
        settings.setValue(keys::gene, place->gene);
        settings.setValue(keys::model, place->model);
    });
}

void MainWindow::restoreSession() {
    const QSettings settings;
    const QString study = settings.value(keys::study).toString();
    if (!study.isEmpty())
        openStudy(study, settings.value(keys::gene).toString(), settings.value(keys::model).toString());
}

} // namespace diploscope::ui
