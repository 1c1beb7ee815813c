// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/grammar.h"

#include "sequence/reference_window.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace diploscope::simulate {

namespace {

constexpr double kCoreCost = 1.0; ///< of a mismatch
constexpr double kFlankCost = 0.35;
constexpr double kSteepness = 2.5; ///< occupancy = exp(-steepness * cost)
constexpr double kLeastOccupancy = 0.05;
constexpr double kPartnerChance = 0.15; ///< of a switch site to stand beside a partner: a minority, so that
                                        ///< its mean effect is the other one
constexpr double kFlankMutated = 0.3;

/// A motif as one strand is scanned for it.
struct Pattern {
    size_t motif = 0;
    bool opposite = false;
    std::string bases;
    std::vector<double> costs;
};

std::vector<Pattern> makePatterns() {
    std::vector<Pattern> patterns;
    for (size_t motif = 0; motif < motifs().size(); ++motif) {
        Pattern forward{motif, false, consensusBases(motif, false), {}};
        for (const char base : motifs()[motif].consensus)
            forward.costs.push_back(std::isupper(static_cast<unsigned char>(base)) != 0 ? kCoreCost
                                                                                        : kFlankCost);
        Pattern reverse{
            motif, true, consensusBases(motif, true), {forward.costs.rbegin(), forward.costs.rend()}};
        const bool palindrome = reverse.bases == forward.bases;
        patterns.push_back(std::move(forward));
        if (motifs()[motif].eitherStrand && !palindrome)
            patterns.push_back(std::move(reverse));
    }
    return patterns;
}

double middleOf(const BoundSite& site) {
    return static_cast<double>(site.offset) + static_cast<double>(motifs()[site.motif].consensus.size()) / 2;
}

bool isFree(const std::vector<bool>& used, int64_t offset, int64_t length) {
    if (offset < 2 || offset + length + 2 > static_cast<int64_t>(used.size()))
        return false;
    return std::none_of(used.begin() + offset - 2, used.begin() + offset + length + 2,
                        [](bool taken) { return taken; });
}

/// Writes the motif at `offset`, now and then with one less important base changed, as real sites vary.
void write(std::string& bases, std::vector<bool>& used, const PlantedSite& site, bool perfect,
           Random& random) {
    std::string text(motifs()[site.motif].consensus);
    if (!perfect && random.chance(kFlankMutated)) {
        const auto at = static_cast<size_t>(random.below(static_cast<int64_t>(text.size())));
        if (std::islower(static_cast<unsigned char>(text[at])) != 0)
            text[at] = "ACGT"[random.below(4)];
    }
    for (char& base : text)
        base = static_cast<char>(std::toupper(static_cast<unsigned char>(base)));
    if (site.opposite)
        text = reverseComplement(text);
    for (size_t i = 0; i < text.size(); ++i) {
        bases[static_cast<size_t>(site.offset) + i] = text[i];
        used[static_cast<size_t>(site.offset) + i] = true;
    }
}

} // namespace

const std::vector<Motif>& motifs() {
    using enum MotifRole;
    static const std::vector<Motif> all{
        // name      consensus     role       effect  +partner centre spread either  per promoter
        {"ALDER", "tgACCGGTca", Activator, 1.3, 0, -120, 150, true, 0.55},
        {"BIRCH", "ccATATATgg", Activator, 1.1, 0, -60, 90, true, 0.55},
        {"CEDAR", "gcTATAAAag", Activator, 1.4, 0, -30, 12, false, 0.40},
        {"DOGWOOD", "gtTCCGGAac", Repressor, -1.3, 0, -180, 180, true, 0.50},
        {"ELDER", "aaGCATGCtt", Repressor, -1.1, 0, 120, 120, true, 0.50},
        {"FERN", "caCTGCAGtg", Switch, 1.2, -1.6, -90, 140, true, 0.60},
        {"HAZEL", "tcGAATTCga", Switch, -1.2, 1.6, 60, 140, true, 0.60},
        {"GORSE", "acAAGTGGca", Partner, 0, 0, 0, 200, true, 0.10},
        {"JUNIPER", "ggCTTACGta", Activator, 1.2, 0, -150, 150, true, 0.03},
    };
    return all;
}

std::string consensusBases(size_t motif, bool opposite) {
    std::string text(motifs()[motif].consensus);
    for (char& base : text)
        base = static_cast<char>(std::toupper(static_cast<unsigned char>(base)));
    return opposite ? reverseComplement(text) : text;
}

