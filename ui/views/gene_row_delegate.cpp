// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/gene_row_delegate.h"

#include "viewmodels/gene_list_model.h"

#include <QPainter>
#include <QPainterPath>

#include <array>
#include <numeric>

namespace diploscope::ui {

void GeneRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.state &= ~QStyle::State_HasFocus; // the row is marked as a whole
    const QVariant r = index.data(GeneListModel::RRole);
    const bool isSupport = index.column() == GeneListModel::SupportedColumn;
    const QVariant support = isSupport ? index.data(GeneListModel::SupportRole) : QVariant();
    const bool isMarked = (cell.state & QStyle::State_Selected) != 0;
    if (index.column() == GeneListModel::RColumn && r.isValid()) {
        // Too near to the ground of a marked row; the sign is written there, too.
        const QColor colour = isMarked           ? m_theme.text
                              : r.toDouble() < 0 ? m_theme.unsupported.colour
                                                 : m_theme.supported.colour;
        cell.palette.setColor(QPalette::Text, colour);
        cell.palette.setColor(QPalette::HighlightedText, colour);
    } else if (index.column() != GeneListModel::GeneColumn) {
        cell.palette.setColor(QPalette::Text, m_theme.muted);
        cell.palette.setColor(QPalette::HighlightedText, m_theme.muted);
    } else if (isMarked) {
        cell.font.setBold(true);
    }
    if (support.isValid())
        cell.text.clear();
    const QWidget* widget = cell.widget;
    widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, widget);
    // The row is marked already; the text stands where the headings do.
    cell.state &= ~QStyle::State_Selected;
    if (index.column() == GeneListModel::GeneColumn) {
        cell.rect.adjust(2, 0, 0, 0);
    } else {
        cell.rect.adjust(0, 0, -7, 0);
        cell.font.setPixelSize(12);
    }
    widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, widget);
    if (support.isValid())
        drawSupport(painter, cell.rect, support.value<QList<double>>());
}

void GeneRowDelegate::drawSupport(QPainter* painter, const QRect& cell, const QList<double>& counts) const {
    constexpr double height = 7;
    constexpr double gap = 2; // tells the parts apart without colour: their order is always the same
    const QRectF whole(cell.left() + 6, cell.center().y() + 0.5 - height / 2, cell.width() - 6, height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(whole, height / 2, height / 2);
    painter->setClipPath(outline);
    const std::array colours{m_theme.supported.colour, m_theme.unsupported.colour, m_theme.quiet};
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    double left = whole.left();
    for (qsizetype part = 0; part < counts.size(); ++part) {
        const double width = whole.width() * counts[part] / total;
        painter->fillRect(QRectF(left, whole.top(), width, height), colours[static_cast<size_t>(part)]);
        if (left > whole.left() && width > 0)
            painter->fillRect(QRectF(left - gap / 2, whole.top(), gap, height), m_theme.card);
        left += width;
    }
    painter->restore();
}

} // namespace diploscope::ui
