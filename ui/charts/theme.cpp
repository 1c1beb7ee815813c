// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/theme.h"

#include <QFontDatabase>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

const MarkLook& Theme::verdict(Verdict verdict) const {
    switch (verdict) {
    case Verdict::Supported:
        return supported;
    case Verdict::Unsupported:
        return unsupported;
    case Verdict::Undefined:
        break;
    }
    return undecided;
}

MarkLook Theme::credibleSet(int64_t number) const {
    static constexpr std::array shapes{MarkShape::Square, MarkShape::Triangle, MarkShape::Diamond,
                                       MarkShape::Circle, MarkShape::TriangleDown};
    const auto at = static_cast<size_t>(std::max<int64_t>(number - 1, 0));
    return {sets[(at + at / shapes.size()) % sets.size()], shapes[at % shapes.size()]};
}

Theme lightTheme() {
    Theme theme;
    theme.ground = QColor(0xf6f7f9);
    theme.card = Qt::white;
    theme.text = QColor(0x1d232b);
    theme.muted = QColor(0x5b6570);
    theme.axis = QColor(0x3a424c);
    theme.rule = QColor(0xb4bbc4);
    theme.accent = QColor(0x2260a8);
    theme.line = QColor(0x1d232b);
    theme.threshold = QColor(0xb8432f);
    theme.quiet = QColor(0xa9b1bc);
    theme.faint = QColor(0xd9dee4);
    theme.pale = QColor(0xb3cbe8);
    theme.supported = {QColor(0x0a7d5c), MarkShape::Circle};
    theme.unsupported = {QColor(0xa3307f), MarkShape::Diamond};
    theme.undecided = {QColor(0x6b7480), MarkShape::Square};
    theme.tintOpacity = 0.09;
    // Blue, amber and brick differ in lightness too, so that they stay apart in grey and to every kind of
    // colour vision.
    theme.genotypes = {MarkLook{QColor(0x5a94c8), MarkShape::Circle},
                       MarkLook{QColor(0xe0a030), MarkShape::Triangle},
                       MarkLook{QColor(0xb0402c), MarkShape::Square}};
    // Rare is pale but never fainter than 2:1 on white; common is dark.
    theme.frequency = ColourScale(
        {QColor(0xa9c6e3), QColor(0x6f9fce), QColor(0x3b74b3), QColor(0x1d4f8f), QColor(0x0c2a5b)});
    theme.prediction = ColourScale({QColor(0x160b39), QColor(0x420a68), QColor(0x6a176e), QColor(0x932667),
                                    QColor(0xbc3754), QColor(0xdd513a), QColor(0xf37819), QColor(0xfca50a)});
    // Neither the verdicts' green and purple nor the blues of MAF.
    theme.sets = {QColor(0xb35c00), QColor(0x007d9c), QColor(0xb5304a), QColor(0x6a4fb3), QColor(0x66720a)};
    theme.bases = {QColor(0x2e8540), QColor(0x2260a8), QColor(0xb86e00), QColor(0xb8432f)};
    // As directionLegend() has them.
    theme.change = ColourScale(
        {QColor(0xb8432f), QColor(0xe9a893), QColor(0xf2f3f5), QColor(0x8fb4dc), QColor(0x2260a8)});
    return theme;
}

