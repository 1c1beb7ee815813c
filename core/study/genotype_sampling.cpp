// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/genotype_sampling.h"

#include "genome/bases.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

namespace {

/// Enough to tell a wrong build (three of four REF bases differ) from a right one without doubt, and to meet
/// an unphased genotype if the file has them at all; small enough to be read in a moment.
constexpr size_t EnoughRecords = 400;
constexpr size_t EnoughPlaces = 8;
constexpr size_t MostPlaces = 48;
/// Half widths round a TSS, tried in turn until a place has some records: dense sequencing, SNP arrays,
/// sparse panels.
constexpr int64_t HalfWidths[] = {2'000, 20'000, WidestSample};
constexpr size_t SomeRecords = 10;
/// Round a TSS, where the repeats that a hard-masked reference has as N are a third of the bases.
constexpr int64_t UnknownHalfWidth = 10'000;

void compareRefs(const AlleleMatrix& matrix, const std::string& bases, SampledGenotypes& findings) {
    for (const Site& site : matrix.sites) {
        if (site.position < matrix.region.start)
            continue;
        const auto offset = static_cast<size_t>(site.position - matrix.region.start);
        const std::string_view there = std::string_view(bases).substr(offset, site.ref.size());
        findings.counts.unknownReference += there.find('N') != std::string_view::npos;
        // As VariantReader::read compares them.
        if (std::equal(there.begin(), there.end(), site.ref.begin(),
                       [](char reference, char ref) { return mayBeBase(ref, reference); }))
            continue;
        if (!site.alts.empty() && site.alts.front() == there)
            ++findings.swapped;
        findings.mismatches.push_back(fmt::format("{}:{} REF {}, reference {}", matrix.region.contig,
                                                  site.position + 1, site.ref, there));
    }
}

/// Records of which over 20 % of people have no genotype (METHODS 17), or all.
void countMissing(const AlleleMatrix& matrix, SampledGenotypes& findings) {
    const size_t people = matrix.people.size();
    for (size_t s = 0; s < matrix.sites.size(); ++s) {
        size_t missing = 0;
        for (size_t p = 0; p < people; ++p)
            missing += matrix.allele(s, 2 * p) == AlleleMatrix::Missing ||
                       matrix.allele(s, 2 * p + 1) == AlleleMatrix::Missing;
        findings.poorlyGenotyped += 5 * missing > people;
        findings.withoutGenotypes += missing == people;
    }
}

/// Indexes of `count` genes in an order in which every beginning is spread over all of them: first, middle,
/// quarters...
std::vector<size_t> spreadOrder(size_t count) {
    std::vector<size_t> order;
    std::vector<bool> taken(count, false);
    for (size_t parts = 1; order.size() < std::min(count, MostPlaces) && parts <= 2 * count; parts *= 2)
        for (size_t i = 0; i < parts && order.size() < MostPlaces; ++i) {
            const size_t index = (2 * i + 1) * count / (2 * parts);
            if (index < count && !taken[index]) {
                taken[index] = true;
                order.push_back(index);
            }
        }
    return order;
}

/// \param flags [people], or empty where nobody is meant. \param all of the places before
void addPeople(const std::vector<bool>& flags, std::vector<bool>& all) {
    if (all.size() < flags.size())
        all.resize(flags.size());
    for (size_t p = 0; p < flags.size(); ++p)
        all[p] = all[p] || flags[p];
}

void addPlace(const AlleleMatrix& matrix, const std::string& bases, VariantMode mode,
              SampledGenotypes& findings) {
    compareRefs(matrix, bases, findings);
    findings.records += matrix.sites.size();
    countMissing(matrix, findings);
    if (findings.counts.unphasedHeterozygotes == 0 && matrix.counts.unphasedHeterozygotes > 0)
        findings.unphasedPlace = toText(matrix.region);
    findings.counts.add(matrix.counts);
    findings.counts.add(buildHaplotypes(matrix, matrix.region.start, mode).leftOut);
    addPeople(matrix.severalPhaseSets, findings.severalPhaseSets);
    addPeople(matrix.otherInDuplicates, findings.otherInDuplicates);
}

Region placeAround(const Place& place, int64_t halfWidth, const FastaReader& reference) {
    return {place.contig, std::max<int64_t>(0, place.position - halfWidth),
            std::min(reference.contigLength(place.contig), place.position + halfWidth)};
}

Result<void> countUnknown(const Place& place, const FastaReader& reference, SampledGenotypes& findings) {
    if (!place.isTss)
        return {}; // evenly spread ones lie in the gaps of assemblies, too
    DS_ASSIGN(const std::string bases, reference.fetch(placeAround(place, UnknownHalfWidth, reference)));
    findings.bases += static_cast<int64_t>(bases.size());
    char before = 'A';
    for (const char base : bases) {
        findings.unknownBases += base == 'N';
        findings.unknownStretches += base == 'N' && before != 'N';
        before = base;
    }
    return {};
}

} // namespace

Result<SampledGenotypes> sampleNear(const std::vector<Place>& places, const std::vector<std::string>& people,
                                    const FastaReader& reference, const VariantReader& genotypes,
                                    VariantMode mode, const RunContext& context) {
    SampledGenotypes findings;
    for (const size_t index : spreadOrder(places.size())) {
        if (findings.places >= EnoughPlaces && findings.records >= EnoughRecords)
            break;
        DS_TRY(context.checkpoint());
        const Place& place = places[index];
        DS_TRY(countUnknown(place, reference, findings));
        for (const int64_t halfWidth : HalfWidths) {
            const Region region = placeAround(place, halfWidth, reference);
            DS_ASSIGN(const AlleleMatrix matrix,
                      genotypes.read(region, people, UnphasedRule::AsListed, {}, context));
            if (matrix.sites.size() < SomeRecords && halfWidth != *std::rbegin(HalfWidths))
                continue;
            DS_ASSIGN(const std::string bases, reference.fetch(region));
            addPlace(matrix, bases, mode, findings);
            break;
        }
        ++findings.places;
    }
    return findings;
}

} // namespace diploscope
