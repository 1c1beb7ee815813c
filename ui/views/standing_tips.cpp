// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/standing_tips.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QModelIndex>
#include <QToolTip>

namespace diploscope::ui {

namespace {

/// \return whether the view has a tip there
bool showTip(const QAbstractItemView& view, const QHelpEvent& asked) {
    QString text;
    QRect place;
    if (const auto* header = qobject_cast<const QHeaderView*>(&view)) {
        const int section = header->logicalIndexAt(asked.pos());
        if (section >= 0)
            text = header->model()->headerData(section, header->orientation(), Qt::ToolTipRole).toString();
    } else {
        const QModelIndex index = view.indexAt(asked.pos());
        text = index.data(Qt::ToolTipRole).toString();
        place = view.visualRect(index);
    }
    if (text.isEmpty())
        return false;
    QToolTip::showText(asked.globalPos(), text, view.viewport(), place, StandingTips::StayMs);
    return true;
}

} // namespace

StandingTips::StandingTips(QObject* parent) : QObject(parent) {
    qApp->installEventFilter(this);
}

bool StandingTips::eventFilter(QObject* watched, QEvent* event) {
    if (!watched->isWidgetType())
        return false;
    auto* widget = static_cast<QWidget*>(watched);
    if (event->type() == QEvent::ToolTipChange) {
        widget->setToolTipDuration(StayMs);
    } else if (event->type() == QEvent::ToolTip) {
        const auto* view = qobject_cast<QAbstractItemView*>(widget->parentWidget());
        if (view != nullptr && view->viewport() == widget && view->model() != nullptr)
            return showTip(*view, *static_cast<QHelpEvent*>(event));
    }
    return false;
}

} // namespace diploscope::ui
