// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/typed_edits.h"

#include "base/words.h"
#include "experiment/carried_variants.h"
#include "genome/bases.h"
#include "genome/variant_name.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <tuple>

namespace diploscope {

namespace {

Result<void> checkBases(std::string_view bases) {
    if (isPlainBases(bases))
        return {};
    return fail(ErrorKind::BadInput,
                bases.empty() ? "No bases are given."
                              : fmt::format("`{}` are no bases.", bases.substr(0, 60)),
                "edit", "Give A, C, G and T alone.");
}

/// Letters of a sequence as it is pasted: without FASTA's headers, places, gaps between words; RNA as DNA.
std::string pastedLetters(std::string_view text) {
    std::string letters;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with('>') || line.starts_with(';'))
            continue;
        for (const char letter : line) {
            const auto byte = static_cast<unsigned char>(letter);
            if (std::isspace(byte) != 0 || std::isdigit(byte) != 0)
                continue;
            const char upper = static_cast<char>(std::toupper(byte));
            letters += upper == 'U' ? 'T' : upper;
        }
    }
    return letters;
}

std::string placeText(const PreparedLocus& locus, int64_t position) {
    return fmt::format("{}:{}", locus.locus().region.contig, position + 1);
}

Failure noPlace() {
    return fail(ErrorKind::BadInput, "No place is pointed at.", "edit",
                "Click a base first, or give the place: 22:120:A:G.");
}

} // namespace

Result<Variant> stretchChange(const PreparedLocus& locus, int64_t position, std::string_view bases) {
    DS_TRY(checkBases(bases));
    const std::string there = locus.referenceBases(position, static_cast<int64_t>(bases.size()));
    if (there == bases)
        return fail(ErrorKind::BadInput,
                    fmt::format("The reference has just these bases from {} on.", placeText(locus, position)),
                    "edit", "Give others, or point at another place.");
    return trimmedVariant(locus.locus().region.contig, position, there, bases);
}

Result<Variant> deletion(const PreparedLocus& locus, int64_t position, int64_t length) {
    if (length < 1 || length > locus.locus().region.length())
        return fail(ErrorKind::BadInput, fmt::format("{} bases cannot be taken out.", length), "edit",
                    "Give a number from 1 to the window's length.");
    if (position <= locus.locus().region.start)
        return fail(ErrorKind::BadInput, "The window's first base cannot be taken out.",
                    placeText(locus, position), "Begin with the second one.");
    const std::string there = locus.referenceBases(position - 1, length + 1);
    return Variant{locus.locus().region.contig, position - 1, there, there.substr(0, 1)};
}

Result<Variant> insertion(const PreparedLocus& locus, int64_t position, std::string_view bases) {
    DS_TRY(checkBases(bases));
    const std::string there = locus.referenceBases(position, 1);
    return Variant{locus.locus().region.contig, position, there, there + std::string(bases)};
}

Result<Variant> typedEdit(std::string_view text, const PreparedLocus& locus,
                          const std::vector<std::string>& contigs, std::optional<int64_t> place) {
    const std::string_view typed = trimmed(text);
    if (typed.starts_with('+') || typed.starts_with('-')) {
        if (!place)
            return noPlace();
        if (typed.front() == '+')
            return insertion(locus, *place, pastedLetters(typed.substr(1)));
        int64_t length = 0;
        if (!parseInteger(trimmed(typed.substr(1)), length))
            return fail(ErrorKind::BadInput, fmt::format("`{}` is no number of bases.", typed.substr(0, 60)),
                        "edit", "Write -3 to take three bases out.");
        return deletion(locus, *place, length);
    }
    const Result<Variant> whole = parseEdit(typed, contigs);
    if (whole && !typed.starts_with('>')) // `22 105 A G` is no numbered sequence
        return whole;
    if (const std::string letters = pastedLetters(typed); isPlainBases(letters)) {
        if (!place)
            return noPlace();
        return stretchChange(locus, *place, letters);
    }
    const bool isPlaceFirst = !typed.empty() && std::isdigit(static_cast<unsigned char>(typed.front())) != 0;
    if (parseVariantName(typed) || !isPlaceFirst) {
        if (whole || whole.error().kind != ErrorKind::BadInput)
            return whole;
        return variantMeant(typed, locus, contigs);
    }
    if (Result<Variant> edit = parseEdit(fmt::format("{}:{}", locus.locus().region.contig, typed), contigs))
        return edit;
    return variantMeant(typed, locus, contigs);
}

std::vector<Variant> withChanges(std::vector<Variant> changes, const std::vector<Variant>& more) {
    // An insertion behind a base is none of that base.
    const auto basesOf = [](const Variant& one) {
        return std::tuple(one.contig, one.position, one.ref.size(), one.alt.size() != one.ref.size());
    };
    std::map<std::tuple<std::string, int64_t, size_t, bool>, const Variant*> last;
    for (const Variant& change : more)
        last[basesOf(change)] = &change;
    std::erase_if(changes, [&](const Variant& before) { return last.contains(basesOf(before)); });
    for (const auto& [bases, change] : last)
        changes.push_back(*change);
    std::sort(changes.begin(), changes.end());
    return changes;
}

} // namespace diploscope
