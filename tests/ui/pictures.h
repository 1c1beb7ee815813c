// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QImage>
#include <QPixmap>
#include <QRect>
#include <QString>
#include <QWidget>

namespace diploscope::test {

/// Keeps what a widget shows as NAME.png where DIPLOSCOPE_PICTURES names a folder: for people to look at.
inline void keepPicture(QWidget& widget, QString name) {
    const QString folder = qEnvironmentVariable("DIPLOSCOPE_PICTURES");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        widget.grab().save(folder + u'/' + name.replace(u' ', u'-') + QStringLiteral(".png"));
}

/// The rectangle in which two pictures differ; empty: they are the same.
inline QRect differenceOf(const QImage& a, const QImage& b) {
    if (a.size() != b.size())
        return a.rect() | b.rect();
    QRect differs;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            if (a.pixel(x, y) != b.pixel(x, y))
                differs |= QRect(x, y, 1, 1);
    return differs;
}

} // namespace diploscope::test
