// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/xml_text.h"

namespace diploscope::ui {

QString printable(const QString& text) {
    QString kept;
    kept.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text[i];
        const bool pair = letter.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const bool control = letter.unicode() < 0x20 && letter != QLatin1Char('\n') &&
                             letter != QLatin1Char('\t') && letter != QLatin1Char('\r');
        if (pair)
            kept.append(letter).append(text[++i]);
        else if (!control && !letter.isSurrogate() && letter.unicode() < 0xFFFE)
            kept.append(letter);
    }
    return kept;
}

QByteArray xmlText(const QString& text) {
    return printable(text).toHtmlEscaped().toUtf8();
}

QByteArray svgNumber(double value) {
    QByteArray text = QByteArray::number(value, 'f', 2);
    while (text.contains('.') && (text.endsWith('0') || text.endsWith('.')))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

} // namespace diploscope::ui
