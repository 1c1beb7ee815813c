// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/region_of_interest.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope::ui {

namespace {

/// Tabs and line breaks separate in BED.
std::string inOneField(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text.empty() ? "." : text;
}

} // namespace

std::string toBed(const std::vector<RegionOfInterest>& regions) {
    std::string text;
    for (const RegionOfInterest& marked : regions) {
        if (!marked.note.empty())
            text += fmt::format("# {}: {}\n", inOneField(marked.name), inOneField(marked.note));
        text +=
            fmt::format("{}\t{}\t{}\t{}\n", marked.region.contig, std::max<int64_t>(0, marked.region.start),
                        marked.region.end, inOneField(marked.name));
    }
    return text;
}

} // namespace diploscope::ui
