// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/app_theme.h"

#include "views/focus_ring.h"
#include "views/standing_tips.h"

#include <QApplication>
#include <QEvent>
#include <QStyleFactory>

/// Resources of a static library have to be asked for, outside of any namespace.
static void initIcons() {
    Q_INIT_RESOURCE(resources);
}

namespace diploscope::ui {

namespace {

/// Whether the desktop is dark, by the palette that the platform gives (Qt 6.4 has no other word for it).
/// While our own palette is set, the platform's cannot be seen, hence the detour over the default one.
bool systemIsDark() {
    QApplication::setPalette(QPalette());
    const QPalette system = QApplication::palette();
    return system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
}

} // namespace

QColor blend(const QColor& from, const QColor& to, double share) {
    const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

AppTheme::AppTheme(ChartStyle style, QObject* parent)
    : QObject(parent), m_style(std::move(style)), m_ring(new FocusRing(this)) {
    initIcons();
    new StandingTips(this);
    // Fusion draws alike on every desktop, and takes its colours from the palette alone.
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    qApp->installEventFilter(this);
    apply();
}

void AppTheme::choose(Preferences::ThemeChoice choice) {
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

bool AppTheme::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ThemeChange && !m_applying && m_choice == Preferences::ThemeChoice::System)
        apply();
    return QObject::eventFilter(watched, event);
}

void AppTheme::apply() {
    m_applying = true;
    m_dark = m_choice == Preferences::ThemeChoice::Dark ||
             (m_choice == Preferences::ThemeChoice::System && systemIsDark());
    m_style.theme = m_dark ? darkTheme() : lightTheme();
    QApplication::setPalette(paletteOf(m_style.theme));
    QFont font(m_style.fontFamily);
    font.setPixelSize(13);
    QApplication::setFont(font);
    qApp->setStyleSheet(styleSheetOf(m_style.theme, m_dark));
    m_ring->setColour(m_style.theme.accent);
    m_applying = false;
    Q_EMIT changed();
}

} // namespace diploscope::ui
