// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace diploscope::ui {

/// Tool tips of widgets, rows and headings stay as long as the pointer rests: Qt takes them away after ten
/// seconds, in the middle of a sentence. GUI thread; one for the application.
class StandingTips final : public QObject {
    Q_OBJECT

public:
    static constexpr int StayMs = 3'600'000;

    explicit StandingTips(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace diploscope::ui
