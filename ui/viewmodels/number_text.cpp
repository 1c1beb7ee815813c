// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/number_text.h"

#include <QLocale>

#include <cmath>

namespace diploscope::ui {
namespace {

const QChar minusSign(0x2212);

QString withTrueMinus(QString text) {
    return text.replace(QLatin1Char('-'), minusSign);
}

QLocale plainLocale() {
    QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

} // namespace

QString undefinedText() {
    return QString(QChar(0x2013));
}

QString fixedText(double value, int decimals) {
    if (!std::isfinite(value))
        return undefinedText();
    QString text = plainLocale().toString(value, 'f', decimals);
    // "-0.00" is a rounded number, not a negative one.
    const bool zero = std::none_of(text.begin(), text.end(), [](QChar c) { return c >= u'1' && c <= u'9'; });
    if (zero && text.startsWith(QLatin1Char('-')))
        text.remove(0, 1);
    return withTrueMinus(text);
}

QString ratioText(const std::optional<double>& value) {
    return value ? fixedText(*value, 2) : undefinedText();
}

QString bracketText(const QString& low, const QString& high) {
    return unbroken(QStringLiteral("[%1, %2]").arg(low, high));
}

QString unbroken(QString text) {
    return text.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

QString countText(int64_t value) {
    return withTrueMinus(plainLocale().toString(static_cast<qlonglong>(value)));
}

QString pNumberText(const std::optional<PValue>& p) {
    if (!p || !std::isfinite(double(*p)))
        return undefinedText();
    if (*p >= 0.001)
        return QLocale::c().toString(double(*p), 'g', 2);
    if (std::isnan(p->log10()))
        return QStringLiteral("< 2") + powerOfTenText(-308);
    // One digit and the power of ten, from the logarithm: right at any size.
    double exponent = std::floor(p->log10());
    int digit = static_cast<int>(std::lround(std::pow(10.0, p->log10() - exponent)));
    if (digit == 10) {
        digit = 1;
        ++exponent;
    }
    return QString::number(digit) + powerOfTenText(static_cast<int>(exponent));
}

QString pText(const std::optional<PValue>& p) {
    const QString number = pNumberText(p);
    return number.startsWith(QLatin1Char('<')) ? QStringLiteral("p ") + number
                                               : QStringLiteral("p = ") + number;
}

QString rankPText(const std::optional<double>& p, int64_t predictors) {
    const bool least = p && *p <= 1.000001 / static_cast<double>(predictors + 1);
    return (least ? QStringLiteral("≤ ") : QString()) + pNumberText(p);
}

QString powerOfTenText(int exponent) {
    static constexpr char16_t digits[] = u"⁰¹²³⁴⁵⁶⁷⁸⁹";
    QString text = QStringLiteral("×10");
    for (const QChar c : QString::number(exponent))
        text += c == QLatin1Char('-') ? QChar(u'⁻') : QChar(digits[c.digitValue()]);
    return text;
}

QString countedText(int64_t count, const QString& singular, const QString& plural) {
    return countText(count) + QLatin1Char(' ') + (count == 1 ? singular : plural);
}

} // namespace diploscope::ui
