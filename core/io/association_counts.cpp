// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/association_counts.h"

#include <fmt/format.h>

#include <array>

namespace diploscope {

namespace {

using Counts = AssociationCounts;
constexpr std::array Names{
    AssociationCountName{&Counts::asListed, "as_listed", "as listed", false},
    AssociationCountName{&Counts::swapped, "swapped", "with REF and ALT swapped", false},
    AssociationCountName{&Counts::byRsid, "by_rsid", "by rsid, alleles not told", false},
    AssociationCountName{&Counts::absent, "absent", "not among the study's SNVs", true},
    AssociationCountName{&Counts::referenceDiffers, "ref_differs", "whose REF is not the reference's", true},
    AssociationCountName{&Counts::alleleDiffers, "allele_differs", "of other alleles", true},
    AssociationCountName{&Counts::ambiguous, "ambiguous", "ambiguous", true},
    AssociationCountName{&Counts::duplicates, "duplicate", "of variants told before", true},
};

std::string countsInWords(const AssociationCounts& counts, bool leftOut) {
    std::string words;
    for (const AssociationCountName& name : Names)
        if (const int64_t count = counts.*name.count; name.leftOut == leftOut && count > 0)
            words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, name.words);
    return words;
}

} // namespace

std::span<const AssociationCountName> associationCountNames() {
    return Names;
}

std::string inWords(const AssociationCounts& counts) {
    const std::string used = countsInWords(counts, false);
    const std::string leftOut = countsInWords(counts, true);
    return (used.empty() ? "none" : used) + (leftOut.empty() ? "" : "; left out: " + leftOut);
}

} // namespace diploscope
