// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

namespace diploscope::ui {

/// Plain text to read and copy that breaks anywhere where no word ends in time (paths, names of a hundred
/// letters), as high as it needs; beyond setMostLines() it scrolls.
class WrappedText final : public QTextEdit {
    Q_OBJECT

public:
    /// \param role of the style sheet
    WrappedText(const QString& text, const char* role, QWidget* parent);

    void setMostLines(int lines);
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    int m_mostLines = 1000;
};

} // namespace diploscope::ui
