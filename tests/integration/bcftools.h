// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support.h"

#include <QProcess>

/// bcftools, and what it writes.
namespace diploscope::test {

inline QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Standard output of a program, or nothing where it fails.
inline std::optional<QByteArray> outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(120000) || process.exitCode() != 0) {
        qWarning("%s: %s", qPrintable(program), process.readAllStandardError().constData());
        return std::nullopt;
    }
    return process.readAllStandardOutput();
}

/// Sequences of a FASTA text in upper case, in order.
inline std::vector<std::string> sequencesOf(const QByteArray& fasta) {
    std::vector<std::string> sequences;
    for (const QByteArray& line : fasta.split('\n')) {
        if (line.startsWith('>'))
            sequences.emplace_back();
        else if (!line.isEmpty())
            sequences.back() += line.toUpper().toStdString();
    }
    return sequences;
}

} // namespace diploscope::test
