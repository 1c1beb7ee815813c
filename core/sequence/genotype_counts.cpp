// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/genotype_counts.h"

#include <fmt/format.h>

#include <array>

namespace diploscope {

namespace {

using Counts = GenotypeCounts;
constexpr std::array Names{
    GenotypeCountName{&Counts::missingAlleles, "missing_alleles_read_as_reference", "missing allele",
                      "missing alleles", false},
    GenotypeCountName{&Counts::unphasedHeterozygotes, "unphased_heterozygotes_as_listed",
                      "unphased heterozygote", "unphased heterozygotes", false},
    GenotypeCountName{&Counts::haploidCalls, "haploid_calls", "haploid call", "haploid calls", false},
    GenotypeCountName{&Counts::hemizygousCalls, "hemizygous_calls", "call of two alleles of one copy",
                      "calls of two alleles of one copy", false},
    GenotypeCountName{&Counts::excludedBySex, "genotypes_excluded_by_sex",
                      "genotype that the person's sex excludes", "genotypes that people's sexes exclude",
                      false},
    GenotypeCountName{&Counts::withoutGenotypes, "records_without_gt", "record without GT",
                      "records without GT", false},
    GenotypeCountName{&Counts::severalPhaseSets, "people_with_several_phase_sets",
                      "person with several phase sets", "people with several phase sets", false},
    GenotypeCountName{&Counts::unknownReference, "records_where_reference_is_unknown",
                      "record where the reference has N or an IUPAC code",
                      "records where the reference has N or an IUPAC code", false},
    GenotypeCountName{&Counts::filledAlleles, "missing_alleles_taken_from_duplicates",
                      "missing allele taken from a duplicate record",
                      "missing alleles taken from duplicate records", false},
    GenotypeCountName{&Counts::differingDuplicates, "genotypes_that_differ_in_duplicates",
                      "genotype that a duplicate record has otherwise",
                      "genotypes that duplicate records have otherwise", false},
    GenotypeCountName{&Counts::indels, "indels_skipped", "indel", "indels", true},
    GenotypeCountName{&Counts::mnvs, "mnvs_skipped", "MNV", "MNVs", true},
    GenotypeCountName{&Counts::symbolic, "symbolic_alleles_skipped", "symbolic allele", "symbolic alleles",
                      true},
    GenotypeCountName{&Counts::spanning, "spanning_alleles_skipped", "`*` allele", "`*` alleles", true},
    GenotypeCountName{&Counts::unknownAlt, "unknown_alt_alleles_skipped", "ALT with N or an IUPAC code",
                      "ALTs with N or an IUPAC code", true},
    GenotypeCountName{&Counts::unknownRef, "unknown_ref_alleles_skipped", "REF with N or an IUPAC code",
                      "REFs with N or an IUPAC code", true},
    GenotypeCountName{&Counts::duplicates, "duplicate_alleles_skipped", "duplicate of an earlier record",
                      "duplicates of earlier records", true},
    GenotypeCountName{&Counts::tooMany, "records_over_127_alleles_skipped",
                      "record of more than 127 alternate alleles",
                      "records of more than 127 alternate alleles", true},
    GenotypeCountName{&Counts::overlapping, "overlapping_alleles_skipped",
                      "allele that an earlier one overlaps", "alleles that earlier ones overlap", true},
};

} // namespace

void GenotypeCounts::add(const GenotypeCounts& other) {
    for (const GenotypeCountName& name : Names)
        this->*name.count += other.*name.count;
}

std::span<const GenotypeCountName> genotypeCountNames() {
    return Names;
}

std::string leftOutInWords(const GenotypeCounts& counts) {
    std::string words;
    for (const GenotypeCountName& name : Names) {
        const int64_t count = counts.*name.count;
        if (name.leftOut && count > 0)
            words +=
                fmt::format("{}{} {}", words.empty() ? "" : ", ", count, count == 1 ? name.one : name.many);
    }
    return words;
}

} // namespace diploscope
