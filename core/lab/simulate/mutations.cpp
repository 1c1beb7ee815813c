// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/mutations.h"

#include "lab/simulate/grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace diploscope::simulate {

namespace {

constexpr double kPlannedLeast = 0.12; ///< share of haplotypes that carry a planned alternative allele
constexpr double kPlannedMost = 0.6;
constexpr double kTransitionShare = 2.0 / 3; ///< of SNVs: A-G and C-T

char upper(char base) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(base)));
}

char mutated(char base, Random& random) {
    if (random.chance(kTransitionShare))
        switch (base) {
        case 'A':
            return 'G';
        case 'G':
            return 'A';
        case 'C':
            return 'T';
        default:
            return 'C';
        }
    const bool purine = base == 'A' || base == 'G';
    const bool first = random.chance(0.5);
    return purine ? (first ? 'C' : 'T') : (first ? 'A' : 'G');
}

class Dropper {
public:
    Dropper(Genealogy& genealogy, const Locus& locus, const PopulationRates& rates, int64_t& siteNumber,
            Random& random)
        : m_genealogy(genealogy)
        , m_locus(locus)
        , m_rates(rates)
        , m_siteNumber(siteNumber)
        , m_random(random)
        , m_free(locus.start) {}

    std::vector<SimulatedSite> run() {
        auto planned = m_locus.planned.begin();
        const auto end = static_cast<double>(m_locus.start + static_cast<int64_t>(m_locus.bases.size()));
        auto at = static_cast<double>(m_locus.start);
        for (;;) {
            const double perBp = m_genealogy.totalLength() * (m_rates.mutation + m_rates.recombination);
            const double next = at + m_random.exponential(perBp);
            // Waiting times forget: at a planned site the walk stops and starts again.
            if (planned != m_locus.planned.end() && next >= static_cast<double>(planned->position)) {
                at = static_cast<double>(planned->position);
                addPlanned(*planned++);
                continue;
            }
            if (next >= end)
                return std::move(m_sites);
            at = next;
            if (m_random.chance(m_rates.recombination / (m_rates.mutation + m_rates.recombination)))
                m_genealogy.recombine(m_random);
            else
                mutate(static_cast<int64_t>(std::floor(at)));
        }
    }

private:
    [[nodiscard]] char baseAt(int64_t position) const {
        return upper(m_locus.bases[static_cast<size_t>(position - m_locus.start)]);
    }
    [[nodiscard]] bool isPlanned(int64_t position) const {
        return std::any_of(m_locus.planned.begin(), m_locus.planned.end(),
                           [&](const PlannedVariant& variant) { return variant.position == position; });
    }

    SimulatedSite& newSite(int64_t position, std::string ref, std::string alt, int branch) {
        SimulatedSite site;
        m_free = position + static_cast<int64_t>(ref.size());
        site.site = {position, fmt::format("dsv{:07d}", ++m_siteNumber), std::move(ref), {std::move(alt)}};
        site.alleles.assign(static_cast<size_t>(m_genealogy.haplotypes()), 0);
        m_genealogy.mark(branch, 1, site.alleles);
        m_sites.push_back(std::move(site));
        return m_sites.back();
    }

    void addPlanned(const PlannedVariant& variant) {
        const auto share = [&](double of) {
            return std::llround(of * static_cast<double>(m_genealogy.haplotypes()));
        };
        const int branch =
            m_genealogy.branchWithCarriers(share(kPlannedLeast), share(kPlannedMost), m_random);
        newSite(variant.position, variant.ref, variant.alt, branch).planned = true;
    }

    void mutate(int64_t position) {
        if (position < m_free || isPlanned(position))
            return; // a site is there already; lost mutations are some per mille
        const int branch = m_genealogy.branch(m_random);
        if (!m_locus.inReach(position) && m_random.chance(m_rates.indelShare)) {
            addIndel(position, branch);
            return;
        }
        const char ref = baseAt(position);
        const char alt = mutated(ref, m_random);
        SimulatedSite& site = newSite(position, std::string(1, ref), std::string(1, alt), branch);
        if (!m_random.chance(m_rates.multiAllelicShare))
            return;
        char second = alt;
        while (second == alt)
            second = mutated(ref, m_random);
        std::vector<int8_t> alleles = site.alleles;
        m_genealogy.mark(m_genealogy.branch(m_random), 2, alleles);
        const bool bothLeft = std::count(alleles.begin(), alleles.end(), 1) > 0;
        if (bothLeft) {
            site.alleles = std::move(alleles);
            site.site.alts.emplace_back(1, second);
        }
    }

    void addIndel(int64_t position, int branch) {
        const int64_t length = m_random.between(1, 6);
        const int64_t end = m_locus.start + static_cast<int64_t>(m_locus.bases.size());
        std::string text(1, baseAt(position));
        if (m_random.chance(0.5)) {
            std::string longer = text;
            for (int64_t i = 0; i < length; ++i)
                longer += "ACGT"[m_random.below(4)];
            newSite(position, text, longer, branch);
            return;
        }
        for (int64_t i = 1; i <= length; ++i) {
            if (position + i >= end || m_locus.inReach(position + i))
                return;
            text += baseAt(position + i);
        }
        newSite(position, text, text.substr(0, 1), branch);
    }

    Genealogy& m_genealogy;
    const Locus& m_locus;
    const PopulationRates& m_rates;
    int64_t& m_siteNumber;
    Random& m_random;
    int64_t m_free; ///< first position that no site covers yet
    std::vector<SimulatedSite> m_sites;
};

} // namespace

double SimulatedSite::frequency(int8_t allele) const {
    return static_cast<double>(std::count(alleles.begin(), alleles.end(), allele)) /
           static_cast<double>(alleles.size());
}

std::vector<SimulatedSite> dropMutations(Genealogy& genealogy, const Locus& locus,
                                         const PopulationRates& rates, int64_t& siteNumber, Random& random) {
    return Dropper(genealogy, locus, rates, siteNumber, random).run();
}

SimulatedSite neutralSnv(Genealogy& genealogy, const Locus& locus, int64_t& siteNumber, Random& random) {
    const auto length = static_cast<int64_t>(locus.bases.size());
    int64_t offset = random.below(length);
    while (locus.inReach(locus.start + offset))
        offset = random.below(length);
    const char ref = upper(locus.bases[static_cast<size_t>(offset)]);
    SimulatedSite site;
    site.site = {locus.start + offset,
                 fmt::format("dsv{:07d}", ++siteNumber),
                 std::string(1, ref),
                 {std::string(1, mutated(ref, random))}};
    site.alleles.assign(static_cast<size_t>(genealogy.haplotypes()), 0);
    genealogy.mark(genealogy.branch(random), 1, site.alleles);
    return site;
}

} // namespace diploscope::simulate
