// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axis_title.h"

#include "charts/text_lines.h"

#include <QFontMetricsF>

#include <algorithm>

namespace diploscope::ui {

double AxisTitle::height() const {
    return static_cast<double>(lines.size()) * QFontMetricsF(font).height();
}

AxisTitle axisTitle(const QString& title, const ChartStyle& style, double room, double depth) {
    constexpr double smallest = 0.5;       ///< of the usual letters, to be read
    constexpr double smallestUncut = 0.35; ///< rather than cut
    constexpr double lowTrack = 5;         ///< letters high
    constexpr double rounding = 4;         ///< Qt Charts cuts a line that it measures a hair longer
    room -= rounding;
    const QStringList words = title.split(QLatin1Char(' '));
    // A quantity and its unit come apart at the comma between them.
    const qsizetype comma = title.indexOf(QStringLiteral(", "));
    AxisTitle shown;
    if (title.isEmpty())
        return {{}, style.textFont()};
    for (double size = style.textSize; size >= smallestUncut * style.textSize; size -= 1) {
        shown.font = style.font(size);
        const QFontMetricsF metrics(shown.font);
        shown.lines = {title};
        if (metrics.horizontalAdvance(title) > room && comma > 0)
            shown.lines = {title.left(comma + 1), title.mid(comma + 2)};
        if (std::any_of(shown.lines.begin(), shown.lines.end(),
                        [&](const QString& line) { return metrics.horizontalAdvance(line) > room; }))
            shown.lines = brokenLines(title, shown.font, room);
        // Smaller letters rather than a word in two lines, as long as they can be read.
        const bool wholeWords = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return metrics.horizontalAdvance(word) <= room;
        });
        const bool small = size - 1 < smallest * style.textSize;
        // Of a track that is lower than its words the quantity alone is said, in whole ones.
        if (small && !wholeWords && comma > 0 && room < lowTrack * style.textSize)
            return axisTitle(title.left(comma), style, room + rounding, depth);
        if (shown.height() <= depth && (wholeWords || small))
            return shown;
    }
    // Cut here, because Qt Charts would cut the escaped text, in the middle of an entity if it comes to that.
    const QFontMetricsF metrics(shown.font);
    const auto most = std::max<qsizetype>(1, static_cast<qsizetype>(depth / metrics.height()));
    if (shown.lines.size() <= most)
        return shown;
    shown.lines = shown.lines.mid(0, most);
    shown.lines.last() = metrics.elidedText(shown.lines.last() + QStringLiteral(" …"), Qt::ElideRight, room);
    return shown;
}

} // namespace diploscope::ui
