// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace diploscope::ui {

/// A combo box that shortens a text too long for it in the middle: of file names, both ends matter.
class ElidedComboBox : public QComboBox {
    Q_OBJECT

public:
    using QComboBox::QComboBox;
    /// Pixels in which this text is whole.
    [[nodiscard]] int widthFor(const QString& text) const;
    /// What it says: of what is chosen, else that nothing is.
    [[nodiscard]] QString shownText() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int fieldWidth(int ofWidth) const;
};

} // namespace diploscope::ui
