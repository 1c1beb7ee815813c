// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axis_names.h"

#include <QFontMetricsF>

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr double betweenNames = 4;
constexpr double rowOfName = 0.85; ///< of a line's height: capitals of two rows do not touch

/// Labels are HTML, and no two of an axis may be the same.
void addName(Ticks& ticks, double value, const QString& shown) {
    QString label = shown.toHtmlEscaped();
    while (std::find(ticks.labels.begin(), ticks.labels.end(), label) != ticks.labels.end())
        label += QChar(0x200B);
    ticks.values.push_back(value);
    ticks.labels.push_back(label);
}

bool isShown(const AxisName& name, const AxisRange& range) {
    return name.value >= range.lower && name.value <= range.upper;
}

} // namespace

Ticks namesAlongX(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font,
                  double width) {
    const QFontMetricsF metrics(font);
    double room = width;
    for (size_t i = 1; i < names.size(); ++i)
        room = std::min(room, (names[i].value - names[i - 1].value) / range.span() * width);
    room = std::max(room - betweenNames, metrics.averageCharWidth());
    Ticks ticks;
    for (const AxisName& name : names)
        if (isShown(name, range))
            addName(ticks, name.value, metrics.elidedText(name.text, Qt::ElideMiddle, room));
    return ticks;
}

Ticks namesAlongY(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font,
                  double height, double most) {
    const QFontMetricsF metrics(font);
    const double least = rowOfName * metrics.height() / std::max(height, 1.0) * range.span();
    std::vector<const AxisName*> shown;
    for (auto name = names.rbegin(); name != names.rend(); ++name)
        if (isShown(*name, range) && (shown.empty() || shown.back()->value - name->value >= least))
            shown.push_back(&*name);
    Ticks ticks;
    for (auto name = shown.rbegin(); name != shown.rend(); ++name)
        addName(ticks, (*name)->value, metrics.elidedText((*name)->text, Qt::ElideMiddle, most));
    return ticks;
}

} // namespace diploscope::ui
