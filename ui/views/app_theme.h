// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "viewmodels/preferences.h"

#include <QObject>
#include <QPalette>

namespace diploscope::ui {

class FocusRing;

/// The looks of the whole window: palette, style sheet and font of the application, from the Theme that the
/// charts use too. Follows the system's light or dark unless told otherwise. GUI thread; one for the
/// application.
class AppTheme : public QObject {
    Q_OBJECT

public:
    /// \param style looks of charts under the light theme (ChartStyle::screen)
    explicit AppTheme(ChartStyle style, QObject* parent = nullptr);

    void choose(Preferences::ThemeChoice choice);
    [[nodiscard]] Preferences::ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] bool isDark() const { return m_dark; }
    /// For whatever draws by itself.
    [[nodiscard]] const ChartStyle& chartStyle() const { return m_style; }
    [[nodiscard]] const FocusRing& focusRing() const { return *m_ring; }

Q_SIGNALS:
    void changed();

protected:
    /// Hears of the system's own switch between light and dark.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();

    Preferences::ThemeChoice m_choice = Preferences::ThemeChoice::System;
    ChartStyle m_style;
    FocusRing* m_ring;
    bool m_dark = false;
    bool m_applying = false;
};

[[nodiscard]] QPalette paletteOf(const Theme& theme);
/// For what QPalette cannot say: corners, spacing, hover. Widgets choose a role with the property `role`:
/// "title", "heading", "muted", "primary" (the one button to press), "quiet", "chip", "card", "bar".
[[nodiscard]] QString styleSheetOf(const Theme& theme, bool dark);

/// Between two colours: 0 is `from`, 1 is `to`.
[[nodiscard]] QColor blend(const QColor& from, const QColor& to, double share);

} // namespace diploscope::ui
