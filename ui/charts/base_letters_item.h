// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"

#include <memory>
#include <string>

namespace diploscope::ui {

/// The reference's bases below a locus' axis, a letter each, where so few are seen that letters tell
/// something. Where a letter is wider than its base, neighbours stand in rows below each other. Only the x
/// range of its map matters.
class BaseLettersItem final : public PlotItem {
public:
    static constexpr double mostShown = 201; ///< 100 on either side of one

    /// \param bases of a window; null: not known \param first the 1-based place of the first one
    BaseLettersItem(std::shared_ptr<const std::string> bases, double first, const ChartStyle& style,
                    QGraphicsItem* parent);

    /// Whether there are letters to show of this part of the axis.
    [[nodiscard]] bool isShown(const AxisRange& seen) const;
    /// What letters need on a plot of this width, however few of them are seen.
    [[nodiscard]] double heightFor(double width) const;
    /// Those whose middle is seen now, from left to right.
    [[nodiscard]] std::string letters() const;

    [[nodiscard]] const char* partName() const override { return "bases"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] int rowsFor(double baseWidth) const;
    /// [first, last) of the bases whose middle is seen.
    [[nodiscard]] std::pair<int64_t, int64_t> seen() const;

    std::shared_ptr<const std::string> m_bases;
    double m_first;
    ChartStyle m_style;
};

} // namespace diploscope::ui
