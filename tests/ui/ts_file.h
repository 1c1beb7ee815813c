// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>
#include <QStringList>
#include <QXmlStreamReader>

#include <vector>

namespace diploscope::test {

/// One text of a translation's file.
struct TsMessage {
    QString context;
    QString source;
    QStringList translations; ///< one, or the forms of what is counted
    bool counted = false;
    bool finished = true;
};

/// \return nothing where the file cannot be read
inline std::vector<TsMessage> readTs(const QString& path) {
    QFile file(path);
    std::vector<TsMessage> messages;
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QString name = xml.name().toString();
        if (name == QStringLiteral("name"))
            context = xml.readElementText();
        else if (name == QStringLiteral("message"))
            messages.push_back({context,
                                {},
                                {},
                                xml.attributes().value(QStringLiteral("numerus")) == QStringLiteral("yes")});
        else if (name == QStringLiteral("source"))
            messages.back().source = xml.readElementText();
        else if (name == QStringLiteral("numerusform"))
            messages.back().translations << xml.readElementText();
        else if (name == QStringLiteral("translation")) {
            messages.back().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            if (!messages.back().counted)
                messages.back().translations << xml.readElementText();
        }
    }
    return xml.hasError() ? std::vector<TsMessage>() : messages;
}

} // namespace diploscope::test
