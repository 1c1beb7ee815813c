// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::test {

inline QByteArray fileContent(const std::filesystem::path& file) {
    QFile handle(QString::fromStdString(file.string()));
    return handle.open(QIODevice::ReadOnly) ? handle.readAll() : QByteArray();
}

/// A table of ours or of a reference: rows as column name -> text; `#` lines are passed over.
inline std::vector<std::map<std::string, std::string>> tableFile(const std::filesystem::path& file) {
    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> header;
    for (const QByteArray& line : fileContent(file).split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const QList<QByteArray> fields = line.split('\t');
        if (header.empty()) {
            for (const QByteArray& field : fields)
                header.push_back(field.toStdString());
            continue;
        }
        std::map<std::string, std::string> row;
        for (size_t i = 0; i < header.size() && static_cast<qsizetype>(i) < fields.size(); ++i)
            row[header[i]] = fields[static_cast<qsizetype>(i)].toStdString();
        rows.push_back(std::move(row));
    }
    return rows;
}

/// A field of such a table, where `NA` is none.
inline std::optional<double> numberOrNone(const std::string& text) {
    return text == "NA" ? std::nullopt : std::optional(std::stod(text));
}

} // namespace diploscope::test
