// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/predixcan_alleles.h"

#include "genome/bases.h"
#include "genome/contig_names.h"
#include "genome/variant_name.h"

#include <algorithm>
#include <limits>

namespace diploscope {

namespace {

int alternatesOf(const Site& site) {
    return static_cast<int>(site.alts.size());
}

std::vector<std::string_view> idsIn(std::string_view text) {
    std::vector<std::string_view> ids;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find(';', at), text.size());
        ids.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return ids;
}

/// Whether the varID, which names REF first, calls the effect allele so.
bool effectIsReference(const PredixcanWeight& weight) {
    return weight.varRef == weight.effectAllele && weight.varAlt == weight.ref;
}

/// Two changes of which one haplotype carries one at most, so that REF is what carries none of them.
bool replaceTheSame(const AlleleChange& one, const AlleleChange& other) {
    return one.position == other.position && one.ref == other.ref &&
           (one.kind == other.kind || other.kind == AlleleKind::Spanning);
}

} // namespace

bool isStrandAmbiguous(const PredixcanWeight& weight) {
    return weight.ref.size() == weight.effectAllele.size() &&
           reverseComplementAllele(weight.ref) == weight.effectAllele;
}

/// One way to read a weight's alleles.
struct PredixcanSites::Wanted {
    TrimmedAlleles
        alleles;           ///< `CT` to `GT` is the SNV `C` to `G`: REF and ALT of the site that is looked for
    int64_t position = -1; ///< negative: any
    bool swapped = false;
    bool flipped = false;
    bool needsReference = false; ///< only where the reference lacks what the weight calls REF
};

LiftCounts liftWeights(PredixcanDatabase& database, const Liftover& chain) {
    LiftCounts counts;
    database.build.clear(); // the alleles tell, from here on
    for (PredixcanWeight& weight : database.weights) {
        if (weight.position < 0 || weight.varRef.empty() || weight.varAlt.empty())
            continue;
        const auto place =
            chain.lift(canonicalContig(weight.contig), weight.position, weight.varRef, weight.varAlt, counts);
        if (!place) {
            weight.position = -1;
            weight.contig.clear();
            continue;
        }
        weight.position = place->position;
        weight.contig = place->contig;
        if (place->turned)
            for (std::string* allele : {&weight.varRef, &weight.varAlt, &weight.ref, &weight.effectAllele})
                *allele = reverseComplementAllele(*allele);
    }
    return counts;
}

PredixcanSites::PredixcanSites(const AlleleMatrix& matrix, const FastaReader& reference)
    : m_matrix(matrix)
    , m_reference(reference)
    , m_contig(matchingContig(matrix.region.contig, reference.contigs()).value_or(std::string())) {
    for (size_t s = 0; s < matrix.sites.size(); ++s) {
        const Site& site = matrix.sites[s];
        for (const std::string_view id : idsIn(site.id))
            m_ofId[id].push_back(s);
        for (int allele = 1; allele <= alternatesOf(site); ++allele) {
            std::vector<size_t>& there = m_ofPosition[site.change(allele).position];
            if (there.empty() || there.back() != s)
                there.push_back(s);
        }
    }
}

Result<PredixcanFit> PredixcanSites::find(const PredixcanWeight& weight, int64_t position) const {
    static const std::vector<size_t> none;
    const std::vector<size_t>* sites = &none;
    if (position >= 0) {
        if (const auto there = m_ofPosition.find(position); there != m_ofPosition.end())
            sites = &there->second;
    } else if (const auto named = m_ofId.find(weight.rsid); named != m_ofId.end()) {
        sites = &named->second;
    }
    const bool isIndel = weight.ref.size() != weight.effectAllele.size();
    for (const bool flipped : {false, true}) {
        // The other strand of these is the same swapped, and nothing tells the two apart.
        if (flipped && isStrandAmbiguous(weight))
            break;
        const std::string ref = flipped ? reverseComplementAllele(weight.ref) : weight.ref;
        const std::string effect =
            flipped ? reverseComplementAllele(weight.effectAllele) : weight.effectAllele;
        if (ref.empty() || effect.empty())
            continue;
        for (const bool swapped : {false, true}) {
            const bool asNamed = swapped == effectIsReference(weight);
            const Wanted wanted{swapped ? trimAlleles(0, effect, ref) : trimAlleles(0, ref, effect), position,
                                swapped, flipped, isIndel && !asNamed};
            DS_ASSIGN(const PredixcanFit fit, findAmong(*sites, wanted));
            if (fit.found())
                return fit;
        }
    }
    return PredixcanFit();
}

