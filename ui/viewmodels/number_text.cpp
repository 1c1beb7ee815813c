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

QString pNumberText(const std::optional<double>& p) {
    if (!p || !std::isfinite(*p))
        return undefinedText();
    if (*p <= 0)
        return QStringLiteral("< 5e") + minusSign + QStringLiteral("324");
    if (*p >= 0.001)
        return QLocale::c().toString(*p, 'g', 2);
    QString text = QLocale::c().toString(*p, 'e', 0);
    // "1e-05" -> "1e-5"
    const qsizetype sign = text.indexOf(QLatin1Char('-'));
    while (sign >= 0 && sign + 1 < text.size() && text[sign + 1] == QLatin1Char('0'))
        text.remove(sign + 1, 1);
    return withTrueMinus(text);
}

QString pText(const std::optional<double>& p) {
    const QString number = pNumberText(p);
    return number.startsWith(QLatin1Char('<')) ? QStringLiteral("p ") + number
                                               : QStringLiteral("p = ") + number;
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
