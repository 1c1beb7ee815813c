// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/app_theme.h"

#include <QHash>

namespace diploscope::ui {

namespace {

/// `@name` stands for a colour of the theme. Fields have the palette's: where a sheet gives them a colour, Qt
/// makes what they say while they are empty of it, half as strong.
const char* const sheet = R"(
QMainWindow, QDialog { background: @ground; }
QToolTip { background: @card; color: @text; border: 1px solid @edge; padding: 5px 7px; }

*[role="bar"] { background: @card; }
*[role="rule"] { background: @edge; border: none; }
*[role="card"] { background: @card; border: 1px solid @edge; border-radius: 8px; }
*[role="trouble"], *[role="news"] { background: @card; border: 1px solid @thumb; border-radius: 6px; }
*[role="trouble"] { border-left: 4px solid @warning; }
*[role="news"] { border-left: 4px solid @accent; }
*[role="brand"] { font-size: 15px; font-weight: 700; color: @text; background: transparent; }
*[role="display"] { font-size: 30px; font-weight: 700; color: @text; }
*[role="title"] { font-size: 18px; font-weight: 600; color: @text; }
*[role="heading"] { font-size: 13px; font-weight: 600; color: @text; background: transparent; }
*[role="lead"] { font-size: 15px; color: @muted; }
*[role="plain"] { color: @text; background: transparent; }
*[role="key"] { color: @text; background: @field; border: 1px solid @edge; border-radius: 5px; padding: 1px 7px;
    font-size: 12px; }
*[role="muted"] { color: @muted; background: transparent; }
*[role="small"] { color: @muted; font-size: 12px; background: transparent; }
*[role="warning"] { color: @warning; font-size: 12px; background: transparent; }
*[role="error"] { color: @warning; font-weight: 600; background: transparent; }

QMenuBar { background: transparent; spacing: 2px; }
QMenuBar::item { padding: 6px 9px; border-radius: 6px; background: transparent; color: @text; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @hover; }
QMenu { background: @card; color: @text; border: 1px solid @edge; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 22px; border-radius: 5px; }
QMenu::item:selected { background: @selected; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @edge; margin: 5px 8px; }

QLineEdit { background: @field; border: 1px solid @edge; border-radius: 7px; padding: 5px 10px;
            selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus { border-color: @accent; background: @card; }
QLineEdit[role="region"] { border-radius: 5px; padding: 1px 6px; font-size: 11px; }
QLineEdit[role="search"] { border-radius: 13px; padding: 4px 14px; min-height: 18px; }
QAbstractSpinBox { background: @field; border: 1px solid @edge; border-radius: 7px; padding: 4px 8px; }
QAbstractSpinBox:focus { border-color: @accent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 16px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url(:/diploscope/icons/up-@mode.svg); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url(:/diploscope/icons/down-@mode.svg); width: 9px; height: 9px; }

QComboBox { background: @field; border: 1px solid @edge; border-radius: 7px; padding: 5px 2px 5px 10px; }
QComboBox:hover { background: @hover; }
QComboBox:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/diploscope/icons/down-@mode.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView, QListView[role="completions"] { background: @card; color: @text;
    border: 1px solid @edge; padding: 4px; outline: 0; selection-background-color: @selected;
    selection-color: @text; }
QListView[role="completions"]::item { padding: 4px 8px; border-radius: 5px; }
QComboBox QAbstractItemView::item { min-height: 26px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton { background: @card; color: @text; border: 1px solid @edge; border-radius: 7px; padding: 6px 14px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selected; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; }
QPushButton:default, QPushButton[role="primary"] { background: @accent; color: @onAccent;
    border: 1px solid @accent; }
QPushButton[role="primary"] { font-weight: 600; }
QPushButton:default:hover, QPushButton[role="primary"]:hover { background: @accentHover; }
QPushButton:default:disabled, QPushButton[role="primary"]:disabled { background: @edge; color: @faint;
    border-color: @edge; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent;
    text-align: left; padding: 4px 0px; }
QPushButton[role="link"]:hover { text-decoration: underline; background: transparent; }
QPushButton[role="small"] { padding: 3px 10px; font-size: 12px; }
QPushButton[role="link"]:focus { border-color: @accent; }
QPushButton[role="status"] { background: transparent; border: none; font-size: 12px; padding: 2px 4px; }
QPushButton[role="status"]:hover { color: @accent; background: transparent; }
QPushButton[role="chip"] { background: @field; padding: 5px 10px; }
QPushButton[role="chip"]:hover { background: @hover; }
QPushButton[role="chip"]:checked { background: @selected; border-color: @accent; }

QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 6px;
    padding: 5px 8px; }
QToolButton:hover, QToolButton:open { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selected; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @faint; }
QToolButton[role="tab"] { border-radius: 0; border: none; border-bottom: 2px solid transparent;
    padding: 5px 8px 3px 8px; color: @muted; }
QToolButton[role="tab"]:checked { background: transparent; color: @accent; border-bottom-color: @accent; }
QToolButton[role="tab"]:disabled { color: @faint; }
QToolButton[role="tiny"] { padding: 1px 4px; font-size: 11px; }
QToolButton[role="help"] { padding: 1px; font-size: 12px; color: @muted; }
QToolButton::menu-indicator { image: none; }

QTableView, QTreeView, QListView { background: @card; color: @text; border: none; outline: 0;
    selection-background-color: @selected; selection-color: @text; alternate-background-color: @card;
    gridline-color: @edge; }
QTableView[role="plain"], QListView[role="plain"] { background: transparent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: @muted; border: none; border-bottom: 1px solid @edge;
    padding: 5px 4px; font-size: 12px; }
QHeaderView::section:hover { color: @text; }
QHeaderView::up-arrow { image: url(:/diploscope/icons/up-@mode.svg); width: 8px; height: 8px;
    subcontrol-position: top center; }
QHeaderView::down-arrow { image: url(:/diploscope/icons/down-@mode.svg); width: 8px; height: 8px;
    subcontrol-position: top center; }
QTableCornerButton::section { background: transparent; border: none; }

QCheckBox, QRadioButton { spacing: 7px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 14px; height: 14px;
    background: @field; border: 1px solid @muted; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: @hover; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover,
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QAbstractItemView::indicator:checked {
    background: @accent; border-color: @accent; image: url(:/diploscope/icons/check-@mode.svg); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: @accent;
    border-color: @accent; image: url(:/diploscope/icons/part-@mode.svg); }
QRadioButton::indicator:checked { image: url(:/diploscope/icons/dot-@mode.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled, QAbstractItemView::indicator:disabled {
    background: transparent; border-color: @faint; }
QCheckBox::indicator:checked:disabled, QCheckBox::indicator:indeterminate:disabled,
QRadioButton::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled,
QAbstractItemView::indicator:indeterminate:disabled { background: @faint; }

QProgressBar { background: @edge; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @edge; }
QTabBar::tab { padding: 7px 14px; color: @muted; background: transparent; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; }
QTabWidget::pane { border: none; border-top: 1px solid @edge; }
QGroupBox { border: 1px solid @edge; border-radius: 8px; margin-top: 18px; padding-top: 6px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; padding: 0 4px; color: @text; font-weight: 600; }
QScrollArea, QGraphicsView, QTextEdit { background: transparent; border: none; }
)";

} // namespace

QPalette paletteOf(const Theme& theme) {
    QPalette palette;
    const QColor selected = blend(theme.card, theme.accent, 0.16);
    const QColor faint = blend(theme.card, theme.muted, 0.6);
    palette.setColor(QPalette::Window, theme.ground);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.card);
    palette.setColor(QPalette::AlternateBase, theme.ground);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    palette.setColor(QPalette::Button, theme.card);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.accent);
    palette.setColor(QPalette::Highlight, selected);
    palette.setColor(QPalette::HighlightedText, theme.text);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::ToolTipBase, theme.card);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Mid, theme.rule);
    palette.setColor(QPalette::Dark, theme.rule);
    palette.setColor(QPalette::Light, theme.card);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    return palette;
}

