// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/variant_file.h"
#include "io/variant_reader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace diploscope {

/// Turns records into rows of an AlleleMatrix. Inside core/io only; one read, one thread.
class GenotypeRows {
public:
    /// \param matrix  region and people are set; rows are added. \param referenceBases of the region, or
    /// empty. \param wanted  only records that start at one of these (ascending), or have an allele that does
    /// once trimmed; empty: all.
    GenotypeRows(const VariantFile& file, AlleleMatrix& matrix, UnphasedRule unphased,
                 std::string_view referenceBases, std::span<const int64_t> wanted);
    ~GenotypeRows();
    GenotypeRows(const GenotypeRows&) = delete;
    GenotypeRows& operator=(const GenotypeRows&) = delete;

    /// Records come sorted by position. \error Mismatch (REF, phase), BadInput (broken genotypes)
    [[nodiscard]] Result<void> append(bcf1_t* record);

private:
    [[nodiscard]] bool isWanted(const Site& site) const;
    /// An allele that says what another one said before, and what stands for it: 0 where that was an earlier
    /// record's.
    struct Duplicate {
        int8_t allele = 0;
        int8_t instead = 0;
    };
    /// Counts what sequences cannot carry, and collects what is listed already. \return whether anything is
    /// left
    [[nodiscard]] bool hasNewAllele(const Site& site, std::vector<Duplicate>& duplicates);
    [[nodiscard]] Result<void> checkReference(const Site& site, const bcf1_t* record);
    [[nodiscard]] Result<void> appendPerson(const bcf1_t* record, const int32_t* genotype, int ploidy,
                                            size_t column, int8_t* row);
    void notePhaseSets(bcf1_t* record, const int8_t* row);

    struct Listed {
        size_t site = 0;
        int8_t allele = 0;
    };

    const VariantFile& m_file;
    AlleleMatrix& m_matrix;
    UnphasedRule m_unphased;
    std::string_view m_reference;
    std::span<const int64_t> m_wanted;
    /// Who listed a change first, by position, REF and ALT; from the last record's position on.
    std::map<std::tuple<int64_t, std::string, std::string>, Listed> m_listed;
    bool m_hasPhaseSets = false;
    std::vector<std::optional<int32_t>> m_phaseSet; ///< [people] of the first heterozygous genotype
    int32_t* m_phaseSets = nullptr;                 ///< as m_genotypes
    int m_phaseCapacity = 0;
    std::vector<std::pair<size_t, size_t>>
        m_columns;                  ///< (person in the file's genotypes, person in the matrix)
    int32_t* m_genotypes = nullptr; ///< htslib's buffer, grown and reused by it
    int m_capacity = 0;
};

} // namespace diploscope
