// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/drawn_design.h"

#include <QWidget>

#include <functional>
#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace diploscope::ui {

/// What a figure says of one of its panels: its labels, what is left away, what its axes show, and over how
/// many cells it goes. Shows a design and tells every change of it. GUI thread.
class PanelForm : public QWidget {
    Q_OBJECT

public:
    /// \param inGrid whether it is of a figure of several panels, with cells and a subject to choose
    explicit PanelForm(bool inGrid, QWidget* parent = nullptr);

    /// \param panel none: says how one is chosen, and nothing else is there
    /// \param place what the panel's labels say by themselves; null: not known yet
    void show(const FigureDesign& design, std::optional<size_t> panel, const PanelPlace* place);

Q_SIGNALS:
    void edited(const QString& name, const diploscope::FigureDesign& design);
    /// What was written cannot be read.
    void refused(const diploscope::Error& error);

private:
    using Edit = std::function<void(PanelDesign&)>;
    void change(const QString& name, const Edit& edit);
    void addSubject();
    void addLabels();
    void addParts();
    void addAxes();
    void addCells();
    void fill(const PanelDesign& panel, const PanelPlace* place);
    void takeLabel(QLineEdit* field, std::string PanelDesign::*label);
    void takeLimits(QLineEdit* field, PanelDesign::Limits PanelDesign::*limits);

    bool m_inGrid;
    FigureDesign m_design;
    std::optional<size_t> m_panel;
    bool m_showing = false;
    QLabel* m_what;
    QLineEdit *m_gene, *m_model;
    QLineEdit *m_title, *m_xLabel, *m_yLabel;
    QCheckBox *m_showsTitle, *m_showsStatistics, *m_showsLegend, *m_showsColourBar;
    QLineEdit *m_x, *m_y;
    QSpinBox *m_rows, *m_columns;
};

} // namespace diploscope::ui
