// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/variant_file.h"
#include "io/variant_reader.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace diploscope {

/// Turns records into rows of an AlleleMatrix. Inside core/io only; one read, one thread.
class GenotypeRows {
public:
    /// \param matrix  region and people are set; rows are added. \param referenceBases of the region, or
    /// empty.
    GenotypeRows(const VariantFile& file, AlleleMatrix& matrix, UnphasedRule unphased,
                 std::string_view referenceBases);
    ~GenotypeRows();
    GenotypeRows(const GenotypeRows&) = delete;
    GenotypeRows& operator=(const GenotypeRows&) = delete;

    /// \error Mismatch (REF, phase), BadInput (broken genotypes)
    [[nodiscard]] Result<void> append(bcf1_t* record);

private:
    [[nodiscard]] Result<void> checkReference(const Site& site, const bcf1_t* record) const;
    [[nodiscard]] Result<void> appendPerson(const bcf1_t* record, const int32_t* genotype, int ploidy,
                                            size_t column, int8_t* row);

    const VariantFile& m_file;
    AlleleMatrix& m_matrix;
    UnphasedRule m_unphased;
    std::string_view m_reference;
    std::vector<std::pair<size_t, size_t>>
        m_columns;                  ///< (person in the file's genotypes, person in the matrix)
    int32_t* m_genotypes = nullptr; ///< htslib's buffer, grown and reused by it
    int m_capacity = 0;
};

} // namespace diploscope
