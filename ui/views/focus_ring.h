// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>
#include <QPointer>
#include <QTimer>

class QWidget;

namespace diploscope::ui {

/// A ring round whatever has the keyboard's focus, in every window of the application and the same for all
/// widgets, those that paint by themselves as well. It shows where keys are used, what is out of sight is
/// scrolled to, and it stays away where the pointer is. GUI thread; one for the application.
class FocusRing final : public QObject {
    Q_OBJECT

public:
    explicit FocusRing(QObject* parent);

    void setColour(const QColor& colour);
    /// The ring where it is seen; null where it is not.
    [[nodiscard]] const QWidget* ring() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QColor m_colour;
    QPointer<QWidget> m_ring; ///< a child of the window whose widget it goes round
    bool m_byKeys = false;
    bool m_arrived = false; ///< by a key, a moment ago
    QTimer m_soon;          ///< once for all that one event moves
};

} // namespace diploscope::ui
