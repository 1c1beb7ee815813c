// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "layout_check.h"
#include "views/elided_button.h"
#include "views/panel_card.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace diploscope::test {

/// Of two colours, as WCAG 2 counts it.
inline double contrast(const QColor& a, const QColor& b) {
    const auto light = [](const QColor& colour) {
        const auto part = [](double c) {
            return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
    };
    const auto [low, high] = std::minmax({light(a), light(b)});
    return (high + 0.05) / (low + 0.05);
}

inline QString nameOf(const QWidget& widget) {
    QString name = QString::fromLatin1(widget.metaObject()->className()).section(u':', -1);
    if (!widget.objectName().isEmpty())
        name += u' ' + widget.objectName();
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        name += QStringLiteral(" \"%1\"").arg(label->text().left(60));
    else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        name += QStringLiteral(" \"%1\"").arg(button->text());
    const QRect at(widget.mapTo(widget.window(), QPoint()), widget.size());
    return name +
           QStringLiteral(" (%1, %2, %3 x %4)").arg(at.x()).arg(at.y()).arg(at.width()).arg(at.height());
}

/// The part of the window in which `widget` can be seen or scrolled to.
inline bool isWithin(const QWidget& widget) {
    const QWidget* window = widget.window();
    for (const QWidget* p = widget.parentWidget(); p != nullptr && p != window; p = p->parentWidget())
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(p->parentWidget());
            area != nullptr && area->viewport() == p) {
            // Pages scroll up and down, never sideways.
            const int left = widget.mapTo(p, QPoint()).x();
            return left >= 0 && left + widget.width() <= p->width();
        }
    return window->rect().contains(QRect(widget.mapTo(window, QPoint()), widget.size()));
}

/// Whether all of what the widget says finds room in it.
inline bool isWhole(const QWidget& widget) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        if (qobject_cast<const ui::ElidedLabel*>(label) != nullptr) // says the whole in its tip
            return label->height() >= label->fontMetrics().height() - 2;
        if (label->wordWrap())
            return label->height() >= label->heightForWidth(label->width()) &&
                   label->width() >= label->minimumSizeHint().width();
        return label->width() >= label->sizeHint().width() && label->height() >= label->sizeHint().height();
    }
    if (qobject_cast<const ui::ElidedButton*>(&widget) != nullptr) // the same
        return widget.height() >= widget.sizeHint().height();
    if (qobject_cast<const QAbstractButton*>(&widget) != nullptr)
        return widget.width() >= widget.sizeHint().width() && widget.height() >= widget.sizeHint().height();
    if (qobject_cast<const QComboBox*>(&widget) != nullptr ||
        qobject_cast<const QLineEdit*>(&widget) != nullptr)
        return widget.height() >= widget.minimumSizeHint().height();
    return true;
}

/// What is wrong with a window's widgets: a label, button or field that is cut, out of sight or under
/// another, and what faultOfLayout() finds in its charts. Empty: nothing.
inline QStringList faultsOfWidgets(const QWidget& window) {
    QStringList faults;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != &window || widget->visibleRegion().isEmpty())
            continue;
        const bool says = qobject_cast<const QLabel*>(widget) != nullptr ||
                          qobject_cast<const QAbstractButton*>(widget) != nullptr ||
                          qobject_cast<const QComboBox*>(widget) != nullptr ||
                          qobject_cast<const QLineEdit*>(widget) != nullptr;
        // The field within a box is the box's own business.
        const bool inBox = qobject_cast<const QLineEdit*>(widget) != nullptr &&
                           (qobject_cast<const QComboBox*>(widget->parentWidget()) != nullptr ||
                            widget->objectName() == QStringLiteral("qt_spinbox_lineedit"));
        if (says && !inBox) {
            if (!isWhole(*widget))
                faults << QStringLiteral("cut: %1, needs %2 x %3")
                              .arg(nameOf(*widget))
                              .arg(widget->sizeHint().width())
                              .arg(widget->sizeHint().height());
            if (!isWithin(*widget))
                faults << QStringLiteral("out of sight: ") + nameOf(*widget);
        }
        if (const auto* view = qobject_cast<const ui::ChartView*>(widget);
            view != nullptr && view->hasFigure()) {
            std::vector<QRectF> plots;
            for (const ui::FigureTrack& track : view->tracks())
                plots.push_back(track.chart->mapRectToScene(track.chart->plotArea()));
            const QString fault = faultOfLayout(*view->scene(), view->viewport()->size(), plots);
            if (!fault.isEmpty())
                faults << view->accessibleName() + QStringLiteral(": ") + fault;
        }
        // Neighbours; what lies over others on purpose says so by its name.
        if (widget->layout() == nullptr)
            continue;
        QList<const QWidget*> shown;
        for (const QWidget* child : widget->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
            if (child->isVisible() && !child->isWindow() &&
                child->objectName() != QStringLiteral("focusRing") &&
                !child->inherits("diploscope::ui::MessageStack") && widget->layout()->indexOf(child) >= 0)
                shown << child;
        for (qsizetype i = 0; i < shown.size(); ++i)
            for (qsizetype j = 0; j < i; ++j)
                if (shown[i]->geometry().intersects(shown[j]->geometry()))
                    faults << nameOf(*shown[i]) + QStringLiteral(" on ") + nameOf(*shown[j]);
    }
    return faults;
}

} // namespace diploscope::test
