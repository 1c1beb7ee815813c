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

class GeneRowDelegate;

/// The study's genes with what is known of each: filter, sort, choose; analyse all. Follows the session's
/// gene.
class GeneListPanel : public QWidget {
    Q_OBJECT

public:
    GeneListPanel(Session& session, QWidget* parent);

    void setChartStyle(const ChartStyle& style);
    /// Whether every gene is being analysed now: the button then says so and stops it.
    void setAnalysing(bool analysing);
    /// Shows the gene `steps` rows further down (negative: up) in the order shown.
    void step(int steps);
    void focusFilter();
    [[nodiscard]] GeneListFilter& filter() { return *m_filter; }
    [[nodiscard]] QTableView& table() { return *m_table; }

Q_SIGNALS:
    void geneRequested(const QString& geneId);
    void analyseAllRequested();
    void stopAllRequested();

protected:
    /// In a narrow list the count of drivers gives way to the gene's name; the tool tip has it.
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeCurrent(const QModelIndex& current);
    void followSession();
    void count();

    Session& m_session;
    GeneListModel* m_model;
    GeneListFilter* m_filter;
    QLineEdit* m_search;
    QTableView* m_table;
    GeneRowDelegate* m_delegate;
    QLabel* m_count;
    QPushButton* m_analyse;
    bool m_analysing = false;
    bool m_following = false; ///< the row changes because the session did
};

} // namespace diploscope::ui
