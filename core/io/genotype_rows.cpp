// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/genotype_rows.h"

#include "base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <limits>
#include <unordered_map>

namespace diploscope {

namespace {
constexpr int MostAlternates = std::numeric_limits<int8_t>::max();

std::string upperCase(const char* text) {
    std::string upper = text;
    // `<DEL>` and other symbols stay as written.
    if (upper.find_first_of("<[]") == std::string::npos)
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return upper;
}

Site siteOf(const bcf1_t* record) {
    Site site;
    site.position = record->pos;
    if (std::string_view(record->d.id) != ".")
        site.id = validUtf8(record->d.id);
    site.ref = upperCase(record->d.allele[0]);
    for (int a = 1; a < static_cast<int>(record->n_allele); ++a)
        site.alts.push_back(upperCase(record->d.allele[a]));
    return site;
}

/// An allele that the record has; not missing, not the filling of a haploid call.
bool isKnown(int32_t genotype, const bcf1_t* record) {
    return !bcf_gt_is_missing(genotype) && genotype > 0 && genotype != bcf_int32_vector_end &&
           bcf_gt_allele(genotype) < static_cast<int>(record->n_allele);
}

bool hasSequenceAllele(const Site& site) {
    for (int a = 1; a <= static_cast<int>(site.alts.size()); ++a)
        if (site.isSequence(a))
            return true;
    return false;
}
} // namespace

GenotypeRows::GenotypeRows(const VariantFile& file, AlleleMatrix& matrix, UnphasedRule unphased,
                           std::string_view referenceBases)
    : m_file(file), m_matrix(matrix), m_unphased(unphased), m_reference(referenceBases) {
    std::unordered_map<std::string, size_t> columnOf;
    for (size_t p = 0; p < matrix.people.size(); ++p)
        columnOf.emplace(matrix.people[p], p);
    const std::vector<std::string> inFile = file.people();
    for (size_t p = 0; p < inFile.size(); ++p)
        if (const auto column = columnOf.find(inFile[p]); column != columnOf.end())
            m_columns.emplace_back(p, column->second);
}

GenotypeRows::~GenotypeRows() {
    std::free(m_genotypes);
}

Result<void> GenotypeRows::append(bcf1_t* record) {
    if (record->n_allele < 2)
        return {}; // a site without an alternate allele says nothing about sequences
    Site site = siteOf(record);
    if (static_cast<int>(site.alts.size()) > MostAlternates || !hasSequenceAllele(site)) {
        ++m_matrix.skippedSymbolic;
        return {};
    }
    DS_TRY(checkReference(site, record));

    const size_t width = m_matrix.haplotypeCount();
    m_matrix.alleles.resize(m_matrix.alleles.size() + width, AlleleMatrix::Missing);
    int8_t* row = m_matrix.alleles.data() + m_matrix.alleles.size() - width;
    m_matrix.sites.push_back(std::move(site));
    if (m_columns.empty())
        return {};

    const int count = bcf_get_genotypes(m_file.header(), record, &m_genotypes, &m_capacity);
    if (count == -1 || count == -3) { // no GT here
        m_matrix.missingAlleles += static_cast<int64_t>(width);
        return {};
    }
    const int inFile = bcf_hdr_nsamples(m_file.header());
    if (count <= 0 || count % inFile != 0)
        return fail(ErrorKind::BadInput, "The genotypes of this record cannot be read.", m_file.where(record),
                    "Check it with: bcftools view FILE > /dev/null");
    const int ploidy = count / inFile;
    for (const auto& [person, column] : m_columns) {
        const int32_t* genotype = m_genotypes + person * static_cast<size_t>(ploidy);
        // Nearly all: two known alleles, phased. Other genotypes are looked at one by one.
        if (ploidy == 2 && isKnown(genotype[0], record) && isKnown(genotype[1], record) &&
            bcf_gt_is_phased(genotype[1])) {
            row[2 * column] = static_cast<int8_t>(bcf_gt_allele(genotype[0]));
            row[2 * column + 1] = static_cast<int8_t>(bcf_gt_allele(genotype[1]));
            continue;
        }
        DS_TRY(appendPerson(record, genotype, ploidy, column, row));
    }
    return {};
}

Result<void> GenotypeRows::checkReference(const Site& site, const bcf1_t* record) const {
    if (m_reference.empty())
        return {};
    const auto offset = static_cast<size_t>(site.position - m_matrix.region.start);
    for (size_t i = 0; i < site.ref.size() && offset + i < m_reference.size(); ++i) {
        // N in the FASTA fits any REF: IUPAC codes are read as N, and VCF writes a plain base for them.
        const char base = m_reference[offset + i];
        if (base == 'N' || base == site.ref[i])
            continue;
        const std::string found = site.ref.substr(0, 20) + (site.ref.size() > 20 ? "..." : "");
        const std::string expected(m_reference.substr(offset, std::min<size_t>(site.ref.size(), 20)));
        return fail(
            ErrorKind::Mismatch,
            fmt::format("REF is {}, but the reference genome has {} there: they are not of one build.", found,
                        expected),
            m_file.where(record),
            "Use the FASTA that the genotypes were called on, or compare the two with: bcftools norm "
            "--check-ref w -f FASTA FILE");
    }
    return {};
}

Result<void> GenotypeRows::appendPerson(const bcf1_t* record, const int32_t* genotype, int ploidy,
                                        size_t column, int8_t* row) {
    const auto person = [&] { return m_matrix.people[column]; };
    int given = 0;
    while (given < ploidy && genotype[given] != bcf_int32_vector_end)
        ++given;
    if (given > 2)
        return fail(ErrorKind::BadInput,
                    fmt::format("{} has {} alleles; people have two at most.", person(), given),
                    m_file.where(record), "Leave this site or person out.");
    int8_t alleles[2] = {AlleleMatrix::Missing, AlleleMatrix::Missing};
    for (int i = 0; i < given; ++i) {
        if (bcf_gt_is_missing(genotype[i]))
            continue;
        const int allele = bcf_gt_allele(genotype[i]);
        if (allele < 0 || allele >= static_cast<int>(record->n_allele))
            return fail(
                ErrorKind::BadInput,
                fmt::format("{} has allele {}, but the site has {}.", person(), allele, record->n_allele),
                m_file.where(record), "The record is broken; leave the site out.");
        alleles[i] = static_cast<int8_t>(allele);
    }
    if (given == 1) {
        alleles[1] = alleles[0];
        if (alleles[0] != AlleleMatrix::Missing)
            ++m_matrix.haploidCalls;
    } else if (given == 2 && !bcf_gt_is_phased(genotype[1]) &&
               std::max<int8_t>(alleles[0], 0) != std::max<int8_t>(alleles[1], 0)) {
        if (m_unphased == UnphasedRule::Refuse)
            return fail(
                ErrorKind::Mismatch,
                fmt::format(
                    "The genotype of {} is heterozygous and not phased, so its two haplotypes are not known.",
                    person()),
                m_file.where(record),
                "Phase the genotypes (for example with SHAPEIT or Beagle), or set the study's option "
                "\"unphased\" to \"as-listed\".");
        ++m_matrix.unphasedHeterozygotes;
    }
    m_matrix.missingAlleles += (alleles[0] == AlleleMatrix::Missing) + (alleles[1] == AlleleMatrix::Missing);
    row[2 * column] = alleles[0];
    row[2 * column + 1] = alleles[1];
    return {};
}

} // namespace diploscope
