// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/driver_list_model.h"
#include "viewmodels/selection.h"
#include "viewmodels/session.h"
#include "views/panel_card.h"

class QSortFilterProxyModel;
class QTableView;

namespace diploscope::ui {

class VerdictDelegate;

/// The table of drivers. A row selects its SNV; sorts on raw numbers; copies and saves as TSV. GUI thread.
class DriverPanel final : public PanelCard {
    Q_OBJECT

public:
    DriverPanel(Session& session, Selection& selection, QWidget* parent = nullptr);

    void setReport(std::shared_ptr<const GeneReport> report);
    void setChartStyle(const ChartStyle& style) override;

    [[nodiscard]] QTableView& table() const { return *m_table; }
    [[nodiscard]] QString support() const { return m_support->fullText(); }
    [[nodiscard]] DriverListModel& model() const { return *m_model; }
    /// Selected rows, or all where none is, in the order shown.
    void copy();
    /// The whole table in the order shown, written by a job.
    void saveTo(const QString& file);

protected:
    void resizeEvent(QResizeEvent* event) override;

Q_SIGNALS:
    void saved(const QString& file);
    void failed(const diploscope::Error& error);

private:
    [[nodiscard]] QList<int> rows(bool selectedOnly) const;
    void askAndSave();
    void fitColumns();
    void showSelection();
    void openMenu(const QPoint& at);

    Session& m_session;
    Selection& m_selection;
    DriverListModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    VerdictDelegate* m_delegate;
    QLabel* m_note;         ///< why there is no driver
    ElidedLabel* m_support; ///< what fraction is supported by sign
    std::shared_ptr<const GeneReport> m_report;
    bool m_following = false; ///< the table follows the selection, not the other way round
};

} // namespace diploscope::ui
