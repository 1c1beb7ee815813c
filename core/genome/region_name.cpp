// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/region_name.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "genome/contig_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace diploscope {

namespace {

/// Bytes of a typed text that an error repeats.
constexpr size_t MostTold = 60;

/// Without blanks and the commas between thousands, and with a plain dash for whatever stands for one.
std::string plainPlace(std::string_view typed) {
    constexpr std::string_view dashes[] = {"\u2013", "\u2014", "\u2212", ".."};
    std::string plain;
    for (size_t i = 0; i < typed.size(); ++i) {
        size_t dash = 0;
        for (const std::string_view one : dashes)
            if (typed.substr(i).starts_with(one))
                dash = one.size();
        if (dash > 0) {
            plain += '-';
            i += dash - 1;
        } else if (typed[i] != ',' && typed[i] != ' ' && typed[i] != '\t') {
            plain += typed[i];
        }
    }
    return plain;
}

/// "19930274", "19.93M", "5 kb": nothing where that is no whole number of bases, LargestPosition + 1 where it
/// is too large.
std::optional<int64_t> basesIn(std::string_view text) {
    std::string number = lowerCase(text);
    if (number.ends_with("bp"))
        number.resize(number.size() - 2);
    else if (number.ends_with('b'))
        number.pop_back();
    size_t zeros = 0;
    if (number.ends_with('k') || number.ends_with('m')) {
        zeros = number.back() == 'k' ? 3 : 6;
        number.pop_back();
    }
    // Digit by digit, or the bases of a decimal fraction would be off by its rounding.
    const size_t point = number.find('.');
    std::string fraction = point == std::string::npos ? std::string() : number.substr(point + 1);
    number.resize(std::min(point, number.size()));
    if (number.empty() || fraction.size() > zeros || (point != std::string::npos && fraction.empty()))
        return std::nullopt;
    fraction.resize(zeros, '0');
    int64_t bases = 0;
    for (const char digit : number + fraction) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        bases = std::min(10 * bases + (digit - '0'), LargestPosition + 1);
    }
    return bases;
}

Failure noPlace(ErrorKind kind, std::string what, std::string_view typed) {
    return fail(kind, std::move(what), fmt::format("region `{}`", typed.substr(0, MostTold)),
                "Write contig, first and last place, such as 22:19929000-19931000.");
}

} // namespace

Result<PlaceName> parsePlace(std::string_view text) {
    const std::string plain = plainPlace(text);
    // Contigs may have colons and dashes in their names.
    const size_t colon = plain.rfind(':');
    PlaceName place;
    if (colon != std::string::npos)
        place.contig = plain.substr(0, colon);
    const std::string_view places =
        std::string_view(plain).substr(colon == std::string::npos ? 0 : colon + 1);
    const size_t dash = places.find('-');
    place.isRange = dash != std::string_view::npos;
    const std::optional<int64_t> first = basesIn(places.substr(0, dash));
    const std::optional<int64_t> last = place.isRange ? basesIn(places.substr(dash + 1)) : first;
    if (!first || !last || (colon != std::string::npos && place.contig.empty()))
        return noPlace(ErrorKind::BadInput, "It does not say a place, nor a contig and two places.", text);
    if (*first < 1 || *last < *first || *last > LargestPosition)
        return noPlace(ErrorKind::BadInput,
                       place.isRange ? "Its first place is not from 1 to its last one."
                                     : "Places are counted from 1 to the end of a contig.",
                       text);
    place.first = *first;
    place.last = *last;
    return place;
}

Result<Region> parseRegion(std::string_view text, const std::vector<std::string>& contigs) {
    DS_ASSIGN(const PlaceName place, parsePlace(text));
    if (place.contig.empty() || !place.isRange)
        return noPlace(ErrorKind::BadInput, "It does not say a contig and two places.", text);
    const std::optional<std::string> contig = matchingContig(place.contig, contigs);
    if (!contig)
        return noPlace(ErrorKind::NotFound,
                       fmt::format("The reference has no contig `{}`, but {}.",
                                   place.contig.substr(0, MostTold), listed(contigs)),
                       text);
    return Region{*contig, place.first - 1, place.last};
}

} // namespace diploscope
