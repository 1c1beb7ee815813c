// SPDX-License-Identifier: GPL-3.0-or-later
#include "guide/guide_pages.h"

#include "viewmodels/column_guide.h"

#include <QFile>

namespace diploscope::ui {

namespace {

const QString kColumns = QStringLiteral("columns"); ///< no file

} // namespace

const QStringList& guidePages() {
    static const QStringList pages{QStringLiteral("first-verdict"),   QStringLiteral("own-files"),
                                   QStringLiteral("reading"),         QStringLiteral("why-wrong"),
                                   QStringLiteral("all-genes"),       QStringLiteral("clusters"),
                                   QStringLiteral("window"),          QStringLiteral("figures"),
                                   QStringLiteral("commands"),        QStringLiteral("models"),
                                   QStringLiteral("troubleshooting"), QStringLiteral("methods"),
                                   QStringLiteral("formats"),         kColumns,
                                   QStringLiteral("glossary")};
    return pages;
}

QString guideFolder() {
    return QStringLiteral(":/diploscope/guide/");
}

QString guideText(const QString& page) {
    if (page == kColumns)
        return columnGuide();
    if (!guidePages().contains(page))
        return {};
    QFile file(guideFolder() + page + QStringLiteral(".md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString guideAnchor(const QString& heading) {
    QString anchor;
    for (const QChar letter : heading.trimmed().toLower()) {
        if (letter == QLatin1Char(' '))
            anchor += QLatin1Char('-');
        else if (letter.isLetterOrNumber() || letter == QLatin1Char('-') || letter == QLatin1Char('_'))
            anchor += letter;
    }
    return anchor;
}

GuidePlace guidePlace(const QString& link, const QString& from) {
    const QString file = link.section(QLatin1Char('#'), 0, 0);
    const QString anchor = link.section(QLatin1Char('#'), 1);
    if (file.isEmpty())
        return {from, anchor};
    if (file == QLatin1String("../../models/README.md")) // where it lies in the tree, for who reads it there
        return {QStringLiteral("models"), anchor};
    const QString page = file.chopped(file.endsWith(QLatin1String(".md")) ? 3 : 0);
    return guidePages().contains(page) ? GuidePlace{page, anchor} : GuidePlace{};
}

} // namespace diploscope::ui
