// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/simulate/random.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope::simulate {

/// How a bound motif acts on expression.
enum class MotifRole {
    Activator, ///< raises it
    Repressor, ///< lowers it
    Switch,    ///< acts one way alone and the other way beside the partner motif
    Partner    ///< does nothing by itself
};

/// One sequence motif of the simulated regulatory grammar.
struct Motif {
    std::string_view name;
    std::string_view consensus; ///< upper case = core base, lower case = a base that matters less
    MotifRole role = MotifRole::Activator;
    double effect = 0; ///< log2 expression of one perfect site at the best position, without partner
    double effectWithPartner = 0; ///< the same beside a perfect partner site; only for Switch
    double centre = 0;        ///< best position: bp from the TSS, positive downstream, of the site's middle
    double spread = 0;        ///< sd of the Gaussian fall-off round it, bp
    bool eitherStrand = true; ///< false: acts only on the gene's own strand
    double perPromoter = 0;   ///< mean number of sites that a promoter is given
};

/// A site that the grammar sees in a sequence.
struct BoundSite {
    size_t motif = 0;      ///< index into motifs()
    int64_t offset = 0;    ///< of the site's first base in the sequence as read, gene strand
    double occupancy = 0;  ///< 1 = consensus, falls with mismatches
    bool opposite = false; ///< the consensus stands on the other strand
};

/// The motifs, fixed: what differs between seeds is where they stand.
[[nodiscard]] const std::vector<Motif>& motifs();

/// The true rule of the simulation reads this far on either side of the TSS and no further.
inline constexpr int64_t kReach = 1536;
inline constexpr int64_t kPartnerReach = 60; ///< bp between middles within which a partner acts

/// The motifs in MEME's minimal format: a base is as likely as a site with it is occupied.
[[nodiscard]] std::string motifsAsMeme();

/// All sites in `bases`: the 2 * kReach bases round a TSS at index kReach, gene strand, upper case.
[[nodiscard]] std::vector<BoundSite> findSites(std::string_view bases);

/// What each site adds, in log2 expression, given the others (partners); as many as `sites`.
[[nodiscard]] std::vector<double> siteEffects(const std::vector<BoundSite>& sites);

/// log2 expression that the grammar gives to a promoter sequence (as for findSites); 0 = no site at all.
[[nodiscard]] double grammarScore(std::string_view bases);

/// A site put into a promoter on purpose.
struct PlantedSite {
    size_t motif = 0;
    int64_t offset = 0;
    bool opposite = false;
    bool hasPartner = false; ///< a switch that was given a partner site
    bool wanted = false;     ///< asked for by the caller, not by chance
};

/// Puts sites into `bases` (as for findSites): first one of each `wanted` motif, near its best position and,
/// for a switch, beside a partner if `wantedWithPartner`; then a natural number of each motif at random
/// places. Sites do not overlap. \return all sites; a wanted one is missing where no room was left.
std::vector<PlantedSite> plantPromoter(std::string& bases, const std::vector<size_t>& wanted,
                                       bool wantedWithPartner, Random& random);

/// Index of a core base within the motif, drawn at random: where a mutation does most harm.
[[nodiscard]] int64_t coreOffset(size_t motif, Random& random);

/// The consensus on the gene strand, upper case; reverse-complemented if `opposite`.
[[nodiscard]] std::string consensusBases(size_t motif, bool opposite);

} // namespace diploscope::simulate
