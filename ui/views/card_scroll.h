// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace diploscope::ui {

class ChartView;

/// What a card has to say, from top to bottom; what a low window has no room for scrolls, by wheel and
/// arrows. GUI thread.
class CardScroll final : public QScrollArea {
    Q_OBJECT

public:
    /// \param name for those who do not see it
    explicit CardScroll(const QString& name);

    [[nodiscard]] QVBoxLayout& column() const { return *m_column; }
    /// A chart in the column, over which the wheel scrolls and, with Ctrl, zooms.
    void addChart(ChartView* view);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QVBoxLayout* m_column;
};

} // namespace diploscope::ui
