// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "viewmodels/gene_list_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace diploscope::ui {

class ElidedLabel;
class GeneRowDelegate;

/// The study's genes with what is known of each: search by name or place, or by a condition on any column of
/// the genome table (`q < 0.05 and r < -0.2`); sort, choose, analyse all. The heading's menu shows and hides
/// columns. Follows the session's gene; a click, Enter or a step through the rows opens another one, typing
/// never does.
class GeneListPanel : public QWidget {
    Q_OBJECT

public:
    GeneListPanel(Session& session, Genome& genome, QWidget* parent);

    void setChartStyle(const ChartStyle& style);
    /// Whether every gene is being analysed now: the button then says so and stops it.
    void setAnalysing(bool analysing);
    /// Shows the gene `steps` rows further down (negative: up) in the order shown.
    void step(int steps);
    void focusFilter();
    /// As typed: a name, a place or a condition.
    [[nodiscard]] QString filterText() const;
    void setFilterText(const QString& text);
    [[nodiscard]] GeneListFilter& filter() { return *m_filter; }
    [[nodiscard]] QTableView& table() { return *m_table; }
    /// Columns that are shown, as GeneListModel::Column; the gene's always is.
    [[nodiscard]] QList<int> columns() const { return m_columns; }
    void setColumns(const QList<int>& columns);
    /// "r, q, supported", as settings keep them: a list of numbers would be of a type that no start of the
    /// program knows before it has made one, and that another version may count otherwise.
    [[nodiscard]] QString columnNames() const;
    /// Leaves the columns as they are where none of them is named.
    void showColumnsNamed(const QString& names);

Q_SIGNALS:
    void geneRequested(const QString& geneId);
    void filterChanged(const QString& text);
    void analyseAllRequested();
    void stopAllRequested();

protected:
    /// In a narrow list the count of drivers gives way to the gene's name; the tool tip has it.
    void resizeEvent(QResizeEvent* event) override;

private:
    void search(const QString& text);
    void showProblem();
    void showColumns();
    void fitColumns();
    /// What the table is sorted by, and which columns it shows.
    void openMenu(const QPoint& global);
    void open(const QModelIndex& index);
    void followSession();
    void markShown();
    void count();

    Session& m_session;
    Genome& m_genome;
    GeneListModel* m_model;
    GeneListFilter* m_filter;
    QLineEdit* m_search;
    QTableView* m_table;
    GeneRowDelegate* m_delegate;
    QLabel* m_problem; ///< with the condition that was typed
    ElidedLabel* m_count;
    QPushButton* m_analyse;
    QList<int> m_columns{GeneListModel::RColumn, GeneListModel::QColumn, GeneListModel::DriversColumn,
                         GeneListModel::SupportedColumn};
    bool m_analysing = false;
};

} // namespace diploscope::ui
