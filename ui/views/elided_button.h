// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace diploscope::ui {

/// A button that gives way: where there is no room for its whole text it cuts it with an ellipsis.
class ElidedButton final : public QPushButton {
    Q_OBJECT

public:
    explicit ElidedButton(QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// Pixels in which these words, on this button, are whole.
    [[nodiscard]] int widthFor(const QString& words) const;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace diploscope::ui