std::string motifsAsMeme() {
    std::string text = "MEME version 4\n\nALPHABET= ACGT\n\nstrands: + -\n\nBackground letter frequencies\n"
                       "A 0.25 C 0.25 G 0.25 T 0.25\n";
    for (size_t motif = 0; motif < motifs().size(); ++motif) {
        const std::string_view consensus = motifs()[motif].consensus;
        const std::string bases = consensusBases(motif, false);
        text += fmt::format("\nMOTIF {}\nletter-probability matrix: alength= 4 w= {} nsites= 1000\n",
                            motifs()[motif].name, consensus.size());
        for (size_t i = 0; i < consensus.size(); ++i) {
            const bool isCore = std::isupper(static_cast<unsigned char>(consensus[i])) != 0;
            const double other = std::exp(-kSteepness * (isCore ? kCoreCost : kFlankCost));
            for (const char base : std::string_view("ACGT"))
                text += fmt::format(" {:.6f}", (base == bases[i] ? 1 : other) / (1 + 3 * other));
            text += '\n';
        }
    }
    return text;
}

std::vector<BoundSite> findSites(std::string_view bases) {
    static const std::vector<Pattern> patterns = makePatterns();
    static const double worstCost = -std::log(kLeastOccupancy) / kSteepness;
    std::vector<BoundSite> sites;
    for (const Pattern& pattern : patterns) {
        const size_t length = pattern.bases.size();
        for (size_t at = 0; at + length <= bases.size(); ++at) {
            double cost = 0;
            for (size_t i = 0; i < length && cost <= worstCost; ++i)
                cost += bases[at + i] == pattern.bases[i] ? 0 : pattern.costs[i];
            if (cost <= worstCost)
                sites.push_back({pattern.motif, static_cast<int64_t>(at), std::exp(-kSteepness * cost),
                                 pattern.opposite});
        }
    }
    return sites;
}

std::vector<double> siteEffects(const std::vector<BoundSite>& sites) {
    std::vector<double> effects;
    effects.reserve(sites.size());
    for (const BoundSite& site : sites) {
        const Motif& motif = motifs()[site.motif];
        double strength = motif.effect;
        if (motif.role == MotifRole::Switch) {
            double partner = 0; // occupancy of the best partner in reach
            for (const BoundSite& other : sites)
                if (motifs()[other.motif].role == MotifRole::Partner &&
                    std::abs(middleOf(other) - middleOf(site)) <= static_cast<double>(kPartnerReach))
                    partner = std::max(partner, other.occupancy);
            strength = (1 - partner) * motif.effect + partner * motif.effectWithPartner;
        }
        const double away = (middleOf(site) - static_cast<double>(kReach) - motif.centre) / motif.spread;
        effects.push_back(site.occupancy * strength * std::exp(-0.5 * away * away));
    }
    return effects;
}

double grammarScore(std::string_view bases) {
    double score = 0;
    for (const double effect : siteEffects(findSites(bases)))
        score += effect;
    return score;
}

std::vector<PlantedSite> plantPromoter(std::string& bases, const std::vector<size_t>& wanted,
                                       bool wantedWithPartner, Random& random) {
    std::vector<PlantedSite> planted;
    std::vector<bool> used(bases.size(), false);
    size_t partnerMotif = 0;
    while (motifs()[partnerMotif].role != MotifRole::Partner)
        ++partnerMotif;

    const auto plant = [&](size_t index, double spreads, bool wantedOne, bool withPartner) {
        const Motif& motif = motifs()[index];
        const auto length = static_cast<int64_t>(motif.consensus.size());
        for (int attempt = 0; attempt < 20; ++attempt) {
            const double middle =
                static_cast<double>(kReach) + motif.centre + spreads * motif.spread * random.normal();
            PlantedSite site{index, std::llround(middle) - length / 2,
                             motif.eitherStrand && random.chance(0.5), false, wantedOne};
            if (!isFree(used, site.offset, length))
                continue;
            if (withPartner) {
                const int64_t gap = random.between(6, kPartnerReach - 2 * length);
                const bool before = random.chance(0.5);
                const PlantedSite partner{partnerMotif,
                                          before ? site.offset - gap - length : site.offset + length + gap,
                                          random.chance(0.5), false, false};
                if (!isFree(used, partner.offset, length))
                    continue;
                write(bases, used, partner, wantedOne, random);
                site.hasPartner = true;
                planted.push_back(site);
                planted.push_back(partner);
            } else {
                planted.push_back(site);
            }
            write(bases, used, site, wantedOne, random);
            return;
        }
    };

    for (const size_t index : wanted)
        plant(index, 0.35, true, wantedWithPartner && motifs()[index].role == MotifRole::Switch);
    for (size_t index = 0; index < motifs().size(); ++index) {
        const int64_t count = random.poisson(motifs()[index].perPromoter);
        for (int64_t i = 0; i < count; ++i)
            plant(index, 0.8, false,
                  motifs()[index].role == MotifRole::Switch && random.chance(kPartnerChance));
    }
    return planted;
}

int64_t coreOffset(size_t motif, Random& random) {
    const std::string_view text = motifs()[motif].consensus;
    int64_t at = random.below(static_cast<int64_t>(text.size()));
    while (std::isupper(static_cast<unsigned char>(text[static_cast<size_t>(at)])) == 0)
        at = random.below(static_cast<int64_t>(text.size()));
    return at;
}

} // namespace diploscope::simulate
