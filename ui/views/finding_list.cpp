// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/finding_list.h"

#include "viewmodels/problem_list_model.h"
#include "views/dialog_parts.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace diploscope::ui {

namespace {

using Kind = ProblemListModel::Kind;

constexpr int MarkWidth = 26;
constexpr int LineGap = 3;

Kind kindOf(const QModelIndex& index) {
    return index.data(ProblemListModel::KindRole).value<Kind>();
}

/// Of a warning that keeps its distance to the ground in both themes.
QColor warningColour(const QPalette& palette) {
    return isOnDarkGround(palette) ? QColor(0xf0a35e) : QColor(0xa84a00);
}

/// The finding's text, laid out to `width`.
void fill(QTextDocument& document, const QStyleOptionViewItem& option, const QModelIndex& index, int width) {
    document.setDefaultFont(option.font);
    document.setDocumentMargin(0);
    QTextOption wrapping;
    wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // paths have no spaces
    document.setDefaultTextOption(wrapping);

    QTextCharFormat plain, strong, muted;
    plain.setForeground(option.palette.color(QPalette::Text));
    strong.setForeground(option.palette.color(QPalette::Text));
    strong.setFontWeight(QFont::DemiBold);
    muted.setForeground(mutedColour(option.palette));
    QTextBlockFormat nextLine;
    nextLine.setTopMargin(LineGap);

    QTextCursor cursor(&document);
    const auto line = [&](const QString& text, const QTextCharFormat& format) {
        if (text.isEmpty())
            return;
        if (!document.isEmpty())
            cursor.insertBlock(nextLine);
        cursor.insertText(text, format);
    };
    if (kindOf(index) == Kind::Problem) {
        line(index.data(ProblemListModel::WhatRole).toString(), strong);
        line(index.data(ProblemListModel::WhereRole).toString(), muted);
        line(index.data(ProblemListModel::RemedyRole).toString(), plain);
    } else {
        line(index.data(ProblemListModel::TopicRole).toString(), muted);
        line(index.data(ProblemListModel::WhatRole).toString(), plain);
    }
    document.setTextWidth(width);
}

int textWidth(const QStyleOptionViewItem& option) {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int whole = view != nullptr ? view->viewport()->width() : option.rect.width();
    return std::max(80, whole - MarkWidth - 2 * SmallGap);
}

/// A triangle with an exclamation mark, or a quiet dot: told apart by shape, not by colour alone.
void drawMark(QPainter& painter, const QStyleOptionViewItem& option, Kind kind) {
    const double line = QFontMetricsF(option.font).height();
    const QPointF centre(option.rect.left() + SmallGap + 8, option.rect.top() + SmallGap + line / 2);
    painter.setPen(Qt::NoPen);
    if (kind == Kind::Note) {
        painter.setBrush(mutedColour(option.palette));
        painter.drawEllipse(centre, 2.5, 2.5);
        return;
    }
    QPainterPath triangle(centre + QPointF(0, -7.5));
    triangle.lineTo(centre + QPointF(8, 6.5));
    triangle.lineTo(centre + QPointF(-8, 6.5));
    triangle.closeSubpath();
    painter.setBrush(warningColour(option.palette));
    painter.drawPath(triangle);
    painter.setBrush(isOnDarkGround(option.palette) ? Qt::black : Qt::white);
    painter.drawRoundedRect(QRectF(centre.x() - 0.9, centre.y() - 3, 1.8, 5), 0.9, 0.9);
    painter.drawEllipse(centre + QPointF(0, 4.2), 1.1, 1.1);
}

} // namespace

void FindingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if ((option.state & QStyle::State_Selected) != 0) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.palette.color(QPalette::Highlight));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6);
    }
    drawMark(*painter, option, kindOf(index));
    QTextDocument document;
    fill(document, option, index, textWidth(option));
    painter->translate(option.rect.left() + SmallGap + MarkWidth, option.rect.top() + SmallGap);
    document.drawContents(painter);
    painter->restore();
}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QTextDocument document;
    const int width = textWidth(option);
    fill(document, option, index, width);
    return {width, static_cast<int>(document.size().height() + 0.5) + 2 * SmallGap};
}

FindingList::FindingList(QWidget* parent) : QListView(parent) {
    setItemDelegate(new FindingDelegate(this));
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setRole(this, "plain");
}

void FindingList::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout(); // heights follow the width
}

void FindingList::copySelected() const {
    QModelIndexList rows = selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    QStringList text;
    for (const QModelIndex& row : rows)
        text << row.data(Qt::AccessibleTextRole).toString();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text.join(QLatin1Char('\n')));
}

void FindingList::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copySelected();
    else
        QListView::keyPressEvent(event);
}

} // namespace diploscope::ui
