// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/table_writer.h"

#include "base/atomic_file.h"
#include "base/utf8.h"
#include "io/htslib_files.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace diploscope {

namespace {
/// Tabs and line ends inside a cell would tear the table apart; no value of ours needs them.
void appendClean(std::string& target, std::string_view text) {
    for (const char letter : validUtf8(text))
        target += letter == '\t' || letter == '\n' || letter == '\r' ? ' ' : letter;
}

/// Whether a spreadsheet would take the text for a formula. `+` and `-` alone are strands.
bool isFormula(std::string_view text) {
    double number = 0;
    return text.size() > 1 && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos &&
           !parseNumber(text, number);
}

void appendText(std::string& target, std::string_view text) {
    if (isFormula(text))
        target += '\'';
    appendClean(target, text);
}

Result<void> writeCompressed(const std::filesystem::path& file, std::string_view text) {
    DS_ASSIGN(AtomicFile target, AtomicFile::create(file));
    const auto failed = [&] {
        return fail(ErrorKind::Io, "The file cannot be written.", file.string(),
                    "Check free space and that you may write there.");
    };
    BgzfPtr handle(bgzf_open(std::filesystem::absolute(target.temporaryPath()).c_str(), "w"));
    if (!handle)
        return failed();
    if (bgzf_write(handle.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        return failed();
    if (bgzf_close(handle.release()) != 0)
        return failed();
    return target.commit();
}
} // namespace

std::string numberText(double value) {
    if (std::isnan(value))
        return "NA";
    std::array<char, 32> buffer{}; // the longest double in shortest form takes 24
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return std::string(buffer.data(), result.ptr);
}

TableWriter::TableWriter(const std::vector<std::string>& columns) : m_columnCount(columns.size()) {
    assert(!columns.empty());
    for (const std::string& column : columns) {
        if (!m_header.empty())
            m_header += '\t';
        appendText(m_header, column);
    }
    m_header += '\n';
}

void TableWriter::comment(std::string_view key, std::string_view value) {
    m_comments += "# ";
    appendClean(m_comments, key);
    m_comments += ": ";
    appendClean(m_comments, value);
    m_comments += '\n';
}

TableWriter& TableWriter::row() {
    assert(m_rows.empty() || m_cells == m_columnCount);
    if (!m_rows.empty())
        m_rows += '\n';
    m_cells = 0;
    return *this;
}

TableWriter& TableWriter::append(std::string_view text) {
    assert(m_cells < m_columnCount);
    if (m_cells++ > 0)
        m_rows += '\t';
    m_rows += text;
    return *this;
}

TableWriter& TableWriter::cell(std::string_view text) {
    append({});
    appendText(m_rows, text);
    return *this;
}

TableWriter& TableWriter::cell(double value) {
    return append(numberText(value));
}

TableWriter& TableWriter::cell(int64_t value) {
    return append(fmt::format_int(value).c_str());
}

TableWriter& TableWriter::cell(bool value) {
    return cell(std::string_view(value ? "true" : "false"));
}

TableWriter& TableWriter::cell(const std::optional<double>& value) {
    return value ? cell(*value) : cell(std::string_view("NA"));
}

std::string TableWriter::text() const {
    assert(m_rows.empty() || m_cells == m_columnCount);
    return m_comments + m_header + m_rows + (m_rows.empty() ? "" : "\n");
}

Result<void> TableWriter::writeTo(const std::filesystem::path& file) const {
    return file.extension() == ".gz" ? writeCompressed(file, text()) : writeFileAtomically(file, text());
}

} // namespace diploscope
