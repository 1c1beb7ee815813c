// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axis_names.h"

#include "charts/text_lines.h"

#include <QFontMetricsF>

#include <algorithm>

namespace diploscope::ui {
namespace {

constexpr double betweenNames = 4;
constexpr double rowOfName = 0.85; ///< of a line's height: capitals of two rows do not touch

const QString lineBreak = QStringLiteral("<br>");

/// As it is shown: HTML.
QString fitted(const QString& name, const QFont& font, double room, LongNames longNames) {
    if (longNames == LongNames::Cut)
        return QFontMetricsF(font).elidedText(name, Qt::ElideMiddle, room).toHtmlEscaped();
    QStringList lines;
    for (const QString& line : brokenLines(name, font, room))
        lines << line.toHtmlEscaped();
    return lines.join(lineBreak);
}

/// No two labels of an axis may be the same.
void addName(Ticks& ticks, double value, QString label) {
    while (std::find(ticks.labels.begin(), ticks.labels.end(), label) != ticks.labels.end())
        label += QChar(0x200B);
    ticks.values.push_back(value);
    ticks.labels.push_back(label);
}

bool isShown(const AxisName& name, const AxisRange& range) {
    return name.value >= range.lower && name.value <= range.upper;
}

} // namespace

Ticks namesAlongX(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font, double width,
                  LongNames longNames) {
    const QFontMetricsF metrics(font);
    double room = width;
    for (size_t i = 1; i < names.size(); ++i)
        room = std::min(room, (names[i].value - names[i - 1].value) / range.span() * width);
    room = std::max(room - betweenNames, metrics.averageCharWidth());
    Ticks ticks;
    for (const AxisName& name : names)
        if (isShown(name, range))
            addName(ticks, name.value, fitted(name.text, font, room, longNames));
    return ticks;
}

Ticks namesAlongY(const std::vector<AxisName>& names, const AxisRange& range, const QFont& font,
                  double height, double most, LongNames longNames) {
    const double line =
        rowOfName * QFontMetricsF(font).height() / std::max(height, 1.0) * range.span(); // in data
    struct Shown {
        double value;
        QString label;
        double half; ///< of its height
    };
    std::vector<Shown> shown;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
        if (!isShown(*name, range))
            continue;
        QString label = fitted(name->text, font, most, longNames);
        const double half = static_cast<double>(labelLines(label)) * line / 2;
        if (shown.empty() || shown.back().value - name->value >= shown.back().half + half)
            shown.push_back({name->value, std::move(label), half});
    }
    Ticks ticks;
    for (auto name = shown.rbegin(); name != shown.rend(); ++name)
        addName(ticks, name->value, name->label);
    return ticks;
}

double labelWidth(const QString& label, const QFont& font) {
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const QString& line : label.split(lineBreak))
        width = std::max(width, metrics.horizontalAdvance(line));
    return width;
}

qsizetype labelLines(const QString& label) {
    return label.count(lineBreak) + 1;
}

} // namespace diploscope::ui
