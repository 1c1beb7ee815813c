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
#include <unordered_map>
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

    /// As VariantReader::tellSexes().
    void tellSexes(const std::map<std::string, Sex>& sexes, const std::string& build);

    /// Records come sorted by position. \error Mismatch (REF, phase), BadInput (broken genotypes)
    [[nodiscard]] Result<void> append(bcf1_t* record);

private:
    /// Who listed a change first.
    struct Listed {
        size_t site = 0;
        int8_t allele = 0;
    };
    /// An allele that says what another one said before.
    struct Duplicate {
        int8_t allele = 0;
        Listed first;
        bool ofThisRecord = false;
        /// What stands for it in this record.
        [[nodiscard]] int8_t instead() const { return ofThisRecord ? first.allele : int8_t{0}; }
    };

    void findColumns();
    [[nodiscard]] bool isWanted(const Site& site) const;
    /// Counts what sequences cannot carry, and collects what is listed already. \return whether anything is
    /// left
    [[nodiscard]] bool hasNewAllele(const Site& site, std::vector<Duplicate>& duplicates);
    [[nodiscard]] Result<void> checkReference(const Site& site, const bcf1_t* record);
    /// Into m_row. \param asked whether isPhased() will be \return false where the record has no GT
    [[nodiscard]] Result<bool> readGenotypes(bcf1_t* record, UnphasedRule unphased, bool asked);
    [[nodiscard]] size_t readReferences(const uint8_t* genotypes, size_t p);
    void noteUnphased(size_t column);
    [[nodiscard]] Result<void> readBytes(bcf1_t* record, const uint8_t* genotypes, UnphasedRule unphased);
    [[nodiscard]] Result<void> readPerson(const bcf1_t* record, const int32_t* genotype,
                                          UnphasedRule unphased, size_t column);
    void applySexes();
    [[nodiscard]] int copiesOf(size_t column) const {
        return m_sexes.empty() ? 2 : m_copies.of(m_sexes[column]);
    }
    void compareDuplicates(bcf1_t* record, const std::vector<Duplicate>& duplicates);
    [[nodiscard]] bool differs(const Duplicate& duplicate, size_t column, bool isPhased) const;
    [[nodiscard]] bool isPhased(size_t person, size_t column) const;
    /// Only such a record may fit where the first one overlaps another.
    [[nodiscard]] bool startsBehindFirst(const Site& site, const Duplicate& duplicate) const;
    void keepRepeat(const Site& site, const std::vector<Duplicate>& duplicates);
    bool fill(const std::vector<Duplicate>& duplicates, size_t site, size_t column);
    [[nodiscard]] static bool isOfSite(const Duplicate& duplicate, size_t site) {
        return duplicate.first.site == site && !duplicate.ofThisRecord;
    }
    void deny(const Listed& allele, size_t haplotype);
    [[nodiscard]] bool isDenied(const Listed& allele, size_t haplotype) const;
    [[nodiscard]] bool isAllDenied(size_t site, size_t haplotype) const;
    void forgetBefore(int64_t position);
    void notePhaseSets(bcf1_t* record, const int8_t* row);
    void beginPhaseSets();
    void readPhaseSets(bcf1_t* record);

    const VariantFile& m_file;
    AlleleMatrix& m_matrix;
    UnphasedRule m_unphased;
    std::string_view m_reference;
    std::span<const int64_t> m_wanted;
    /// By position, REF and ALT; from the last record's position on.
    std::map<std::tuple<int64_t, std::string, std::string>, Listed> m_listed;
    /// What later records of a site's changes say that a haplotype has not, while the site knows nothing of
    /// it: by site, [1 + alternates][2 people]. Of sites that may be listed again.
    std::map<size_t, std::vector<std::vector<bool>>> m_denied;
    std::vector<std::optional<int32_t>> m_phaseSet;       ///< [people] of the first heterozygous genotype
    std::vector<int32_t> m_setOfPerson;                   ///< [people in the file] of the record looked at
    std::unordered_map<std::string, int32_t> m_setOfName; ///< where PS is text
    int32_t* m_phaseSets = nullptr;                       ///< as m_genotypes
    int m_phaseCapacity = 0;
    char** m_phaseNames = nullptr; ///< likewise
    int m_phaseNameCapacity = 0;
    std::vector<std::pair<size_t, size_t>>
        m_columns;                 ///< (person in the file's genotypes, person in the matrix)
    bool m_isInOrder = true;       ///< person i is column i
    std::vector<int8_t> m_row;     ///< [2 people] of the record looked at
    std::vector<size_t> m_oneCopy; ///< columns whose two of m_row are one, ascending
    std::vector<Sex> m_sexes;      ///< [people in the matrix], or empty
    std::string m_build;
    CopiesBySex m_copies;           ///< at the record looked at
    int32_t* m_genotypes = nullptr; ///< htslib's buffer, grown and reused by it
    int m_capacity = 0;
    int m_ploidy = 0; ///< of m_genotypes
};

} // namespace diploscope
