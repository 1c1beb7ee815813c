// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/locus.h"

#include "genome/left_aligned.h"
#include "lab/simulate/grammar.h"
#include "sequence/reference_window.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

namespace diploscope::simulate {

namespace {

/// Of all cohort genes. The paper finds most genes near R = 0 and some firmly on either side.
constexpr std::array<std::pair<Design, double>, 5> kDesignShares{{{Design::Direct, 0.40},
                                                                  {Design::Switched, 0.20},
                                                                  {Design::Opposed, 0.10},
                                                                  {Design::Distal, 0.20},
                                                                  {Design::Unregulated, 0.10}}};

char complementOf(char base) {
    return reverseComplement(std::string_view(&base, 1))[0];
}

char otherBase(char base, Random& random) {
    char other = base;
    while (other == base)
        other = "ACGT"[random.below(4)];
    return other;
}

std::string upperCase(std::string bases) {
    for (char& base : bases)
        base = static_cast<char>(std::toupper(static_cast<unsigned char>(base)));
    return bases;
}

/// At a base of a site: it and the next one deleted, or one more base behind it.
PlannedVariant plannedIndel(const Locus& locus, int64_t position, Random& random) {
    const ReferenceStretch reference{locus.bases, locus.start};
    const std::string around = upperCase(std::string(reference.at(position - 1, 3)));
    const bool deletes = random.chance(0.5);
    const Variant aligned = leftAligned(
        deletes
            ? Variant{{}, position - 1, around, around.substr(0, 1)}
            : Variant{{}, position, around.substr(1, 1), around.substr(1, 1) + otherBase(around[2], random)},
        {upperCase(locus.bases), locus.start});
    return {aligned.position, aligned.ref, aligned.alt};
}

/// Motifs in which a design plants its variants, and how many of them.
std::vector<size_t> wantedMotifs(Design design, Random& random) {
    std::vector<size_t> candidates;
    for (size_t i = 0; i < motifs().size(); ++i) {
        const MotifRole role = motifs()[i].role;
        if (design == Design::Switched ? role == MotifRole::Switch : role != MotifRole::Partner)
            candidates.push_back(i);
    }
    if (design == Design::Distal || design == Design::Unregulated)
        return {};
    random.shuffle(candidates);
    candidates.resize(design == Design::Direct && random.chance(0.4) ? 2 : 1);
    return candidates;
}

void addExons(Gene& gene, Random& random) {
    const int64_t length = gene.region.length();
    const int64_t count = random.between(2, 8);
    const int64_t step = length / count;
    for (int64_t i = 0; i < count; ++i) {
        // The first and the last exon reach the gene's ends.
        const int64_t exonLength = random.between(90, std::min<int64_t>(400, step / 2));
        int64_t start = gene.region.start + i * step + (i == 0 ? 0 : random.below(step - exonLength));
        if (i == count - 1)
            start = gene.region.end - exonLength;
        gene.exons.push_back({gene.region.contig, start, start + exonLength});
    }
}

} // namespace

std::string_view toText(Design design) {
    switch (design) {
    case Design::Direct:
        return "direct";
    case Design::Switched:
        return "switched";
    case Design::Opposed:
        return "opposed";
    case Design::Distal:
        return "distal";
    case Design::Unregulated:
        break;
    }
    return "unregulated";
}

std::vector<Design> designsFor(int64_t count, Random& random) {
    std::vector<Design> designs;
    double share = 0;
    for (const auto& [design, part] : kDesignShares) {
        share += part;
        const auto upTo = int64_t{std::llround(share * static_cast<double>(count))};
        while (static_cast<int64_t>(designs.size()) < std::min(upTo, count))
            designs.push_back(design);
    }
    designs.resize(static_cast<size_t>(count), Design::Direct);
    random.shuffle(designs);
    return designs;
}

std::string GeneNames::next() {
    constexpr std::string_view consonants = "BDFGKLMNPRSTVZ";
    constexpr std::string_view vowels = "AEIOU";
    for (;;) {
        const auto letter = [&](std::string_view from) {
            return from[static_cast<size_t>(m_random.below(static_cast<int64_t>(from.size())))];
        };
        std::string name{letter(consonants), letter(vowels), letter(consonants), letter(consonants),
                         letter(vowels)};
        name += static_cast<char>('1' + m_random.below(9));
        if (m_used.insert(name).second)
            return name;
    }
}

bool Locus::inReach(int64_t position) const {
    // The gene strand's window [-kReach, +kReach) round the TSS, in forward coordinates.
    const int64_t first = gene.strand == Strand::Forward ? gene.tss() - kReach : gene.tss() - kReach + 1;
    return position >= first && position < first + 2 * kReach;
}

std::string Locus::promoter(EditList edits) const {
    constexpr int64_t Flank = kReach / 2; // what deletions draw on
    const InputShape shape{2 * kReach, kReach, StrandRule::Gene};
    const Region read = inputRegion(shape, gene.region.contig, gene.tss(), gene.strand);
    const int64_t offset = read.start - start;
    const ReferenceWindow window =
        makeWindow(shape, gene.region.contig, gene.tss(), gene.strand, Flank,
                   upperCase(bases.substr(static_cast<size_t>(offset - Flank), 2 * kReach + 2 * Flank)));
    for (Edit& edit : edits)
        edit.offset -= offset;
    return modelInput(window, edits);
}

Locus makeLocus(const LocusPlace& place, Design design, int64_t number, std::string name,
                const Composition& composition, Random& random, bool indels) {
    Locus locus;
    locus.design = design;
    locus.start = place.start;
    Gene& gene = locus.gene;
    gene.id = fmt::format("DSG{:011d}", number);
    gene.version = "1";
    gene.name = std::move(name);
    gene.type = "protein_coding";
    gene.strand = random.chance(0.5) ? Strand::Forward : Strand::Reverse;
    const int64_t jitter = std::min<int64_t>(5000, (place.length - 4 * kReach) / 2);
    const int64_t tss = place.start + place.length / 2 + random.between(-jitter, jitter);
    const int64_t room =
        gene.strand == Strand::Forward ? place.start + place.length - tss : tss - place.start;
    const int64_t geneLength = std::min(random.between(2500, 15000), room - 100);
    gene.region = gene.strand == Strand::Forward ? Region{place.contig, tss, tss + geneLength}
                                                 : Region{place.contig, tss + 1 - geneLength, tss + 1};
    addExons(gene, random);

    locus.bases = composition.segment(place.length, tss - kReach - place.start, tss + kReach - place.start,
                                      random.chance(0.6), random);
    std::string promoter = locus.promoter();
    const std::vector<PlantedSite> sites =
        plantPromoter(promoter, wantedMotifs(design, random), design == Design::Switched, random);
    std::vector<int64_t> indelsAt;
    for (const PlantedSite& site : sites) {
        if (!site.wanted)
            continue;
        const auto length = static_cast<int64_t>(motifs()[site.motif].consensus.size());
        const int64_t within = coreOffset(site.motif, random);
        const int64_t offset = site.offset + (site.opposite ? length - 1 - within : within);
        char& base = promoter[static_cast<size_t>(offset)];
        char alt = otherBase(base, random);
        const bool makesSite = random.chance(0.5); // the reference lacks it
        if (makesSite)
            std::swap(base, alt);
        const bool forward = gene.strand == Strand::Forward;
        const int64_t position = forward ? tss - kReach + offset : tss + kReach - offset;
        if (indels && design == Design::Direct && !makesSite)
            indelsAt.push_back(position);
        else
            locus.planned.push_back({position, std::string(1, forward ? base : complementOf(base)),
                                     std::string(1, forward ? alt : complementOf(alt))});
    }

    if (gene.strand == Strand::Reverse)
        promoter = reverseComplement(promoter);
    const int64_t first = (gene.strand == Strand::Forward ? tss - kReach : tss - kReach + 1) - place.start;
    for (size_t i = 0; i < promoter.size(); ++i) {
        char& base = locus.bases[static_cast<size_t>(first) + i];
        if (std::toupper(static_cast<unsigned char>(base)) != promoter[i])
            base = promoter[i];
    }
    for (const int64_t position : indelsAt)
        locus.planned.push_back(plannedIndel(locus, position, random));
    std::sort(locus.planned.begin(), locus.planned.end(),
              [](const PlannedVariant& a, const PlannedVariant& b) { return a.position < b.position; });
    return locus;
}

} // namespace diploscope::simulate
