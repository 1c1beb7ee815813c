// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/card_scroll.h"

#include "charts/chart_view.h"

#include <QCoreApplication>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace diploscope::ui {

CardScroll::CardScroll(const QString& name) {
    auto* all = new QWidget;
    m_column = new QVBoxLayout(all);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
    setWidget(all);
    viewport()->setAutoFillBackground(false);
    all->setAutoFillBackground(false);
}

void CardScroll::addChart(ChartView* view) {
    m_column->addWidget(view);
    view->viewport()->installEventFilter(this);
}

bool CardScroll::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Wheel || watched == viewport())
        return QScrollArea::eventFilter(watched, event);
    if (static_cast<QWheelEvent*>(event)->modifiers().testFlag(Qt::ControlModifier))
        return false;
    QCoreApplication::sendEvent(viewport(), event);
    return true;
}

} // namespace diploscope::ui
