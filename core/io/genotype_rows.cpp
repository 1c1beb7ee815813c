// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/genotype_rows.h"

#include "base/utf8.h"
#include "base/words.h"
#include "genome/bases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <unordered_map>

namespace diploscope {

namespace {
constexpr int MostAlternates = std::numeric_limits<int8_t>::max();

/// `<DEL>` and other symbols stay as written.
std::string alleleText(std::string_view text) {
    return text.find_first_of("<[]") == std::string_view::npos ? upperCase(text) : std::string(text);
}

Site siteOf(const bcf1_t* record) {
    Site site;
    site.position = record->pos;
    if (std::string_view(record->d.id) != ".")
        site.id = validUtf8(record->d.id);
    site.ref = alleleText(record->d.allele[0]);
    for (int a = 1; a < static_cast<int>(record->n_allele); ++a)
        site.alts.push_back(alleleText(record->d.allele[a]));
    return site;
}

/// An allele that the record has; not missing, not the filling of a haploid call.
bool isKnown(int32_t genotype, const bcf1_t* record) {
    return !bcf_gt_is_missing(genotype) && genotype > 0 && genotype != bcf_int32_vector_end &&
           bcf_gt_allele(genotype) < static_cast<int>(record->n_allele);
}
} // namespace

GenotypeRows::GenotypeRows(const VariantFile& file, AlleleMatrix& matrix, UnphasedRule unphased,
                           std::string_view referenceBases, std::span<const int64_t> wanted)
    : m_file(file), m_matrix(matrix), m_unphased(unphased), m_reference(referenceBases), m_wanted(wanted) {
    m_isInOrder = file.people() == matrix.people;
    if (m_isInOrder)
        for (size_t p = 0; p < matrix.people.size(); ++p)
            m_columns.emplace_back(p, p);
    else
        findColumns();
    const std::vector<std::string>& formats = file.formats();
    if (std::find(formats.begin(), formats.end(), "PS") != formats.end())
        beginPhaseSets();
}

void GenotypeRows::findColumns() {
    std::unordered_map<std::string_view, size_t> columnOf;
    columnOf.reserve(m_matrix.people.size());
    for (size_t p = 0; p < m_matrix.people.size(); ++p)
        columnOf.emplace(m_matrix.people[p], p);
    const std::vector<std::string>& inFile = m_file.people();
    for (size_t p = 0; p < inFile.size(); ++p)
        if (const auto column = columnOf.find(inFile[p]); column != columnOf.end())
            m_columns.emplace_back(p, column->second);
    m_isInOrder = true;
    for (size_t p = 0; p < m_columns.size(); ++p)
        m_isInOrder &= m_columns[p] == std::pair(p, p);
}

GenotypeRows::~GenotypeRows() {
    std::free(m_genotypes);
    std::free(m_phaseSets);
    if (m_phaseNames != nullptr)
        std::free(m_phaseNames[0]);
    std::free(m_phaseNames);
}

/// A header need not declare PS: then the records that were read already have none.
void GenotypeRows::beginPhaseSets() {
    const size_t people = m_matrix.people.size();
    m_phaseSet.resize(people);
    m_matrix.severalPhaseSets.assign(people, false);
    for (size_t s = 0; s < m_matrix.sites.size(); ++s)
        for (size_t p = 0; p < people; ++p)
            if (m_matrix.allele(s, 2 * p) != m_matrix.allele(s, 2 * p + 1))
                m_phaseSet[p] = bcf_int32_missing;
}

/// Whole numbers by the standard, but files declare text (GIAB 3.3.2 `PATMAT`) and, rarely, other numbers.
void GenotypeRows::readPhaseSets(bcf1_t* record) {
    bcf_hdr_t* const header = m_file.header();
    const auto inFile = static_cast<size_t>(bcf_hdr_nsamples(header));
    // What names no set is of the one that a file without PS is all of.
    m_setOfPerson.assign(inFile, bcf_int32_missing);
    constexpr int OtherType = -2;
    int count = bcf_get_format_int32(header, record, "PS", &m_phaseSets, &m_phaseCapacity);
    const bool isReal =
        count == OtherType &&
        (count = bcf_get_format_float(header, record, "PS", &m_phaseSets, &m_phaseCapacity)) > 0;
    if (count > 0 && static_cast<size_t>(count) % inFile == 0) {
        const size_t each = static_cast<size_t>(count) / inFile;
        for (size_t p = 0; p < inFile; ++p) {
            const int32_t set = m_phaseSets[p * each];
            m_setOfPerson[p] =
                isReal && static_cast<uint32_t>(set) == bcf_float_missing ? bcf_int32_missing : set;
        }
        return;
    }
    if (count != OtherType ||
        bcf_get_format_string(header, record, "PS", &m_phaseNames, &m_phaseNameCapacity) <= 0)
        return;
    for (size_t p = 0; p < inFile; ++p) {
        const std::string_view name = m_phaseNames[p];
        if (name.empty() || name == ".")
            continue;
        const auto next = static_cast<int32_t>(m_setOfName.size());
        m_setOfPerson[p] = m_setOfName.try_emplace(std::string(name), next).first->second;
    }
}

void GenotypeRows::notePhaseSets(bcf1_t* record, const int8_t* row) {
    if (m_phaseSet.empty()) {
        if (bcf_get_fmt(m_file.header(), record, "PS") == nullptr)
            return;
        beginPhaseSets();
    }
    readPhaseSets(record);
    for (const auto& [person, column] : m_columns) {
        if (row[2 * column] == row[2 * column + 1])
            continue; // says nothing about phase
        const int32_t set = m_setOfPerson[person];
        std::optional<int32_t>& first = m_phaseSet[column];
        if (!first)
            first = set;
        else if (*first != set && !m_matrix.severalPhaseSets[column]) {
            m_matrix.severalPhaseSets[column] = true;
            ++m_matrix.counts.severalPhaseSets;
        }
    }
}

bool GenotypeRows::isWanted(const Site& site) const {
    const auto contains = [&](int64_t position) {
        return std::binary_search(m_wanted.begin(), m_wanted.end(), position);
    };
    if (m_wanted.empty() || contains(site.position))
        return true;
    for (int a = 1; a <= static_cast<int>(site.alts.size()); ++a)
        if (contains(site.change(a).position))
            return true;
    return false;
}

bool GenotypeRows::hasNewAllele(const Site& site, std::vector<Duplicate>& duplicates) {
    forgetBefore(site.position);
    GenotypeCounts& counts = m_matrix.counts;
    const size_t index = m_matrix.sites.size();
    bool hasNew = false;
    for (int a = 1; a <= static_cast<int>(site.alts.size()); ++a) {
        const AlleleChange change = site.change(a);
        counts.symbolic += change.kind == AlleleKind::Symbolic;
        counts.spanning += change.kind == AlleleKind::Spanning;
        counts.unknownAlt += change.kind == AlleleKind::UnknownAlt;
        counts.unknownRef += change.kind == AlleleKind::UnknownRef;
        if (!isSequence(change.kind))
            continue;
        const Listed own{index, static_cast<int8_t>(a)};
        const auto [first, isNew] =
            m_listed.try_emplace({change.position, std::string(change.ref), std::string(change.alt)}, own);
        hasNew |= isNew;
        if (isNew)
            continue;
        ++counts.duplicates;
        const bool ofThisRecord = first->second.site == index;
        duplicates.push_back({own.allele, first->second, ofThisRecord});
        if (ofThisRecord || site.id.empty())
            continue;
        std::string& id = m_matrix.sites[first->second.site].id; // it is found by either name
        if (id != site.id)
            id += (id.empty() ? "" : ";") + site.id;
    }
    return hasNew;
}

Result<void> GenotypeRows::append(bcf1_t* record) {
    if (record->n_allele < 2)
        return {}; // a site without an alternate allele says nothing about sequences
    Site site = siteOf(record);
    if (!isWanted(site))
        return {};
    if (static_cast<int>(site.alts.size()) > MostAlternates) {
        ++m_matrix.counts.tooMany;
        return {};
    }
    std::vector<Duplicate> duplicates;
    const bool hasNew = hasNewAllele(site, duplicates);
    if (!hasNew && duplicates.empty())
        return {};
    const GenotypeCounts before = m_matrix.counts;
    const bool mayRepeat = std::any_of(duplicates.begin(), duplicates.end(), [&](const Duplicate& duplicate) {
        return startsBehindFirst(site, duplicate);
    });
    if (hasNew || mayRepeat)
        DS_TRY(checkReference(site, record));
    DS_ASSIGN(const bool hasGenotypes,
              readGenotypes(record, hasNew ? m_unphased : UnphasedRule::AsListed, !duplicates.empty()));
    if (m_copies != CopiesBySex())
        applySexes();
    if (!hasNew)
        m_matrix.counts = before; // of the first one they were counted
    if (hasGenotypes)
        compareDuplicates(record, duplicates);
    if (hasGenotypes && mayRepeat)
        keepRepeat(site, duplicates);
    if (!hasNew)
        return {};

    const size_t width = m_matrix.haplotypeCount();
    if (!hasGenotypes && !m_columns.empty()) {
        ++m_matrix.counts.withoutGenotypes;
        m_matrix.counts.missingAlleles += static_cast<int64_t>(width);
    }
    for (const Duplicate& duplicate : duplicates) {
        site.alts[static_cast<size_t>(duplicate.allele) - 1] = site.ref;
        std::replace(m_row.begin(), m_row.end(), duplicate.allele, duplicate.instead());
    }
    if (hasGenotypes)
        notePhaseSets(record, m_row.data());
    m_matrix.sites.push_back(std::move(site));
    m_matrix.alleles.insert(m_matrix.alleles.end(), m_row.begin(), m_row.end());
    for (const size_t column : m_oneCopy)
        m_matrix.setOneCopy(m_matrix.sites.size() - 1, column, true);
    return {};
}

/// People from `p` on who have the reference twice, phased, several at once. \return the first of the others
size_t GenotypeRows::readReferences(const uint8_t* genotypes, size_t p) {
    constexpr size_t People = 4;
    // The first allele's phase says nothing.
    constexpr uint8_t FirstPhase[2 * People] = {1, 0, 1, 0, 1, 0, 1, 0};
    constexpr uint8_t Reference[2 * People] = {bcf_gt_phased(0), bcf_gt_phased(0), bcf_gt_phased(0),
                                               bcf_gt_phased(0), bcf_gt_phased(0), bcf_gt_phased(0),
                                               bcf_gt_phased(0), bcf_gt_phased(0)};
    uint64_t ofFirst = 0, reference = 0, own = 0;
    std::memcpy(&ofFirst, FirstPhase, sizeof ofFirst);
    std::memcpy(&reference, Reference, sizeof reference);
    for (; p + People <= m_columns.size(); p += People) {
        std::memcpy(&own, genotypes + 2 * p, sizeof own);
        if ((own | ofFirst) != reference)
            break;
        std::memset(m_row.data() + 2 * p, 0, sizeof own);
    }
    return p;
}

/// Two alleles a person, a byte each, as nearly all files have them: without htslib's copy in numbers of 32
/// bits.
Result<void> GenotypeRows::readBytes(bcf1_t* record, const uint8_t* genotypes, UnphasedRule unphased) {
    const auto number = [](int8_t byte) {
        return byte == bcf_int8_missing      ? bcf_int32_missing
               : byte == bcf_int8_vector_end ? bcf_int32_vector_end
                                             : int32_t{byte};
    };
    m_ploidy = 2;
    for (size_t p = 0; p < m_columns.size(); ++p) {
        p = m_isInOrder ? readReferences(genotypes, p) : p;
        if (p == m_columns.size())
            break;
        const auto& [person, column] = m_columns[p];
        const auto first = static_cast<int8_t>(genotypes[2 * person]);
        const auto second = static_cast<int8_t>(genotypes[2 * person + 1]);
        if (isKnown(first, record) && isKnown(second, record) && bcf_gt_is_phased(second)) {
            m_row[2 * column] = static_cast<int8_t>(bcf_gt_allele(first));
            m_row[2 * column + 1] = static_cast<int8_t>(bcf_gt_allele(second));
            continue;
        }
        const int32_t both[] = {number(first), number(second)};
        DS_TRY(readPerson(record, both, unphased, column));
    }
    return {};
}

Result<bool> GenotypeRows::readGenotypes(bcf1_t* record, UnphasedRule unphased, bool asked) {
    m_row.assign(m_matrix.haplotypeCount(), AlleleMatrix::Missing);
    m_oneCopy.clear();
    if (!m_sexes.empty())
        m_copies = copiesAt(m_matrix.region.contig, record->pos, m_build).value_or(CopiesBySex());
    if (m_columns.empty())
        return false;
    const bcf_fmt_t* const format = bcf_get_fmt(m_file.header(), record, "GT");
    if (format != nullptr && format->type == BCF_BT_INT8 && format->n == 2 && !asked) {
        DS_TRY(readBytes(record, format->p, unphased));
        return true;
    }
    const int count = bcf_get_genotypes(m_file.header(), record, &m_genotypes, &m_capacity);
    if (count == -1 || count == -3)
        return false;
    const int inFile = bcf_hdr_nsamples(m_file.header());
    if (count <= 0 || count % inFile != 0)
        return fail(ErrorKind::BadInput, "The genotypes of this record cannot be read.", m_file.where(record),
                    "Check it with: bcftools view FILE > /dev/null");
    m_ploidy = count / inFile;
    for (const auto& [person, column] : m_columns) {
        const int32_t* genotype = m_genotypes + person * static_cast<size_t>(m_ploidy);
        // Nearly all: two known alleles, phased. Other genotypes are looked at one by one.
        if (m_ploidy == 2 && isKnown(genotype[0], record) && isKnown(genotype[1], record) &&
            bcf_gt_is_phased(genotype[1])) {
            m_row[2 * column] = static_cast<int8_t>(bcf_gt_allele(genotype[0]));
            m_row[2 * column + 1] = static_cast<int8_t>(bcf_gt_allele(genotype[1]));
            continue;
        }
        DS_TRY(readPerson(record, genotype, unphased, column));
    }
    return true;
}

Result<void> GenotypeRows::checkReference(const Site& site, const bcf1_t* record) {
    // What of the record lies in the region.
    const int64_t start = std::max(site.position, m_matrix.region.start);
    const int64_t end =
        std::min(site.end(), m_matrix.region.start + static_cast<int64_t>(m_reference.size()));
    if (start >= end)
        return {};
    const std::string_view expected = m_reference.substr(static_cast<size_t>(start - m_matrix.region.start),
                                                         static_cast<size_t>(end - start));
    const std::string_view found = std::string_view(site.ref).substr(
        static_cast<size_t>(start - site.position), static_cast<size_t>(end - start));
    m_matrix.counts.unknownReference += expected.find('N') != std::string_view::npos;
    if (std::equal(found.begin(), found.end(), expected.begin(), mayBeBase))
        return {};
    return fail(ErrorKind::Mismatch,
                fmt::format("REF is {}{}, but the reference genome has {} there: they are not of one build.",
                            found.substr(0, 20), found.size() > 20 ? "..." : "", expected.substr(0, 20)),
                m_file.where(record),
                "Use the FASTA that the genotypes were called on, or compare the two with: bcftools norm "
                "--check-ref w -f FASTA FILE");
}

void GenotypeRows::noteUnphased(size_t column) {
    ++m_matrix.counts.unphasedHeterozygotes;
    m_matrix.unphased.resize(m_matrix.people.size());
    m_matrix.unphased[column] = true;
}

Result<void> GenotypeRows::readPerson(const bcf1_t* record, const int32_t* genotype, UnphasedRule unphased,
                                      size_t column) {
    const auto person = [&] { return m_matrix.people[column]; };
    const int ploidy = m_ploidy;
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
        m_oneCopy.push_back(column);
        if (alleles[0] != AlleleMatrix::Missing)
            ++m_matrix.counts.haploidCalls;
    } else if (given == 2 && copiesOf(column) == 2 && !bcf_gt_is_phased(genotype[1]) &&
               std::max<int8_t>(alleles[0], 0) != std::max<int8_t>(alleles[1], 0)) {
        if (unphased == UnphasedRule::Refuse)
            return fail(
                ErrorKind::Mismatch,
                fmt::format(
                    "The genotype of {} is heterozygous and not phased, so its two haplotypes are not known.",
                    person()),
                m_file.where(record),
                "Phase the genotypes (for example with SHAPEIT or Beagle), or set the study's option "
                "\"unphased\" to \"as-listed\".");
        noteUnphased(column);
    }
    m_matrix.counts.missingAlleles +=
        (alleles[0] == AlleleMatrix::Missing) + (alleles[1] == AlleleMatrix::Missing);
    m_row[2 * column] = alleles[0];
    m_row[2 * column + 1] = alleles[1];
    return {};
}

} // namespace diploscope
