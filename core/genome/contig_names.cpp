// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/contig_names.h"

#include <algorithm>
#include <cctype>

namespace diploscope {

namespace {
bool startsWithChr(std::string_view name) {
    const auto lower = [&](size_t i) { return std::tolower(static_cast<unsigned char>(name[i])); };
    return name.size() > 3 && lower(0) == 'c' && lower(1) == 'h' && lower(2) == 'r';
}
} // namespace

std::string canonicalContig(std::string_view name) {
    if (startsWithChr(name))
        name.remove_prefix(3);
    return name == "M" ? "MT" : std::string(name);
}

std::optional<std::string> matchingContig(std::string_view name, const std::vector<std::string>& available) {
    // The name itself first: a file may hold both `22` and `chr22`.
    if (const auto same = std::find(available.begin(), available.end(), name); same != available.end())
        return *same;
    const std::string wanted = canonicalContig(name);
    const auto alias = std::find_if(available.begin(), available.end(), [&](const std::string& other) {
        return canonicalContig(other) == wanted;
    });
    if (alias == available.end())
        return std::nullopt;
    return *alias;
}

} // namespace diploscope
