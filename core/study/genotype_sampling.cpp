// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/genotype_sampling.h"

#include "genome/bases.h"
#include "sequence/left_out_alleles.h"
#include "sequence/snv_panel.h"

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

/// Records that too many have no genotype of, or all, of those who have a copy of the place.
void countMissing(const AlleleMatrix& matrix, SampledGenotypes& findings) {
    const size_t people = matrix.people.size();
    if (people > 0 && matrix.counts.missingAlleles == 0)
        return;
    for (size_t s = 0; s < matrix.sites.size(); ++s) {
        int64_t missing = 0;
        int64_t having = 0;
        for (size_t p = 0; p < people; ++p) {
            having += !matrix.hasNoCopy(s, p);
            missing += !matrix.hasNoCopy(s, p) && (matrix.allele(s, 2 * p) == AlleleMatrix::Missing ||
                                                   matrix.allele(s, 2 * p + 1) == AlleleMatrix::Missing);
        }
        findings.poorlyGenotyped += isPoorlyGenotyped(missing, having);
        findings.withoutGenotypes += missing == having && (having > 0 || people == 0);
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

/// \param flags [people], or empty where nobody is meant. \param all of the stretches before
void addPeople(const std::vector<bool>& flags, std::vector<bool>& all) {
    if (all.size() < flags.size())
        all.resize(flags.size());
    for (size_t p = 0; p < flags.size(); ++p)
        all[p] = all[p] || flags[p];
}

SampledGenotypes findingsIn(const AlleleMatrix& matrix, const std::string& bases, VariantMode mode) {
    SampledGenotypes findings;
    compareRefs(matrix, bases, findings);
    findings.records = matrix.sites.size();
    countMissing(matrix, findings);
    if (matrix.counts.unphasedHeterozygotes > 0)
        findings.unphasedPlace = toText(matrix.region);
    findings.counts.add(matrix.counts);
    findings.counts.add(leftOutAlleles(matrix, mode));
    findings.severalPhaseSets = matrix.severalPhaseSets;
    findings.otherInDuplicates = matrix.otherInDuplicates;
    return findings;
}

/// \param stretch  what is of its records
void addStretch(const SampledGenotypes& stretch, SampledGenotypes& all) {
    all.records += stretch.records;
    all.poorlyGenotyped += stretch.poorlyGenotyped;
    all.withoutGenotypes += stretch.withoutGenotypes;
    all.swapped += stretch.swapped;
    all.mismatches.insert(all.mismatches.end(), stretch.mismatches.begin(), stretch.mismatches.end());
    if (all.unphasedPlace.empty())
        all.unphasedPlace = stretch.unphasedPlace;
    all.counts.add(stretch.counts);
    addPeople(stretch.severalPhaseSets, all.severalPhaseSets);
    addPeople(stretch.otherInDuplicates, all.otherInDuplicates);
}

/// Records that were read at once: round one place, or round several where those overlap, so that a record
/// that lies near several places counts once.
struct Stretch {
    Region region;
    std::vector<Site> sites;
    SampledGenotypes findings;
};

size_t recordsIn(const Region& region, const std::vector<Site>& sites) {
    return static_cast<size_t>(std::count_if(sites.begin(), sites.end(), [&](const Site& site) {
        return site.position < region.end && site.end() > region.start;
    }));
}

/// Whether any record may lie in both.
bool mayShare(const Region& region, const Stretch& stretch) {
    return region.contig == stretch.region.contig &&
           ((region.start < stretch.region.end && stretch.region.start < region.end) ||
            recordsIn(region, stretch.sites) > 0);
}

bool isWithin(const Region& region, const Region& other) {
    return region.contig == other.contig && region.start >= other.start && region.end <= other.end;
}

/// With the stretches that it shares records with.
Region joined(Region region, const std::vector<Stretch>& stretches) {
    const auto isNew = [&](const Stretch& stretch) {
        return mayShare(region, stretch) && !isWithin(stretch.region, region);
    };
    for (auto next = std::find_if(stretches.begin(), stretches.end(), isNew); next != stretches.end();
         next = std::find_if(stretches.begin(), stretches.end(), isNew)) {
        region.start = std::min(region.start, next->region.start);
        region.end = std::max(region.end, next->region.end);
    }
    return region;
}

Region placeAround(const Place& place, int64_t halfWidth, const FastaReader& reference) {
    return {place.contig, std::max<int64_t>(0, place.position - halfWidth),
            std::min(reference.contigLength(place.contig), place.position + halfWidth)};
}

/// Bases of the reference.
struct Bases {
    Region region;
    std::string text;
};

/// Counts what is not known round a TSS. \return the bases there
Result<Bases> countUnknown(const Place& place, const FastaReader& reference, SampledGenotypes& findings) {
    if (!place.isTss)
        return Bases(); // evenly spread ones lie in the gaps of assemblies, too
    Bases around{placeAround(place, UnknownHalfWidth, reference), {}};
    DS_ASSIGN(around.text, reference.fetch(around.region));
    findings.bases += static_cast<int64_t>(around.text.size());
    char before = 'A';
    for (const char base : around.text) {
        findings.unknownBases += base == 'N';
        findings.unknownStretches += base == 'N' && before != 'N';
        before = base;
    }
    return around;
}

/// \param known  is not read again
Result<std::string> basesOf(const Region& region, const Bases& known, const FastaReader& reference) {
    if (!isWithin(region, known.region))
        return reference.fetch(region);
    return known.text.substr(static_cast<size_t>(region.start - known.region.start),
                             static_cast<size_t>(region.length()));
}

/// Of the first stretch round a place that has some records, what no place before has read.
/// \param known  bases round the place
Result<void> sampleAround(const Place& place, const Bases& known, const std::vector<std::string>& people,
                          const FastaReader& reference, const VariantReader& genotypes, VariantMode mode,
                          const RunContext& context, std::vector<Stretch>& stretches) {
    for (const int64_t halfWidth : HalfWidths) {
        const Region around = placeAround(place, halfWidth, reference);
        const bool isLast = halfWidth == *std::rbegin(HalfWidths);
        const auto read = std::find_if(stretches.begin(), stretches.end(), [&](const Stretch& stretch) {
            return isWithin(around, stretch.region);
        });
        if (read != stretches.end()) {
            if (recordsIn(around, read->sites) < SomeRecords && !isLast)
                continue;
            return {};
        }
        const Region region = joined(around, stretches);
        DS_ASSIGN(AlleleMatrix matrix, genotypes.read(region, people, UnphasedRule::AsListed, {}, context));
        if (recordsIn(around, matrix.sites) < SomeRecords && !isLast)
            continue;
        DS_ASSIGN(const std::string bases, basesOf(region, known, reference));
        SampledGenotypes findings = findingsIn(matrix, bases, mode);
        std::erase_if(stretches, [&](const Stretch& stretch) { return isWithin(stretch.region, region); });
        stretches.push_back({region, std::move(matrix.sites), std::move(findings)});
        return {};
    }
    return {};
}

} // namespace

Result<SampledGenotypes> sampleNear(const std::vector<Place>& places, const std::vector<std::string>& people,
                                    const FastaReader& reference, const VariantReader& genotypes,
                                    VariantMode mode, const RunContext& context) {
    SampledGenotypes findings;
    std::vector<Stretch> stretches;
    for (const size_t index : spreadOrder(places.size())) {
        size_t records = 0;
        for (const Stretch& stretch : stretches)
            records += stretch.findings.records;
        if (findings.places >= EnoughPlaces && records >= EnoughRecords)
            break;
        DS_TRY(context.checkpoint());
        const Place& place = places[index];
        DS_ASSIGN(const Bases known, countUnknown(place, reference, findings));
        DS_TRY(sampleAround(place, known, people, reference, genotypes, mode, context, stretches));
        ++findings.places;
    }
    for (const Stretch& stretch : stretches)
        addStretch(stretch.findings, findings);
    return findings;
}

} // namespace diploscope
