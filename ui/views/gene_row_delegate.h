// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"

#include <QStyledItemDelegate>

namespace diploscope::ui {

/// Draws the gene list's rows: r in the verdict's colour of its sign, the share of supported drivers as a bar
/// of both colours (the number is in the tool tip and sorts).
class GeneRowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setTheme(const Theme& theme) { m_theme = theme; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    void drawShare(QPainter* painter, const QRect& cell, double supported) const;

    Theme m_theme = lightTheme();
};

} // namespace diploscope::ui