Theme darkTheme() {
    Theme theme = lightTheme();
    theme.ground = QColor(0x12161c);
    theme.card = QColor(0x1b2129);
    theme.text = QColor(0xe9edf2);
    theme.muted = QColor(0xa3adb8);
    theme.axis = QColor(0x9aa4b0);
    theme.rule = QColor(0x4a5460);
    theme.accent = QColor(0x6aa9ee);
    theme.line = QColor(0xe9edf2);
    theme.threshold = QColor(0xef8a72);
    theme.quiet = QColor(0x6d7885);
    theme.faint = QColor(0x343d48);
    theme.pale = QColor(0x34557e);
    theme.supported.colour = QColor(0x35b892);
    theme.unsupported.colour = QColor(0xe584c5);
    theme.undecided.colour = QColor(0x98a2ad);
    theme.tintOpacity = 0.14;
    theme.genotypes[0].colour = QColor(0x6fabe0);
    theme.genotypes[1].colour = QColor(0xf0b64c);
    theme.genotypes[2].colour = QColor(0xd0553c);
    // The other way round: on a dark ground it is the pale end that stands out, and it belongs to the common
    // variants.
    theme.frequency = ColourScale(
        {QColor(0x2f5f92), QColor(0x4a83bd), QColor(0x76a9dc), QColor(0xaacdf0), QColor(0xe6f2ff)});
    theme.prediction = ColourScale({QColor(0x7a1d6d), QColor(0xa52c60), QColor(0xcf4446), QColor(0xed6925),
                                    QColor(0xfb9b06), QColor(0xf7d13d), QColor(0xfcffa4)});
    theme.sets = {QColor(0xf29a3f), QColor(0x45bcd9), QColor(0xf07a8c), QColor(0xa995f2), QColor(0xb9c64e)};
    theme.bases = {QColor(0x5fbf72), QColor(0x6aa9ee), QColor(0xf0b64c), QColor(0xef8a72)};
    theme.change = ColourScale(
        {QColor(0xef8a72), QColor(0x8c4a3d), QColor(0x29313b), QColor(0x3a5f8c), QColor(0x6aa9ee)});
    return theme;
}

QFont ChartStyle::font(double size, QFont::Weight weight, bool italic) const {
    // Pixel sizes, because a scene unit is a pixel on screen and a point on paper; point sizes would be
    // scaled by the resolution of whatever device paints.
    return plainFont(fontFamily, static_cast<int>(size + 0.5), weight, italic);
}

Result<ChartStyle> ChartStyle::screen(const Theme& theme) {
    DS_ASSIGN(QString family, chartFontFamily());
    ChartStyle style;
    style.theme = theme;
    style.fontFamily = family;
    style.titleSize = 13;
    style.textSize = 12;
    style.smallSize = 11;
    style.axisWidth = 1.2;
    style.lineWidth = 1.6;
    style.ruleWidth = 1;
    style.stemWidth = 1.4;
    style.ringWidth = 2;
    style.markSize = 6.5;
    style.driverSize = 9;
    style.driverGrowth = 10;
    style.gap = 8;
    return style;
}

Result<ChartStyle> ChartStyle::paper(const PrintedLook& look) {
    DS_ASSIGN(QString family, chartFontFamily());
    if (!look.family.isEmpty() && !QFontDatabase::families().contains(look.family))
        return fail(
            ErrorKind::NotFound,
            QStringLiteral("The font %1 is not installed.").arg(look.family).toStdString(), "font",
            QStringLiteral("Install it, or leave the font out: %1 is there.").arg(family).toStdString());
    if (!look.family.isEmpty())
        family = look.family;
    ChartStyle style;
    style.printed = true;
    style.transparent = look.transparent;
    style.theme = lightTheme();
    style.theme.ground = Qt::white;
    style.fontFamily = family;
    style.titleSize = std::round(look.pt * 8 / 7);
    style.textSize = std::round(look.pt);
    style.smallSize = style.textSize;
    style.leastSize = std::min(style.textSize, std::ceil(look.leastPt - 1e-9));
    style.axisWidth = look.axisWidth.value_or(0.5);
    style.lineWidth = look.lineWidth.value_or(0.9);
    style.ruleWidth = look.ruleWidth.value_or(0.5);
    style.stemWidth = look.stemWidth.value_or(0.6);
    style.ringWidth = look.ringWidth.value_or(1);
    style.markSize = 3.4;
    style.driverSize = 5;
    style.driverGrowth = 5.5;
    style.gap = 4;
    return style;
}

} // namespace diploscope::ui
