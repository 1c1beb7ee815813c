// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/preferences.h"

#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;

namespace diploscope::ui {

/// The window's actions with their words and keys, and the menus made of them. What they do is the window's
/// business.
class WindowActions : public QObject {
    Q_OBJECT

public:
    /// Keys work wherever the focus is in `window`, which owns the menus.
    explicit WindowActions(QWidget* window);

    void setTheme(Preferences::ThemeChoice choice);
    void setRecentStudies(const QStringList& files);
    /// In the order of the menus.
    [[nodiscard]] const QList<QAction*>& all() const { return m_all; }

    QMenuBar* menuBar;
    QMenu* exportMenu;

    QAction *openStudy, *newStudy, *openDemo, *closeStudy, *openSession, *saveSession, *preferences, *quit;
    QAction *undo, *redo;
    QAction *region, *select, *dragMoves, *dragRectangle, *dragLasso;
    QActionGroup* drags; ///< what dragging in charts does; data: ChartView::Drag
    QAction *genePage, *genomePage, *experimentsPage, *figuresPage, *storedRuns, *currentRun, *back, *forward,
        *jobs, *search, *filter;
    QAction *previousGene, *nextGene, *analyseAll, *runOnCluster, *watchCluster, *cancel, *clearSelection,
        *models, *score;
    QAction *importPublished, *addFiles, *trainPredixcan, *fitHead, *measureBackground;
    QAction *writeSequences, *readScores;
    QAction *guide, *shortcuts, *machine, *showLog, *showCrashNotes, *about;
    QAction *saveScatter, *saveEffects, *saveLocus, *saveGene, *saveGenome;
    QAction *reportGene, *reportStudy;
    QAction *exportTables, *exportSummary, *exportAnnData, *savePicture, *copyPicture;

Q_SIGNALS:
    void themeChosen(diploscope::ui::Preferences::ThemeChoice choice);
    void recentStudyChosen(const QString& file);

protected:
    /// Qt's fields take the keys of undo and redo whatever they hold. One that has nothing of its own to undo
    /// leaves them to the window.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAction* make(const QString& text, const QList<QKeySequence>& keys = {});
    void fillMenus();

    QWidget* m_window;
    QList<QAction*> m_all;
    QMenu* m_recent = nullptr;
    QActionGroup* m_themes = nullptr;
};

} // namespace diploscope::ui
