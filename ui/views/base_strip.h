// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"
#include "genome/variant.h"

#include <QWidget>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace diploscope::ui {

/// The reference's bases round a place, and below each the four that may stand there: a click on one puts it
/// in, a click on the reference's own takes a change back. Arrow keys move the place, letters put bases in,
/// Delete takes the base out. SNVs that people carry are ringed. GUI thread.
class BaseStrip final : public QWidget {
    Q_OBJECT

public:
    explicit BaseStrip(QWidget* parent = nullptr);

    /// \param basesAt forward bases from a 0-based place on, N where none is known; empty function: none yet
    /// \param first, last places that may be changed
    void setBases(std::function<std::string(int64_t start, int64_t length)> basesAt, int64_t first,
                  int64_t last);
    void setChanges(std::vector<Variant> changes);
    /// SNVs by place, with the bases that people carry.
    void setCarried(std::map<int64_t, std::set<char>> carried);
    void setPlace(int64_t place);
    [[nodiscard]] int64_t place() const { return m_place; }
    void setChartStyle(const ChartStyle& style);

    /// Where a base of a place stands; empty out of view. \param base 0: the place's head
    [[nodiscard]] QRect cell(int64_t place, char base) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void baseChosen(int64_t place, char base);
    void deletionChosen(int64_t place);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int columns() const;
    [[nodiscard]] int64_t firstShown() const;
    [[nodiscard]] int rowHeight() const;
    void tellPlace(); ///< to those who do not see it
    void paintPlace(QPainter& painter, int64_t place, char reference) const;
    /// The base that changes put there; 0: it is taken out; the reference's where none does.
    [[nodiscard]] char changedBase(int64_t place, char reference) const;

    std::function<std::string(int64_t, int64_t)> m_basesAt;
    int64_t m_first = 0, m_last = -1;
    int64_t m_place = 0;
    std::vector<Variant> m_changes;
    std::map<int64_t, std::set<char>> m_carried;
    ChartStyle m_style;
};

} // namespace diploscope::ui
