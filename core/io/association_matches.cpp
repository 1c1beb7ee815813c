// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/contig_names.h"
#include "genome/variant_name.h"
#include "io/association_table.h"

#include <algorithm>

namespace diploscope {

/// Where rows are looked for: the sites, by what a row may know them by, and the reference round them.
struct AssociationTable::Locus {
    Locus(const std::vector<AssociationSite>& all, const ReferenceStretch& there)
        : sites(all), reference(there) {
        for (size_t i = 0; i < sites.size(); ++i) {
            ofPosition[sites[i].position].push_back(i);
            if (!sites[i].rsid.empty())
                ofRsid[sites[i].rsid].push_back(i);
        }
    }

    [[nodiscard]] std::optional<size_t> siteOf(const Variant& variant) const {
        if (const auto there = ofPosition.find(variant.position); there != ofPosition.end())
            for (const size_t i : there->second)
                if (sites[i].ref == variant.ref && sites[i].alt == variant.alt)
                    return i;
        return std::nullopt;
    }
    [[nodiscard]] bool has(int64_t position, std::string_view alleles) const {
        return reference.at(position, alleles.size()) == alleles;
    }

    const std::vector<AssociationSite>& sites;
    ReferenceStretch reference;
    std::unordered_map<int64_t, std::vector<size_t>> ofPosition;
    std::unordered_map<std::string_view, std::vector<size_t>> ofRsid;
};

int64_t AssociationCounts::*AssociationTable::take(const Row& row, const Variant& own, const Locus& locus,
                                                   AssociationMatches& matches) const {
    const auto give = [&](size_t i, bool swapped) {
        if (matches.ofSite[i])
            return &AssociationCounts::duplicates;
        matches.ofSite[i] = associationOf(row, swapped != locus.sites[i].ofReference);
        return swapped ? &AssociationCounts::swapped : &AssociationCounts::asListed;
    };
    const Variant listed = leftAligned(own, locus.reference);
    if (const auto site = locus.siteOf(listed))
        return give(*site, false);
    const bool mayHaveRef = locus.reference.mayHave(own.position, own.ref);
    // Where REF is there, nothing is swapped: the deletion of bases looks like their insertion swapped.
    if (!locus.has(own.position, own.ref)) {
        const Variant turned = leftAligned({{}, own.position, own.alt, own.ref}, locus.reference);
        if (const auto site = locus.siteOf(turned)) {
            // REF of a site fits the reference, but so does any where that has N.
            if (mayHaveRef || reverseComplementAllele(turned.ref) == turned.alt ||
                !locus.has(turned.position, turned.ref))
                return &AssociationCounts::ambiguous;
            return give(*site, true);
        }
    }
    if (!mayHaveRef)
        return &AssociationCounts::referenceDiffers;
    return locus.ofPosition.contains(listed.position) ? &AssociationCounts::alleleDiffers
                                                      : &AssociationCounts::absent;
}

int64_t AssociationCounts::*AssociationTable::takeByRsid(const Row& row, const Locus& locus,
                                                         AssociationMatches& matches) const {
    const auto named = locus.ofRsid.find(m_texts[row.name]);
    if (named == locus.ofRsid.end())
        return nullptr;
    if (named->second.size() > 1)
        return &AssociationCounts::ambiguous;
    const size_t i = named->second.front();
    if (matches.ofSite[i])
        return &AssociationCounts::duplicates;
    matches.ofSite[i] = associationOf(row, locus.sites[i].ofReference);
    return &AssociationCounts::byRsid;
}

AssociationMatches AssociationTable::find(std::string_view geneId, const std::vector<AssociationSite>& sites,
                                          const Region& region, const ReferenceStretch& reference) const {
    AssociationMatches matches{std::vector<std::optional<Association>>(sites.size()), {}};
    const auto range = m_ranges.find(std::string(geneId));
    if (range == m_ranges.end())
        return matches;
    const Locus locus(sites, reference);
    const std::vector<std::string> contigs = matchingContigs(region.contig, m_contigs);
    const auto begin = m_rows.begin() + std::ptrdiff_t(range->second.begin);
    const auto end = m_rows.begin() + std::ptrdiff_t(range->second.end);
    const auto before = [](const Row& row, int64_t position) { return row.position < position; };
    // What is written behind the region may come to lie in it once it is moved left.
    const int64_t last = std::max(region.end, reference.start + static_cast<int64_t>(reference.bases.size()));
    for (auto row = std::lower_bound(begin, end, std::max<int64_t>(region.start, 0), before);
         row != end && row->position < last; ++row) {
        const NamedAlleles named = allelesNamed(row->name);
        if (std::find(contigs.begin(), contigs.end(), named.contig) == contigs.end())
            continue;
        const Variant own{{}, row->position, std::string(named.ref), std::string(named.alt)};
        if (own.position < region.end || leftAligned(own, reference).position < region.end)
            ++(matches.counts.*take(*row, own, locus, matches));
    }
    // Rows known by rsid alone stand first in a gene, and are asked last.
    for (auto row = begin; row != end && row->position < 0; ++row)
        if (const auto kind = takeByRsid(*row, locus, matches))
            ++(matches.counts.*kind);
    return matches;
}

} // namespace diploscope
