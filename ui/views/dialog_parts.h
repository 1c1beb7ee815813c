// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileDialog>
#include <QString>

class QColor;
class QFormLayout;
class QFrame;
class QLabel;
class QPalette;
class QVBoxLayout;
class QWidget;

/// What dialogs are put together from, so that they look alike. Looks come from the style sheet, by the
/// property `role`.
namespace diploscope::ui {

inline constexpr int SmallGap = 8;
inline constexpr int Gap = 12;
inline constexpr int LargeGap = 16;

/// A white card with a heading; widgets go into its layout.
struct Card {
    QFrame* frame = nullptr;
    QVBoxLayout* layout = nullptr;
};
[[nodiscard]] Card makeCard(const QString& heading);

/// A form of label and field in the house's spacing.
[[nodiscard]] QFormLayout* makeForm();

/// Text in one of the style sheet's roles, wrapped, selectable where `selectable`.
[[nodiscard]] QLabel* makeText(const QString& text, const char* role, bool selectable = false);

/// Of quiet text, for what paints by itself: style sheets leave no usable one in the palette.
[[nodiscard]] QColor mutedColour(const QPalette& palette);
[[nodiscard]] bool isOnDarkGround(const QPalette& palette);

/// Opens a file dialog that deletes itself; not exec(), so that the window stays alive behind it. AnyFile
/// asks where to save. \param proposal a file's name; empty: none \param folder where it begins; empty: as Qt
/// likes
QFileDialog* openFileDialog(QWidget* parent, const QString& title, QFileDialog::FileMode mode,
                            const QString& proposal = {}, const QString& folder = {});

/// Sets the role of a widget that may be shown already.
void setRole(QWidget* widget, const char* role);

} // namespace diploscope::ui
