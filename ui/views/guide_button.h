// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace diploscope::ui {

/// Where the guide tells of what a part of the window shows, as its links have it: `reading.md#drivers`. F1
/// leads there while the part, or anything in it, has the keys.
void setGuidePlace(QWidget& part, const QString& link);
/// Of the innermost part that has one; empty: none has.
[[nodiscard]] QString guidePlaceOf(const QWidget* widget);

/// "What is this?" of a part with a title: opens the guide at the place of the part that it stands in. The
/// window is told by a QWhatsThisClickedEvent, as by a link in any help text.
class GuideButton : public QToolButton {
    Q_OBJECT

public:
    explicit GuideButton(QWidget* parent = nullptr);
};

} // namespace diploscope::ui
