// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figure/figure_design.h"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace diploscope::ui {

/// What a figure says of all its panels: size, type, lines, letters, grid. Shows a design and tells every
/// change of it; changes nothing by itself. GUI thread.
class FigureForm : public QWidget {
    Q_OBJECT

public:
    explicit FigureForm(QWidget* parent = nullptr);

    /// \param ownSize what the design is drawn at where it says no size, mm
    void show(const FigureDesign& design, const QSizeF& ownSize);

Q_SIGNALS:
    /// \param name of the step, as the Edit menu says it: "Width of the figure"
    void edited(const QString& name, const diploscope::FigureDesign& design);

private:
    using Edit = std::function<void(FigureDesign&)>;
    void change(const QString& name, const Edit& edit);
    void addSize();
    void addType();
    void addGrid();

    FigureDesign m_design;
    bool m_showing = false;
    QComboBox* m_preset;
    QDoubleSpinBox *m_width, *m_height;
    QSpinBox* m_dpi;
    QComboBox* m_font;
    QDoubleSpinBox* m_fontPt;
    QDoubleSpinBox *m_axisWidth, *m_lineWidth;
    QCheckBox* m_transparent;
    QComboBox* m_letters;
    QDoubleSpinBox *m_letterPt, *m_gap;
    QComboBox* m_shared;
    std::vector<QWidget*> m_ofSeveral; ///< rows that one panel has no use for
};

} // namespace diploscope::ui
