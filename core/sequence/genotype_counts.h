// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace diploscope {

/// What the records of a stretch hold beside phased alleles that sequences carry (METHODS 2, 17). Nothing of
/// it is silent: reports, `check` and the window say what is not 0.
struct GenotypeCounts {
    // Read, but not as it stands.
    int64_t missingAlleles = 0;        ///< the reference in sequences
    int64_t unphasedHeterozygotes = 0; ///< only with UnphasedRule::AsListed
    int64_t haploidCalls = 0;          ///< stand on both haplotypes of that person
    int64_t hemizygousCalls = 0;       ///< two alleles of one kind, of a man's one copy
    int64_t excludedBySex = 0;         ///< of two kinds of a man's one copy, or of a woman's Y: missing
    int64_t withoutGenotypes = 0;      ///< records without GT: everybody's genotype is missing
    int64_t severalPhaseSets = 0;      ///< people, see AlleleMatrix::severalPhaseSets
    int64_t unknownReference = 0;      ///< records where the FASTA has N or an IUPAC code: any REF fits
    int64_t filledAlleles = 0;         ///< missing in the first record of a change, taken from a later one
    int64_t differingDuplicates = 0;   ///< genotypes that a later record of the change has otherwise

    // Left out: alternate alleles as the file lists them, carried or not.
    int64_t symbolic = 0;    ///< `<DEL>`, breakends
    int64_t spanning = 0;    ///< `*`
    int64_t unknownAlt = 0;  ///< with N or an IUPAC code
    int64_t unknownRef = 0;  ///< in the place of N or an IUPAC code
    int64_t duplicates = 0;  ///< the same change as an earlier record's; the first counts
    int64_t tooMany = 0;     ///< whole records, of more than 127 alternate alleles
    int64_t mnvs = 0;        ///< in SNV mode
    int64_t indels = 0;      ///< in SNV mode
    int64_t overlapping = 0; ///< alleles of haplotypes, where an earlier one covers them

    void add(const GenotypeCounts& other);
    friend bool operator==(const GenotypeCounts&, const GenotypeCounts&) = default;
};

/// One of the counts: its key in a report, and what it counts, in words.
struct GenotypeCountName {
    int64_t GenotypeCounts::*count;
    const char* key;
    const char* one;
    const char* many;
    bool leftOut; ///< of sequences and statistics
};
[[nodiscard]] std::span<const GenotypeCountName> genotypeCountNames();

/// "3 indels (SNV mode), 1 `*` allele" of what was left out; empty where nothing was.
[[nodiscard]] std::string leftOutInWords(const GenotypeCounts& counts);

} // namespace diploscope
