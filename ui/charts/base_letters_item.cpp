// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/base_letters_item.h"

#include "charts/chart_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {

namespace {

constexpr int mostLetterRows = 4;

} // namespace

BaseLettersItem::BaseLettersItem(std::shared_ptr<const std::string> bases, double first,
                                 const ChartStyle& style, QGraphicsItem* parent)
    : PlotItem(parent), m_bases(std::move(bases)), m_first(first), m_style(style) {
    setZValue(layer::labels);
}

bool BaseLettersItem::isShown(const AxisRange& seen) const {
    return m_bases != nullptr && seen.span() <= mostShown + 1e-6;
}

int BaseLettersItem::rowsFor(double baseWidth) const {
    const double letter = QFontMetricsF(m_style.smallFont()).horizontalAdvance(QLatin1Char('G')) + 1;
    return std::clamp(static_cast<int>(std::ceil(letter / std::max(baseWidth, 0.1))), 1, mostLetterRows);
}

double BaseLettersItem::heightFor(double width) const {
    return std::ceil(rowsFor(width / mostShown) * QFontMetricsF(m_style.smallFont()).height());
}

std::pair<int64_t, int64_t> BaseLettersItem::seen() const {
    if (!isShown(map().x))
        return {0, 0};
    const auto count = static_cast<int64_t>(m_bases->size());
    const auto first = static_cast<int64_t>(std::ceil(map().x.lower - m_first));
    const auto last = static_cast<int64_t>(std::floor(map().x.upper - m_first)) + 1;
    const int64_t from = std::clamp<int64_t>(first, 0, count);
    return {from, std::clamp<int64_t>(last, from, count)};
}

std::string BaseLettersItem::letters() const {
    const auto [first, last] = seen();
    return first == last ? std::string()
                         : m_bases->substr(static_cast<size_t>(first), static_cast<size_t>(last - first));
}

void BaseLettersItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QRectF& plot = map().plot;
    const auto [first, last] = seen();
    if (plot.isEmpty() || first == last)
        return;
    const QFont font = m_style.font(m_style.smallSize, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double lineHeight = QFontMetricsF(m_style.smallFont()).height();
    const int rows = rowsFor(plot.width() / map().x.span());
    painter->save();
    for (int64_t base = first; base < last; ++base) {
        const auto letter = QString(QLatin1Char((*m_bases)[static_cast<size_t>(base)]));
        const double x = map().toX(m_first + static_cast<double>(base));
        drawLabel(painter, {x, plot.top() + static_cast<double>(base % rows) * lineHeight + metrics.ascent()},
                  letter, font, letter == QLatin1String("N") ? m_style.theme.muted : m_style.theme.text,
                  TextAnchor::Middle);
    }
    painter->restore();
}

} // namespace diploscope::ui
