// SPDX-License-Identifier: GPL-3.0-or-later
// Of GenotypeRows: what later records of a change say beside the first.
#include "io/genotype_rows.h"

#include <algorithm>
#include <set>

namespace diploscope {

/// The first record of a change counts (METHODS 17). Where it has no genotype, that of a later one is taken;
/// where the two differ, the first one's stays, and the person is told of.
void GenotypeRows::compareDuplicates(bcf1_t* record, const std::vector<Duplicate>& duplicates) {
    std::set<size_t> differing, filled; // columns
    std::vector<int8_t> filledRow;
    for (const Duplicate& duplicate : duplicates) {
        if (duplicate.ofThisRecord)
            continue;
        for (const auto& [person, column] : m_columns) {
            const bool phased = isPhased(person, column);
            if (differs(duplicate, column, phased)) {
                differing.insert(column);
                continue;
            }
            // As in a record of its own, a heterozygote without phase is not taken as listed unasked.
            if ((!phased && m_unphased == UnphasedRule::Refuse) ||
                !fill(duplicates, duplicate.first.site, column))
                continue;
            if (!phased && filled.insert(column).second)
                noteUnphased(column);
            if (m_row[2 * column] == m_row[2 * column + 1])
                continue; // says nothing about phase
            filledRow.resize(m_row.size(), 0);
            for (const size_t haplotype : {2 * column, 2 * column + 1})
                filledRow[haplotype] = m_matrix.allele(duplicate.first.site, haplotype);
        }
    }
    if (!filledRow.empty())
        notePhaseSets(record, filledRow.data());
    m_matrix.counts.differingDuplicates += static_cast<int64_t>(differing.size());
    if (!differing.empty())
        m_matrix.otherInDuplicates.resize(m_matrix.people.size());
    for (const size_t column : differing)
        m_matrix.otherInDuplicates[column] = true;
}

/// Of a person in the record looked at; so is who has the same allele twice.
bool GenotypeRows::isPhased(size_t person, size_t column) const {
    return m_ploidy != 2 || bcf_gt_is_phased(m_genotypes[2 * person + 1]) ||
           m_row[2 * column] == m_row[2 * column + 1];
}

bool GenotypeRows::startsBehindFirst(const Site& site, const Duplicate& duplicate) const {
    return !duplicate.ofThisRecord && m_matrix.sites[duplicate.first.site].position < site.position;
}

/// The record looked at, where it gives the changes to whom their first records, which count, give them too.
/// Without phase the first one says to which haplotype.
void GenotypeRows::keepRepeat(const Site& site, const std::vector<Duplicate>& duplicates) {
    std::vector<int8_t> alleles(m_row.size(), 0);
    for (const Duplicate& duplicate : duplicates) {
        if (!startsBehindFirst(site, duplicate))
            continue;
        for (const auto& [person, column] : m_columns) {
            const bool phased = isPhased(person, column);
            const bool isSame = !phased && !differs(duplicate, column, phased);
            for (const size_t h : {2 * column, 2 * column + 1})
                if (m_matrix.allele(duplicate.first.site, h) == duplicate.first.allele &&
                    (phased ? m_row[h] == duplicate.allele : isSame))
                    alleles[h] = duplicate.allele;
        }
    }
    if (std::any_of(alleles.begin(), alleles.end(), [](int8_t allele) { return allele > 0; }))
        m_matrix.repeats.push_back({m_matrix.sites.size(), site, std::move(alleles)});
}

/// Whether a person has the change on other haplotypes here than in the record that listed it first; without
/// phase, in another number. What either does not know is no difference.
bool GenotypeRows::differs(const Duplicate& duplicate, size_t column, bool isPhased) const {
    const int8_t* const here = m_row.data() + 2 * column;
    int copiesHere = 0, copiesThere = 0, different = 0;
    bool allKnown = true;
    for (size_t h = 0; h < 2; ++h) {
        const int8_t there = m_matrix.allele(duplicate.first.site, 2 * column + h);
        const bool isKnown = there != AlleleMatrix::Missing || isDenied(duplicate.first, 2 * column + h);
        if (here[h] == AlleleMatrix::Missing || !isKnown) {
            allKnown = false;
            continue;
        }
        copiesHere += here[h] == duplicate.allele;
        copiesThere += there == duplicate.first.allele;
        different += (here[h] == duplicate.allele) != (there == duplicate.first.allele);
    }
    return isPhased || !allKnown ? different > 0 : copiesHere != copiesThere;
}

/// \return whether the site knew less than this record. Alleles that the site does not list are none of its;
/// of several that it lists, a haplotype has REF once each is denied, by this record or others before it.
bool GenotypeRows::fill(const std::vector<Duplicate>& duplicates, size_t site, size_t column) {
    bool any = false;
    for (size_t h = 2 * column; h < 2 * column + 2; ++h) {
        int8_t& there = m_matrix.alleles[site * m_matrix.haplotypeCount() + h];
        if (there != AlleleMatrix::Missing || m_row[h] == AlleleMatrix::Missing)
            continue;
        int8_t own = 0;
        for (const Duplicate& duplicate : duplicates)
            if (isOfSite(duplicate, site) && duplicate.allele == m_row[h])
                own = duplicate.first.allele;
        for (const Duplicate& duplicate : duplicates)
            if (isOfSite(duplicate, site) && duplicate.first.allele != own)
                deny(duplicate.first, h);
        if (own > 0 && !isDenied({site, own}, h))
            there = own;
        else if (isAllDenied(site, h))
            there = 0;
        else
            continue;
        ++m_matrix.counts.filledAlleles;
        --m_matrix.counts.missingAlleles;
        any = true;
    }
    return any;
}

void GenotypeRows::deny(const Listed& allele, size_t haplotype) {
    std::vector<std::vector<bool>>& ofSite = m_denied[allele.site];
    if (ofSite.empty())
        ofSite.assign(m_matrix.sites[allele.site].alts.size() + 1,
                      std::vector<bool>(m_matrix.haplotypeCount()));
    ofSite[static_cast<size_t>(allele.allele)][haplotype] = true;
}

bool GenotypeRows::isDenied(const Listed& allele, size_t haplotype) const {
    const auto ofSite = m_denied.find(allele.site);
    return ofSite != m_denied.end() && ofSite->second[static_cast<size_t>(allele.allele)][haplotype];
}

/// But for what is no sequence: no record lists that again.
bool GenotypeRows::isAllDenied(size_t site, size_t haplotype) const {
    const Site& known = m_matrix.sites[site];
    for (int a = 1; a <= static_cast<int>(known.alts.size()); ++a)
        if (known.isSequence(a) && !isDenied({site, static_cast<int8_t>(a)}, haplotype))
            return false;
    return true;
}

/// No later record lists a change before this position again.
void GenotypeRows::forgetBefore(int64_t position) {
    m_listed.erase(m_listed.begin(), m_listed.lower_bound({position, {}, {}}));
    if (m_denied.empty())
        return;
    size_t oldest = m_matrix.sites.size();
    for (const auto& [change, first] : m_listed)
        oldest = std::min(oldest, first.site);
    m_denied.erase(m_denied.begin(), m_denied.lower_bound(oldest));
}

} // namespace diploscope
