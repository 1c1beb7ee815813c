// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/matching.h"

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// What sampleGenotypes() found, before it is judged.
struct SampledGenotypes {
    size_t places = 0;
    size_t records = 0;
    GenotypeCounts counts;
    size_t poorlyGenotyped = 0;          ///< records
    size_t withoutGenotypes = 0;         ///< records: no GT, or nothing but missing ones
    std::vector<bool> severalPhaseSets;  ///< [people], at some place
    std::vector<bool> otherInDuplicates; ///< likewise
    int64_t bases = 0;                   ///< of the reference, round TSSs
    int64_t unknownBases = 0;            ///< of these, N or an IUPAC code
    int64_t unknownStretches = 0;        ///< that those stand in
    size_t swapped = 0;                  ///< of `mismatches`: the reference has the first ALT
    std::vector<std::string> mismatches; ///< "22:16051497 REF A, reference G"
    std::string unphasedPlace;
};

inline constexpr int64_t WidestSample = 200'000; ///< bases beside a place

/// Reads round places in an order in which every beginning is spread over all of them, until that is enough.
/// \error as VariantReader::read
[[nodiscard]] Result<SampledGenotypes> sampleNear(const std::vector<Place>& places,
                                                  const std::vector<std::string>& people,
                                                  const FastaReader& reference,
                                                  const VariantReader& genotypes, VariantMode mode,
                                                  const RunContext& context);

} // namespace diploscope
