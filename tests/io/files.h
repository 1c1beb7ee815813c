// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <string>

namespace diploscope::test {

/// Writes `text` through the command-line program (`gzip`, `bgzip`), so that a file is what other programs
/// write.
inline void writeThrough(const QString& program, const std::filesystem::path& file, const std::string& text) {
    QProcess process;
    process.setStandardOutputFile(QString::fromStdString(file.string()));
    process.start(program, {QStringLiteral("-c")});
    process.write(QByteArray::fromStdString(text));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

/// The first `size` bytes only; a negative size counts from the end.
inline void cutTo(const std::filesystem::path& file, std::intmax_t size) {
    const auto whole = static_cast<std::intmax_t>(std::filesystem::file_size(file));
    std::filesystem::resize_file(file, static_cast<std::uintmax_t>(size < 0 ? whole + size : size));
}

} // namespace diploscope::test
