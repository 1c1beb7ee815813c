// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/region_of_interest.h"

#include <QDialog>

#include <optional>
#include <vector>

class QPushButton;
class QTableWidget;

namespace diploscope::ui {

/// Regions of interest: their names and notes are edited in place, what is seen of the locus is added, one is
/// shown or removed, all are saved as BED. It keeps nothing: who owns the list hears of every change and sets
/// it anew. GUI thread.
class RegionsDialog : public QDialog {
    Q_OBJECT

public:
    explicit RegionsDialog(QWidget* parent = nullptr);

    void setRegions(const std::vector<RegionOfInterest>& regions);
    /// What "Add what is seen" adds; empty: nothing is seen.
    void setSeen(const std::optional<Region>& seen);
    [[nodiscard]] QTableWidget& table() const { return *m_table; }

Q_SIGNALS:
    /// By the user. \param step as the Edit menu calls it
    void changed(const QString& step, const std::vector<diploscope::ui::RegionOfInterest>& regions);
    void showWanted(const diploscope::Region& region);
    void exportWanted();

private:
    void take(int row, int column);
    void write(int row, int column, const QString& text);
    void showButtons();
    [[nodiscard]] std::optional<size_t> current() const;

    std::vector<RegionOfInterest> m_regions;
    std::optional<Region> m_seen;
    QTableWidget* m_table;
    QPushButton* m_add;
    QPushButton* m_remove;
    QPushButton* m_show;
    QPushButton* m_export;
    bool m_filling = false;
};

} // namespace diploscope::ui
