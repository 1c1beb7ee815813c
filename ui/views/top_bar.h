// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "viewmodels/model_choices.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QMenuBar;
class QPushButton;
class QStringListModel;

namespace diploscope::ui {

class ElidedButton;
class ElidedComboBox;

/// The window's upper edge: program name, menus, search, model, device, export, help. Shows what it is
/// told and says what was asked for. Where it is narrow it says less, in whole words: the program's name goes
/// first, the score and the device are said by their tips, and the search field is called in short.
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
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// As typed: a gene, an SNV, a place.
    void placeRequested(const QString& text);
    void modelRequested(const QString& folderOrName);
    void modelManagerRequested();
    void scoreClicked();
    void deviceClicked();
    void helpRequested();

protected:
    bool event(QEvent* event) override;

private:
    /// What the bar says in a width.
    struct Form {
        bool name = true;    ///< the program's
        bool score = true;   ///< all of it; else that there is one
        bool device = true;  ///< its name; else its dot alone
        bool example = true; ///< what may be searched for
    };
    void search(const QString& text);
    void chooseRow(int row);
    /// Says as much as there is room for.
    void fit();
    void take(const Form& form);
    /// Pixels in which all words of a form are whole.
    [[nodiscard]] int widthOf(const Form& form) const;
    /// Of what no form changes.
    [[nodiscard]] int widthOfRest() const;
    [[nodiscard]] int searchWidth(const Form& form) const;
    [[nodiscard]] int modelWidth() const;
    [[nodiscard]] int scoreWidth(const Form& form) const;
    [[nodiscard]] int deviceWidth(const Form& form) const;
    [[nodiscard]] QString scoreText(const Form& form) const;
    [[nodiscard]] QString searchText(const Form& form) const;

    QLabel* m_name;
    QLineEdit* m_search;
    QStringList m_genes, m_variants;
    QStringListModel* m_places;
    ElidedComboBox* m_model;
    QString m_modelChoice;
    ElidedButton* m_score;
    QString m_scoreText;
    ElidedButton* m_device;
    QString m_deviceText;
};

} // namespace diploscope::ui
