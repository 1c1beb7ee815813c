// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/figure_export.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace diploscope::ui {

/// Asks how large a figure is printed, and as what.
class FigureSizeDialog : public QDialog {
    Q_OBJECT

public:
    FigureSizeDialog(const FigureSize& size, QWidget* parent);
    [[nodiscard]] FigureSize figureSize() const;
    /// "svg", "pdf" or "png"
    [[nodiscard]] QString ending() const;

private:
    QComboBox* m_format;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_height;
    QSpinBox* m_dpi;
};

} // namespace diploscope::ui
