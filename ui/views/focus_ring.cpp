// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/focus_ring.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QPen>
#include <QRegion>
#include <QResizeEvent>
#include <QScrollArea>

#include <utility>

namespace diploscope::ui {

namespace {

constexpr int outside = 3;
constexpr int thick = 2;

class Ring final : public QWidget {
public:
    Ring(const QColor& colour, QWidget* window) : QWidget(window), m_colour(colour) {
        setObjectName(QStringLiteral("focusRing"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_NoSystemBackground);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void resizeEvent(QResizeEvent*) override {
        // What is inside need not be painted again because of the ring.
        constexpr int inside = outside + 3;
        setMask(QRegion(rect()) - QRegion(rect().adjusted(inside, inside, -inside, -inside)));
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_colour, thick));
        constexpr double half = thick / 2.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), 8, 8);
    }

private:
    QColor m_colour;
};

/// The widget that a person takes for the one with the focus.
QWidget* focused() {
    QWidget* widget = QApplication::focusWidget();
    if (widget == nullptr)
        return nullptr;
    QWidget* parent = widget->parentWidget(); // of a field in a box
    if (qobject_cast<QComboBox*>(parent) || qobject_cast<QAbstractSpinBox*>(parent))
        widget = parent;
    return widget->isWindow() || !(widget->focusPolicy() & Qt::TabFocus) ? nullptr : widget;
}

/// Where the ring goes, in coordinates of the window: what scrolled away has none.
QRect placeOf(const QWidget* widget) {
    const QWidget* window = widget->window();
    QRect place =
        QRect(widget->mapTo(window, QPoint()), widget->size()).adjusted(-outside, -outside, outside, outside);
    for (const QWidget* p = widget->parentWidget(); p != nullptr && p != window; p = p->parentWidget())
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(p->parentWidget());
            area != nullptr && area->viewport() == p)
            place &= QRect(p->mapTo(window, QPoint()), p->size());
    return place & window->rect();
}

/// Who comes from outside of what scrolls, finds it scrolled to wherever it was.
void reveal(QWidget& widget) {
    for (QWidget* p = widget.parentWidget(); p != nullptr && !p->isWindow(); p = p->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(p))
            area->ensureWidgetVisible(&widget, outside + thick, outside + thick);
}

bool isMove(QEvent::Type type) {
    return type == QEvent::Move || type == QEvent::Resize || type == QEvent::Show || type == QEvent::Hide ||
           type == QEvent::ParentChange;
}

} // namespace

FocusRing::FocusRing(QObject* parent) : QObject(parent) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &FocusRing::place);
    connect(qApp, &QApplication::focusChanged, &m_soon, qOverload<>(&QTimer::start));
    qApp->installEventFilter(this);
}

void FocusRing::setColour(const QColor& colour) {
    m_colour = colour;
    delete m_ring;
    place();
}

const QWidget* FocusRing::ring() const {
    return m_ring && m_ring->isVisible() ? m_ring.data() : nullptr;
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn && watched->isWidgetType()) {
        switch (static_cast<QFocusEvent*>(event)->reason()) {
        case Qt::MouseFocusReason:
            m_byKeys = false;
            break;
        case Qt::TabFocusReason:
        case Qt::BacktabFocusReason:
        case Qt::ShortcutFocusReason:
            m_byKeys = m_arrived = true;
            break;
        default: // came with a window, a menu or by the program's own will: as before
            break;
        }
        m_soon.start();
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Tab || key == Qt::Key_Backtab ||
            (key >= Qt::Key_Home && key <= Qt::Key_PageDown)) {
            m_byKeys = true;
            m_soon.start();
        }
    } else if (isMove(event->type()) && m_byKeys && watched->isWidgetType() && watched != m_ring) {
        const QWidget* widget = QApplication::focusWidget();
        const auto* moved = static_cast<QWidget*>(watched);
        if (widget != nullptr && (moved == widget || moved->isAncestorOf(widget)))
            m_soon.start();
    }
    return QObject::eventFilter(watched, event);
}

void FocusRing::place() {
    QWidget* widget = m_byKeys ? focused() : nullptr;
    if (widget == nullptr || !widget->isVisible()) {
        if (m_ring)
            m_ring->hide();
        return;
    }
    if (!m_ring || m_ring->parentWidget() != widget->window()) {
        delete m_ring;
        m_ring = new Ring(m_colour, widget->window());
    }
    if (std::exchange(m_arrived, false))
        reveal(*widget);
    const QRect place = placeOf(widget);
    m_ring->setGeometry(place);
    m_ring->setVisible(!place.isEmpty());
    m_ring->raise();
}

} // namespace diploscope::ui
