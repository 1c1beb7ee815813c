// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace diploscope {

/// What the rows that a table of others has of one gene are to the study's own variants: each row of the
/// locus is counted once. Alleles are compared as they are once trimmed and left-aligned; no strand is
/// guessed. Source: METHODS 14.
struct AssociationCounts {
    // Used.
    int64_t asListed = 0; ///< REF and ALT are the study's
    int64_t swapped = 0;  ///< the other way round, and the reference has the study's REF: the sign turns
    int64_t byRsid = 0;   ///< alleles are not told: ALT is taken for the study's

    // Left out.
    int64_t absent = 0;           ///< the study has no such variant
    int64_t referenceDiffers = 0; ///< REF is not what the reference has
    int64_t alleleDiffers = 0;    ///< the study has other alleles there
    int64_t ambiguous = 0;        ///< swapped or of the other strand; an rsid of several variants
    int64_t duplicates = 0;       ///< of a variant that an earlier row has told

    friend bool operator==(const AssociationCounts&, const AssociationCounts&) = default;
};

/// One of the counts: its key in a report, and what it counts, in words behind a number.
struct AssociationCountName {
    int64_t AssociationCounts::*count;
    const char* key;
    const char* words;
    bool leftOut;
};
[[nodiscard]] std::span<const AssociationCountName> associationCountNames();

/// "12 as listed, 3 with REF and ALT swapped; left out: 1 ambiguous"; "none" of no row.
[[nodiscard]] std::string inWords(const AssociationCounts& counts);

} // namespace diploscope