QString styleSheetOf(const Theme& theme, bool dark) {
    // Longest names first, so that @accentHover is not taken for @accent and a rest.
    const std::pair<const char*, QColor> colours[] = {
        {"@accentHover", blend(theme.accent, theme.text, 0.15)},
        {"@onAccent", dark ? theme.ground : QColor(Qt::white)},
        {"@selected", blend(theme.card, theme.accent, dark ? 0.24 : 0.16)},
        {"@warning", dark ? QColor(0xf0a35e) : QColor(0xa84a00)},
        {"@accent", theme.accent},
        {"@ground", theme.ground},
        {"@hover", blend(theme.card, theme.accent, dark ? 0.14 : 0.08)},
        {"@muted", theme.muted},
        {"@field", blend(theme.ground, theme.card, dark ? 0.5 : 0.1)},
        {"@faint", blend(theme.card, theme.muted, 0.6)},
        {"@thumb", blend(theme.card, theme.muted, 0.4)},
        {"@card", theme.card},
        {"@text", theme.text},
        {"@edge", blend(theme.card, theme.muted, dark ? 0.22 : 0.18)},
    };
    QString text = QString::fromLatin1(sheet);
    for (const auto& [name, colour] : colours)
        text.replace(QLatin1String(name), colour.name());
    text.replace(QLatin1String("@mode"), dark ? QLatin1String("dark") : QLatin1String("light"));
    return text;
}

} // namespace diploscope::ui
