// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"

#include <QStyledItemDelegate>

namespace diploscope::ui {

/// Draws the gene list's rows: r in the verdict's colour of its sign, drivers as a bar of three parts:
/// supported, unsupported, undecidable (their numbers are in the tool tip).
class GeneRowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setTheme(const Theme& theme) { m_theme = theme; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    /// \param counts  of drivers supported, unsupported, undecidable
    void drawSupport(QPainter* painter, const QRect& cell, const QList<double>& counts) const;

    Theme m_theme = lightTheme();
};

} // namespace diploscope::ui