Result<PredixcanFit> PredixcanSites::findAmong(const std::vector<size_t>& sites, const Wanted& wanted) const {
    for (const size_t s : sites) {
        const Site& site = m_matrix.sites[s];
        for (int allele = 1; allele <= alternatesOf(site); ++allele) {
            const AlleleChange own = site.change(allele);
            if ((wanted.position >= 0 && own.position != wanted.position) || own.ref != wanted.alleles.ref ||
                own.alt != wanted.alleles.alt)
                continue;
            if (wanted.needsReference) {
                // What the weight calls REF is the site's ALT.
                DS_ASSIGN(const bool saysSo, isNotInReference(own.position, own.alt));
                if (!saysSo)
                    continue;
            }
            return PredixcanFit{s, allele, wanted.swapped, wanted.flipped};
        }
    }
    return PredixcanFit();
}

/// False also where the reference does not tell: N fits any base.
Result<bool> PredixcanSites::isNotInReference(int64_t position, std::string_view bases) const {
    if (m_contig.empty())
        return false;
    DS_ASSIGN(const std::string there,
              m_reference.fetch({m_contig, position, position + static_cast<int64_t>(bases.size())}));
    return !std::equal(bases.begin(), bases.end(), there.begin(), mayBeBase);
}

/// The alleles of other records that replace what the fit's variant replaces: the alternates of one site
/// stand in one record, or in as many records as they are. \param sites are filled in. \return by site, by
/// allele
std::vector<std::vector<bool>> PredixcanSites::otherAlternates(const PredixcanFit& fit,
                                                               std::vector<size_t>& sites) const {
    std::vector<std::vector<bool>> alternates;
    const AlleleChange own = m_matrix.sites[fit.site].change(fit.allele);
    for (const size_t s : m_ofPosition.at(own.position)) {
        const Site& site = m_matrix.sites[s];
        std::vector<bool> replaces(site.alts.size() + 1);
        for (int allele = 1; allele <= alternatesOf(site); ++allele)
            replaces[static_cast<size_t>(allele)] = replaceTheSame(own, site.change(allele));
        if (s == fit.site || std::find(replaces.begin(), replaces.end(), true) == replaces.end())
            continue;
        sites.push_back(s);
        alternates.push_back(std::move(replaces));
    }
    return alternates;
}

int64_t PredixcanSites::fillDosage(const PredixcanFit& fit, HaploidDosage haploid,
                                   Eigen::Ref<Eigen::VectorXd> dosage) const {
    std::vector<size_t> others;
    std::vector<std::vector<bool>> alternates;
    if (fit.swapped)
        alternates = otherAlternates(fit, others);
    const auto hasEffect = [&](size_t haplotype) {
        const int8_t own = m_matrix.allele(fit.site, haplotype);
        if (!fit.swapped)
            return own == fit.allele;
        if (own != 0)
            return false;
        for (size_t i = 0; i < others.size(); ++i)
            if (const int8_t there = m_matrix.allele(others[i], haplotype);
                there > 0 && alternates[i][static_cast<size_t>(there)])
                return false;
        return true;
    };
    int64_t missing = 0;
    for (Eigen::Index p = 0; p < dosage.size(); ++p) {
        const size_t first = 2 * static_cast<size_t>(p), second = first + 1;
        const int lacks = (m_matrix.allele(fit.site, first) == AlleleMatrix::Missing) +
                          (m_matrix.allele(fit.site, second) == AlleleMatrix::Missing);
        dosage[p] = lacks > 0 ? std::numeric_limits<double>::quiet_NaN()
                              : static_cast<double>(hasEffect(first) + hasEffect(second));
        if (haploid == HaploidDosage::AsOne && m_matrix.hasOneCopy(fit.site, static_cast<size_t>(p)))
            dosage[p] /= 2;
        if (!m_matrix.hasNoCopy(fit.site, static_cast<size_t>(p)))
            missing += lacks;
    }
    return missing;
}

} // namespace diploscope
