// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "export/figure_export.h"

#include <QStringList>
#include <QXmlStreamReader>

#include <filesystem>

/// What a saved figure's SVG holds, and what figures that tests save are called.
namespace diploscope::test {

struct SvgContent {
    QString problem;
    QStringList texts;
    int marks = 0;
    int stems = 0;
    QString width;
    QString viewBox;
    QString title;
    QString description;
};

inline SvgContent readSvg(const std::filesystem::path& file) {
    SvgContent content;
    const auto text = readWholeFile(file);
    if (!text) {
        content.problem = QString::fromStdString(text.error().message());
        return content;
    }
    QXmlStreamReader xml(QByteArray::fromStdString(*text));
    QStringList groups;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            const QString name = xml.name().toString();
            if (name == QStringLiteral("svg")) {
                content.width = xml.attributes().value(QStringLiteral("width")).toString();
                content.viewBox = xml.attributes().value(QStringLiteral("viewBox")).toString();
            } else if (name == QStringLiteral("text")) {
                content.texts << xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
                continue;
            } else if (name == QStringLiteral("title")) {
                content.title = xml.readElementText();
                continue;
            } else if (name == QStringLiteral("desc")) {
                content.description = xml.readElementText();
                continue;
            } else if (name != QStringLiteral("g") && groups.contains(QStringLiteral("stems"))) {
                ++content.stems;
            } else if (name != QStringLiteral("g") && groups.contains(QStringLiteral("marks"))) {
                ++content.marks;
            }
            groups << xml.attributes().value(QStringLiteral("class")).toString();
        } else if (token == QXmlStreamReader::EndElement) {
            groups.removeLast();
        }
    }
    if (xml.hasError())
        content.problem = xml.errorString();
    return content;
}

inline const ui::FigureInfo SavedInfo{QStringLiteral("GSTM3 & <others>"),
                                      {{"program", programVersion()}, {"study", "a <study> & more"}}};

} // namespace diploscope::test
