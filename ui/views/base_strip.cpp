// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/base_strip.h"

#include "viewmodels/number_text.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr char rowsOfBases[] = "ACGT";
constexpr int columnWidth = 18;
constexpr int ruler = 16; ///< pixels, of the places above the bases

size_t rowOfBase(char base) {
    return std::string_view(rowsOfBases).find(base);
}

} // namespace

BaseStrip::BaseStrip(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Bases"));
    setToolTip(
        tr("Click a base to put it in, the reference's own to take that back.<br>Arrow keys move, A, C, "
           "G and T put bases in, Delete takes the base out."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BaseStrip::setBases(std::function<std::string(int64_t, int64_t)> basesAt, int64_t first, int64_t last) {
    m_basesAt = std::move(basesAt);
    m_first = first;
    m_last = last;
    if (m_basesAt)
        m_place = std::clamp(m_place, m_first, m_last);
    tellPlace();
    update();
}

void BaseStrip::setChanges(std::vector<Variant> changes) {
    m_changes = std::move(changes);
    tellPlace();
    update();
}

void BaseStrip::setCarried(std::map<int64_t, std::set<char>> carried) {
    m_carried = std::move(carried);
    tellPlace();
    update();
}

void BaseStrip::setPlace(int64_t place) {
    m_place = m_basesAt ? std::clamp(place, m_first, m_last) : place;
    tellPlace();
    update();
}

void BaseStrip::setChartStyle(const ChartStyle& style) {
    m_style = style;
    updateGeometry();
    update();
}

int BaseStrip::rowHeight() const {
    return QFontMetrics(font()).height() + 2;
}

QSize BaseStrip::sizeHint() const {
    return {41 * columnWidth, ruler + 5 * rowHeight() + 4};
}

QSize BaseStrip::minimumSizeHint() const {
    return {11 * columnWidth, sizeHint().height()};
}

int BaseStrip::columns() const {
    return std::max(1, width() / columnWidth);
}

int64_t BaseStrip::firstShown() const {
    return m_place - columns() / 2;
}

QRect BaseStrip::cell(int64_t place, char base) const {
    const int64_t column = place - firstShown();
    if (!m_basesAt || column < 0 || column >= columns() || place < m_first || place > m_last)
        return {};
    const int row = base == 0 ? 0 : 1 + static_cast<int>(rowOfBase(base));
    return {static_cast<int>(column) * columnWidth, ruler + row * rowHeight(), columnWidth, rowHeight()};
}

char BaseStrip::changedBase(int64_t place, char reference) const {
    for (const Variant& change : m_changes) {
        const int64_t offset = place - change.position;
        if (offset < 0 || offset >= static_cast<int64_t>(change.ref.size()))
            continue;
        const auto at = static_cast<size_t>(offset);
        const char there = at < change.alt.size() ? change.alt[at] : '\0';
        if (there != reference) // or it is an indel's anchor, which another change may replace
            return there;
    }
    return reference;
}

void BaseStrip::paintPlace(QPainter& painter, int64_t place, char reference) const {
    const Theme& theme = m_style.theme;
    const char now = changedBase(place, reference);
    const QRect head = cell(place, 0);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(now == reference ? theme.text : theme.muted);
    painter.drawText(head, Qt::AlignCenter, QString(QLatin1Char(reference)));
    if (now != reference)
        painter.drawLine(head.left() + 4, head.center().y(), head.right() - 4, head.center().y());
    const auto carried = m_carried.find(place);
    for (const char base : std::string_view(rowsOfBases)) {
        const QRect box = cell(place, base).adjusted(1, 1, -1, -1);
        const bool isNow = base == now;
        if (isNow) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(now == reference ? theme.faint : theme.accent);
            painter.drawRoundedRect(box, 3, 3);
        }
        if (carried != m_carried.end() && carried->second.contains(base)) {
            painter.setPen(QPen(theme.threshold, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        }
        painter.setFont(isNow ? bold : font());
        painter.setPen(isNow && now != reference ? theme.card : isNow ? theme.text : theme.muted);
        painter.drawText(box, Qt::AlignCenter, QString(QLatin1Char(base)));
    }
}

void BaseStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_style.theme;
    if (!m_basesAt) {
        painter.setPen(theme.muted);
        painter.drawText(rect(), Qt::AlignCenter, tr("making the locus ready…"));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const int64_t first = firstShown();
    const std::string bases = m_basesAt(first, columns());
    const QRect column = cell(m_place, 0);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.drawRoundedRect(QRectF(column.left() + 0.5, ruler + 0.5, columnWidth - 1, 5 * rowHeight()), 4, 4);
    for (int i = 0; i < columns(); ++i)
        if (first + i >= m_first && first + i <= m_last)
            paintPlace(painter, first + i, bases[static_cast<size_t>(i)]);
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    painter.setPen(theme.muted);
    const QString place = countText(m_place + 1);
    const int wide = painter.fontMetrics().horizontalAdvance(place);
    const int left = std::clamp(column.center().x() - wide / 2, 0, std::max(0, width() - wide));
    painter.drawText(QRect(left, 0, wide + 2, ruler), Qt::AlignLeft | Qt::AlignVCenter, place);
}

void BaseStrip::tellPlace() {
    if (!m_basesAt)
        return setAccessibleDescription({});
    const char reference = m_basesAt(m_place, 1).front();
    const char now = changedBase(m_place, reference);
    QStringList parts{countText(m_place + 1), QString(QLatin1Char(reference))};
    if (now != reference)
        parts << (now == 0 ? tr("taken out") : tr("changed to %1").arg(QLatin1Char(now)));
    if (const auto carried = m_carried.find(m_place); carried != m_carried.end())
        parts << tr("%1 is carried")
                     .arg(QString::fromStdString({carried->second.begin(), carried->second.end()}));
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

void BaseStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_basesAt)
        return QWidget::mousePressEvent(event);
    const QPoint at = event->position().toPoint();
    const int64_t place = firstShown() + at.x() / columnWidth;
    const int row = (at.y() - ruler) / rowHeight();
    if (at.x() / columnWidth >= columns() || place < m_first || place > m_last)
        return;
    if (at.y() < ruler || row == 0)
        setPlace(place);
    else if (row <= 4) // the place stays where it is: who clicks twice means one base
        Q_EMIT baseChosen(place, rowsOfBases[row - 1]);
}

void BaseStrip::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    const int steps = (std::abs(turned.x()) > std::abs(turned.y()) ? turned.x() : turned.y()) / 40;
    if (m_basesAt)
        setPlace(m_place - steps);
    event->accept();
}

void BaseStrip::keyPressEvent(QKeyEvent* event) {
    if (!m_basesAt)
        return QWidget::keyPressEvent(event);
    const int64_t page = std::max(1, columns() - 1);
    switch (event->key()) {
    case Qt::Key_Left:
        return setPlace(m_place - 1);
    case Qt::Key_Right:
        return setPlace(m_place + 1);
    case Qt::Key_PageUp:
        return setPlace(m_place - page);
    case Qt::Key_PageDown:
        return setPlace(m_place + page);
    case Qt::Key_Delete:
        return Q_EMIT deletionChosen(m_place);
    case Qt::Key_A:
    case Qt::Key_C:
    case Qt::Key_G:
    case Qt::Key_T:
        if ((event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier)
            Q_EMIT baseChosen(m_place, static_cast<char>(event->key()));
        else
            QWidget::keyPressEvent(event);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace diploscope::ui
