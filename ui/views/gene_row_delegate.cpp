// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/gene_row_delegate.h"

#include "viewmodels/gene_list_model.h"

#include <QPainter>
#include <QPainterPath>

namespace diploscope::ui {

void GeneRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.state &= ~QStyle::State_HasFocus; // the row is marked as a whole
    const QVariant r = index.data(GeneListModel::RRole);
    const QVariant share = index.data(GeneListModel::FractionRole);
    const bool isShare = index.column() == GeneListModel::SupportedColumn;
    if (index.column() == GeneListModel::RColumn && r.isValid()) {
        const QColor colour = r.toDouble() < 0 ? m_theme.unsupported.colour : m_theme.supported.colour;
        cell.palette.setColor(QPalette::Text, colour);
        cell.palette.setColor(QPalette::HighlightedText, colour);
    } else if (index.column() != GeneListModel::GeneColumn) {
        cell.palette.setColor(QPalette::Text, m_theme.muted);
        cell.palette.setColor(QPalette::HighlightedText, m_theme.muted);
    } else if ((cell.state & QStyle::State_Selected) != 0) {
        cell.font.setBold(true);
    }
    if (isShare && share.isValid())
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
    if (isShare && share.isValid())
        drawShare(painter, cell.rect, share.toDouble());
}

void GeneRowDelegate::drawShare(QPainter* painter, const QRect& cell, double supported) const {
    constexpr double height = 7;
    const QRectF whole(cell.left() + 6, cell.center().y() + 0.5 - height / 2, cell.width() - 6, height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(whole, height / 2, height / 2);
    painter->setClipPath(outline);
    painter->fillRect(whole, m_theme.unsupported.colour);
    QRectF left = whole;
    left.setWidth(whole.width() * supported);
    painter->fillRect(left, m_theme.supported.colour);
    // A gap tells the two apart without colour: the supported part is the left one.
    if (supported > 0 && supported < 1)
        painter->fillRect(QRectF(left.right() - 1, whole.top(), 2, height), m_theme.card);
    painter->restore();
}

} // namespace diploscope::ui
