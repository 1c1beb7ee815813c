// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/header_line.h"

#include "base/words.h"
#include "io/expression_reader.h"

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

} // namespace

bool isBedHeader(std::string_view line) {
    const size_t end = line.find_first_of("\t, ");
    const std::string first = lowerCase(line.substr(0, end));
    if (end == std::string_view::npos || (first != "#chr" && first != "#chrom"))
        return false;
    // A sentence may begin so, too.
    return line[end] == '\t' || lowerCase(line.substr(end)).find("start") != std::string::npos;
}

bool isComment(std::string_view line, std::string_view next) {
    if (!line.starts_with('#') || isBedHeader(line))
        return false;
    const char separator = separatorOf(line);
    if (line.starts_with("##") || line.starts_with("# ") || line.starts_with("#!") || separator == '\0' ||
        next.starts_with('#'))
        return true;
    const std::vector<std::string_view> names = namesOf(line, separator);
    const bool isDescribed = describesRow(names.front().substr(1));
    if (trimmed(next).empty())
        return separator != '\t' && !isDescribed;
    const std::vector<std::string_view> row = namesOf(next, separator);
    const bool isAsLong = names.size() == row.size();
    const bool nextIsHeader = describesRow(row.front());
    if (separator != '\t') // of a sentence, too
        return !isAsLong || !isDescribed;
    return isAsLong ? nextIsHeader && !isDescribed : nextIsHeader || !isDescribed;
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
        if (!isComment(header, next))
            return std::optional(std::move(header));
    }
}

} // namespace diploscope
