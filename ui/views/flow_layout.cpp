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
    int y = rect.top();
    for (qsizetype first = 0, next = 0; first < m_items.size(); first = next) {
        if (first > 0)
            y += m_down;
        int width = 0, high = 0; // of the line
        for (; next < m_items.size(); ++next) {
            const QSize size = m_items[next]->sizeHint();
            const int wider = width + (next > first ? m_across : 0) + size.width();
            if (next > first && wider > rect.width())
                break;
            width = wider;
            high = std::max(high, size.height());
        }
        int x = rect.left();
        for (qsizetype i = first; move && i < next; ++i) {
            const QSize size = m_items[i]->sizeHint();
            m_items[i]->setGeometry(QRect(QPoint(x, y + (high - size.height()) / 2), size));
            x += size.width() + m_across;
        }
        y += high;
    }
    return y - rect.top();
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
