// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axis_title.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>

namespace diploscope::ui {

double AxisTitle::height() const {
    constexpr double withScripts = 1.4; // a line's height, which Qt makes room for
    double height = 0;
    for (const RichLabel& line : lines)
        height += (line.hasScripts() ? withScripts : 1) * QFontMetricsF(font).height();
    return height;
}

QString AxisTitle::html() const {
    QStringList all;
    for (const RichLabel& line : lines)
        all << line.html();
    return all.join(QStringLiteral("<br>"));
}

AxisTitle axisTitle(const RichLabel& title, const ChartStyle& style, double room, double depth) {
    constexpr double smallestWhole = 0.7; ///< of the usual letters, to be read as well as others
    constexpr double lowTrack = 10;       ///< letters high
    constexpr size_t mostInLow = 2;       ///< lines: a quantity and its unit
    constexpr double tooLowForWords = 5;  ///< letters high
    constexpr double rounding = 4;        ///< Qt Charts cuts a line that it measures a hair longer
    const double smallest = style.printed ? style.leastSize : 0.5 * style.textSize; ///< to be read
    const double smallestUncut = style.printed ? 0.1 : 0.35; ///< of the usual ones, rather than cut
    room -= rounding;
    const QString text = title.plain();
    const QStringList words = text.split(QLatin1Char(' '));
    // A quantity and its unit come apart at the comma between them.
    const qsizetype comma = text.indexOf(QStringLiteral(", "));
    AxisTitle shown;
    if (title.isEmpty())
        return {{}, style.textFont()};
    // Somewhat smaller letters rather than a quantity or a unit in two lines.
    const std::vector<RichLabel> parts =
        comma > 0 ? std::vector{title.part(0, comma + 1), title.part(comma + 2, text.size())}
                  : std::vector{title};
    for (double size = style.textSize; size >= std::max(smallestWhole * style.textSize, style.leastSize);
         size -= 1)
        for (const auto& lines : {std::vector{title}, parts}) {
            shown = {lines, style.font(size)};
            const bool fits = std::all_of(lines.begin(), lines.end(), [&](const RichLabel& line) {
                return line.width(shown.font) <= room;
            });
            if (fits && shown.height() <= depth)
                return shown;
        }
    for (double size = style.textSize; size >= smallestUncut * style.textSize; size -= 1) {
        shown.font = style.font(size);
        const QFontMetricsF metrics(shown.font);
        shown.lines = {title};
        if (title.width(shown.font) > room)
            shown.lines = parts;
        if (std::any_of(shown.lines.begin(), shown.lines.end(),
                        [&](const RichLabel& line) { return line.width(shown.font) > room; }))
            shown.lines = title.broken(shown.font, room);
        // Smaller letters rather than a word in two lines, as long as they can be read.
        const bool wholeWords = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return metrics.horizontalAdvance(word) <= room;
        });
        const bool small = size - 1 < smallest;
        // Of a low track the quantity alone is said where a long unit takes line upon line, or its words do
        // not fit.
        const bool isLow = room < lowTrack * style.textSize && wholeWords && shown.lines.size() > mostInLow;
        const bool isTooLow = room < tooLowForWords * style.textSize && small && !wholeWords;
        if (!style.printed && comma > 0 && (isLow || isTooLow))
            return axisTitle(title.part(0, comma), style, room + rounding, depth);
        if (shown.height() <= depth && (wholeWords || small))
            return shown;
    }
    // Cut here, because Qt Charts would cut the escaped text, in the middle of an entity if it comes to that.
    const QFontMetricsF metrics(shown.font);
    const auto most = std::max<size_t>(1, static_cast<size_t>(std::max(depth / metrics.height(), 0.0)));
    if (shown.lines.size() <= most || style.printed)
        return shown;
    shown.lines.resize(most);
    shown.lines.back() = RichLabel(
        metrics.elidedText(shown.lines.back().plain() + QStringLiteral(" …"), Qt::ElideRight, room));
    return shown;
}

} // namespace diploscope::ui
