// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/snv_genotypes.h"

#include <cstdint>
#include <initializer_list>
#include <vector>

/// What people of a test's choice have at an SNV.
namespace diploscope::test {

inline SnvGenotypes::Haplotype carrying(HaplotypeAllele allele) {
    return {allele, allele == HaplotypeAllele::Reference};
}

inline void addCopies(SnvGenotypes& genotypes, uint8_t copies) {
    const auto at = [copies](uint8_t from) {
        return carrying(copies == SnvGenotypes::NoGenotype ? HaplotypeAllele::Missing
                        : copies >= from                   ? HaplotypeAllele::Alternate
                                                           : HaplotypeAllele::Reference);
    };
    genotypes.add(at(1), at(2));
}

/// \param copies of alt, or NoGenotype; of one, the first haplotype has it
inline SnvGenotypes peopleWith(const std::vector<uint8_t>& copies) {
    SnvGenotypes genotypes;
    for (const uint8_t person : copies)
        addCopies(genotypes, person);
    return genotypes;
}

/// \param alleles [2 people]
inline SnvGenotypes haplotypesWith(const std::vector<HaplotypeAllele>& alleles) {
    SnvGenotypes genotypes;
    for (size_t i = 0; i + 1 < alleles.size(); i += 2)
        genotypes.add(carrying(alleles[i]), carrying(alleles[i + 1]));
    return genotypes;
}

/// The same people, one of whom has these haplotypes.
inline SnvGenotypes withPerson(const SnvGenotypes& genotypes, size_t person, HaplotypeAllele first,
                               HaplotypeAllele second) {
    SnvGenotypes changed;
    for (size_t p = 0; p < genotypes.people(); ++p)
        changed.add(carrying(p == person ? first : genotypes.haplotype(2 * p)),
                    carrying(p == person ? second : genotypes.haplotype(2 * p + 1)));
    return changed;
}

} // namespace diploscope::test
