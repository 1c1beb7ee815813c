// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "viewmodels/model_choices.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QMenuBar;
class QPushButton;
class QStringListModel;

namespace diploscope::ui {

/// The window's upper edge: program name, menus, search, model, device, export, help. Shows what it is
/// told and says what was asked for.
class TopBar : public QWidget {
    Q_OBJECT

public:
    /// \param menus becomes a child, beside the program's name \param pages checkable; one tab each
    TopBar(QMenuBar* menus, const QList<QAction*>& pages, QMenu* exportMenu, QWidget* parent);

    /// What is offered while one types. \param names of the open study; none: no study is open, and there is
    /// nothing to find
    void setGenes(const QStringList& names);
    /// \param ids of the gene shown
    void setVariants(const QStringList& ids);
    /// \param withManager whether the model manager is offered below them
    void setModels(const std::vector<ModelChoice>& models, bool withManager = true);
    /// \param choice as given to Session::chooseModel(); empty: none
    void setModelChoice(const QString& choice);
    /// \param text what the model's score is, in short; empty: its one output. \param ready a model is open
    void setScore(const QString& text, bool ready);
    /// \param ready a model is open on that device
    void setDevice(const QString& text, bool ready, const ChartStyle& style);
    void focusSearch();
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }

Q_SIGNALS:
    /// As typed: a gene, an SNV, a place.
    void placeRequested(const QString& text);
    void modelRequested(const QString& folderOrName);
    void modelManagerRequested();
    void scoreClicked();
    void deviceClicked();
    void helpRequested();

private:
    void search(const QString& text);
    void chooseRow(int row);

    QLineEdit* m_search;
    QStringList m_genes, m_variants;
    QStringListModel* m_places;
    QComboBox* m_model;
    QString m_modelChoice;
    QPushButton* m_score;
    QPushButton* m_device;
};

} // namespace diploscope::ui
