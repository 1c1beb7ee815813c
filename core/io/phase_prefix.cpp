// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/phase_prefix.h"

#include "base/cpu_clones.h"

#include <algorithm>
#include <string_view>

namespace diploscope {

namespace {

/// Whether any column begins with a mark. Lines without one are nearly all, and long.
DS_CLONES bool mayHavePrefix(const char* text, size_t length) {
    unsigned char found = 0;
    for (size_t i = 1; i < length; ++i)
        found |= static_cast<unsigned char>((text[i - 1] == '\t') & ((text[i] == '|') | (text[i] == '/')));
    return found != 0;
}

} // namespace

void foldPhasePrefixes(kstring_t& line) {
    const std::string_view text(line.s, line.l);
    if (!mayHavePrefix(line.s, line.l))
        return;
    constexpr int ColumnsBeforeFormat = 8;
    size_t format = 0;
    for (int column = 0; column < ColumnsBeforeFormat; ++column) {
        const size_t tab = text.find('\t', format);
        if (tab == std::string_view::npos)
            return;
        format = tab + 1;
    }
    const size_t first = text.find('\t', format);
    const std::string_view keys = text.substr(format, first - format);
    if (first == std::string_view::npos || (keys != "GT" && !keys.starts_with("GT:")))
        return;

    char* to = line.s + first;
    const char* const end = line.s + line.l;
    for (const char* from = to; from < end;) {
        *to++ = *from++; // the tab
        const char* const fieldEnd = std::find(from, end, '\t');
        const bool hasPrefix = from < fieldEnd && (*from == '|' || *from == '/');
        const bool unphased = hasPrefix && *from == '/';
        from += hasPrefix ? 1 : 0;
        const char* const genotypeEnd = std::find(from, fieldEnd, ':');
        to = unphased ? std::replace_copy(from, genotypeEnd, to, '|', '/') : std::copy(from, genotypeEnd, to);
        to = std::copy(genotypeEnd, fieldEnd, to);
        from = fieldEnd;
    }
    *to = '\0';
    line.l = static_cast<size_t>(to - line.s);
}

} // namespace diploscope
