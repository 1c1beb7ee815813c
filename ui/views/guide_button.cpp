// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/guide_button.h"

#include <QCoreApplication>
#include <QVariant>
#include <QWhatsThisClickedEvent>

namespace diploscope::ui {

namespace {

constexpr const char* kGuidePlace = "guidePlace";

} // namespace

void setGuidePlace(QWidget& part, const QString& link) {
    part.setProperty(kGuidePlace, link);
}

QString guidePlaceOf(const QWidget* widget) {
    for (; widget != nullptr; widget = widget->parentWidget())
        if (const QVariant place = widget->property(kGuidePlace); place.isValid())
            return place.toString();
    return {};
}

GuideButton::GuideButton(QWidget* parent) : QToolButton(parent) {
    setText(QStringLiteral("?"));
    setToolTip(tr("What is this? (F1)"));
    setAccessibleName(tr("What is this?"));
    setAutoRaise(true);
    setProperty("role", QStringLiteral("help"));
    connect(this, &QToolButton::clicked, this, [this] {
        QWhatsThisClickedEvent event(guidePlaceOf(this));
        QCoreApplication::sendEvent(window(), &event);
    });
}

} // namespace diploscope::ui
