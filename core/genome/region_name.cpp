// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/region_name.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "genome/contig_names.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace diploscope {

namespace {

/// Beyond the end of any contig, and far from where sums of positions overflow.
constexpr int64_t LastPlace = int64_t{1} << 40;

/// Bytes of a typed text that an error repeats.
constexpr size_t MostTold = 60;

/// Nothing where the text is no whole number.
std::optional<int64_t> wholeNumber(std::string_view text) {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

} // namespace

Result<Region> parseRegion(std::string_view text, const std::vector<std::string>& contigs) {
    const auto refuse = [&](ErrorKind kind, std::string what) -> Failure {
        return fail(kind, std::move(what), fmt::format("region `{}`", text.substr(0, MostTold)),
                    "Write contig, first and last place, such as 22:19929000-19931000.");
    };
    std::string plain(trimmed(text));
    std::erase(plain, ',');
    // Contigs may have colons and dashes in their names.
    const size_t colon = plain.rfind(':');
    const size_t dash = colon == std::string::npos ? colon : plain.find('-', colon);
    if (dash == std::string::npos)
        return refuse(ErrorKind::BadInput, "It does not say a contig and two places.");
    const std::string_view all = plain;
    const std::optional<int64_t> first = wholeNumber(all.substr(colon + 1, dash - colon - 1));
    const std::optional<int64_t> last = wholeNumber(all.substr(dash + 1));
    if (!first || !last)
        return refuse(ErrorKind::BadInput, "It does not say a contig and two places.");
    if (*first < 1 || *last < *first || *last > LastPlace)
        return refuse(ErrorKind::BadInput, "Its first place is not from 1 to its last one.");
    const std::string_view named = all.substr(0, colon);
    const std::optional<std::string> contig = matchingContig(named, contigs);
    if (!contig)
        return refuse(ErrorKind::NotFound, fmt::format("The reference has no contig `{}`, but {}.",
                                                       named.substr(0, MostTold), listed(contigs)));
    return Region{*contig, *first - 1, *last};
}

} // namespace diploscope
