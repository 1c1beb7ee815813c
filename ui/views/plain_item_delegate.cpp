// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/plain_item_delegate.h"

#include "views/dialog_parts.h"

#include <algorithm>

namespace diploscope::ui {

namespace {
constexpr int RowHeight = 26;
}

QSize PlainItemDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(size.height(), RowHeight));
    return size;
}

void PlainItemDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    // The style takes a check box's outline from the window's colour, a little darker: none on a dark ground.
    option->palette.setColor(QPalette::Window, mutedColour(option->palette));
}

} // namespace diploscope::ui
