// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/header_line.h"

#include "base/words.h"
#include "io/expression_reader.h"

#include <algorithm>
#include <vector>

namespace diploscope {

namespace {

std::vector<std::string_view> namesOf(std::string_view line, char separator) {
    std::vector<std::string_view> names;
    splitRow(line, separator, names);
    dropTrailingSeparators(names, 1);
    return names;
}

/// The next line that is not blank, which stays to be read; empty at the end.
Result<std::string> lookAhead(TextReader& reader) {
    std::string_view line;
    for (;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            return std::string();
        if (trimmed(line).empty())
            continue;
        reader.giveAgain();
        return std::string(line);
    }
}

bool holdsNumbers(const std::vector<std::string_view>& fields) {
    double ignored = 0;
    return std::any_of(fields.begin() + 1, fields.end(),
                       [&](std::string_view field) { return parseNumber(field, ignored); });
}

/// Whether a row lies under all names; its last values may be empty.
bool isAsLong(std::string_view next, char separator, size_t names) {
    std::vector<std::string_view> row;
    splitRow(next, separator, row);
    const size_t written = row.size();
    dropTrailingSeparators(row, 1);
    return row.size() <= names && names <= written;
}

/// Of `# chr`, and of `# made by a pipeline`.
bool isHeaderBehindBlank(std::string_view line, std::string_view next) {
    const std::string_view text = behindHash(line);
    const char separator = separatorOf(text);
    if (separator == '\0' || next.starts_with('#') || trimmed(next).empty())
        return false;
    const std::vector<std::string_view> names = namesOf(text, separator);
    const std::vector<std::string_view> row = namesOf(next, separator);
    if (describesRow(row.front())) // the header itself
        return false;
    if (isBedHeader(line) && separator != ' ' && names.size() > 1 && lowerCase(names[1]) == "start")
        return true;
    const bool isTitle = describesRow(names.front()) || (separator == '\t' && !holdsNumbers(names));
    return isTitle && isAsLong(next, separator, names.size()) && holdsNumbers(row);
}

} // namespace

std::string_view behindHash(std::string_view line) {
    if (!line.starts_with('#'))
        return line;
    line.remove_prefix(1);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return line;
}

bool isBedHeader(std::string_view line) {
    if (!line.starts_with('#'))
        return false;
    line = behindHash(line);
    const size_t end = line.find_first_of("\t, ");
    const std::string first = lowerCase(line.substr(0, end));
    if (end == std::string_view::npos || (first != "chr" && first != "chrom"))
        return false;
    // A sentence may begin so, too.
    return line[end] == '\t' || lowerCase(line.substr(end)).find("start") != std::string::npos;
}

bool isComment(std::string_view line, std::string_view next) {
    if (!line.starts_with('#'))
        return false;
    if (line.starts_with("# "))
        return !isHeaderBehindBlank(line, next);
    if (isBedHeader(line))
        return false;
    const char separator = separatorOf(line);
    if (line.starts_with("##") || line.starts_with("#!") || separator == '\0' || next.starts_with('#'))
        return true;
    const std::vector<std::string_view> names = namesOf(line, separator);
    const bool isDescribed = describesRow(names.front().substr(1));
    if (trimmed(next).empty())
        return separator != '\t' && !isDescribed;
    const bool isLong = isAsLong(next, separator, names.size());
    const bool nextIsHeader = describesRow(namesOf(next, separator).front());
    if (separator != '\t') // of a sentence, too
        return !isLong || !isDescribed;
    return isLong ? nextIsHeader && !isDescribed : nextIsHeader || !isDescribed;
}

Result<std::optional<std::string>> readHeaderLine(TextReader& reader) {
    std::string_view line;
    for (;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            return std::optional<std::string>();
        if (line.empty())
            continue;
        std::string header(line);
        if (!header.starts_with('#'))
            return std::optional(std::move(header));
        DS_ASSIGN(const std::string next, lookAhead(reader));
        if (isComment(header, next))
            continue;
        header = '#' + std::string(behindHash(header));
        return std::optional(std::move(header));
    }
}

} // namespace diploscope
