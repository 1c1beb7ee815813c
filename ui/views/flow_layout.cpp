// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/flow_layout.h"

#include <QLayoutItem>

#include <algorithm>

namespace diploscope::ui {

FlowLayout::~FlowLayout() {
    qDeleteAll(m_items);
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::place(const QRect& rect, bool move) const {
    int x = rect.left();
    int y = rect.top();
    int high = 0;
    for (QLayoutItem* item : m_items) {
        const QSize size = item->sizeHint();
        if (x > rect.left() && x + size.width() > rect.right() + 1) {
            x = rect.left();
            y += high + m_down;
            high = 0;
        }
        if (move)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + m_across;
        high = std::max(high, size.height());
    }
    return y + high - rect.top();
}

int FlowLayout::heightForWidth(int width) const {
    return place(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const {
    QSize whole;
    for (const QLayoutItem* item : m_items) {
        const QSize size = item->sizeHint();
        whole = QSize(whole.width() + size.width() + (whole.isEmpty() ? 0 : m_across),
                      std::max(whole.height(), size.height()));
    }
    return whole;
}

QSize FlowLayout::minimumSize() const {
    QSize least;
    for (const QLayoutItem* item : m_items)
        least = least.expandedTo(item->minimumSize());
    return least;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    place(rect, true);
}

} // namespace diploscope::ui
