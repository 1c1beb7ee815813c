// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/liftover.h"
#include "io/fasta_reader.h"
#include "io/predixcan_database.h"
#include "sequence/haplotypes.h"

#include <Eigen/Core>

#include <compare>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// Where a weight's variant is, and whose copies the weight is for.
struct PredixcanFit {
    size_t site = 0;      ///< of the matrix
    int allele = 0;       ///< the alternate allele, from 1, that it is of; 0: no site has the variant
    bool swapped = false; ///< the effect allele is REF: copies of REF count, not those of `allele`
    bool flipped = false; ///< the weight's alleles are of the other strand

    [[nodiscard]] bool found() const { return allele > 0; }
    friend auto operator<=>(const PredixcanFit&, const PredixcanFit&) = default;
};

/// A/T, C/G and the like: the other strand has the same two alleles.
[[nodiscard]] bool isStrandAmbiguous(const PredixcanWeight& weight);

/// Moves the places of varIDs to the other build of a chain file. Of a place that cannot be told the rsid is
/// all that is left.
[[nodiscard]] LiftCounts liftWeights(PredixcanDatabase& database, const Liftover& chain);

/// Finds the variants of weights among the sites of one stretch. Looks into the matrix and the reference,
/// which must outlive it. Source: METHODS 9.
class PredixcanSites {
public:
    PredixcanSites(const AlleleMatrix& matrix, const FastaReader& reference);

    /// The site and allele that a weight is of. A weight whose alleles some site has as they are is of that
    /// one, whatever others would do swapped or on the other strand: of all sites and their alleles, first as
    /// listed, then swapped, then both on the other strand. An insertion swapped looks like the deletion of
    /// the same bases, which is another variant: alleles of two lengths are swapped only where the varID
    /// says that the effect allele is REF, or the reference that the one called REF is not there.
    /// \param position 0-based, of the variant once its alleles are trimmed; negative: the sites that are
    /// called as the weight's rsid. \error of reading the reference
    [[nodiscard]] Result<PredixcanFit> find(const PredixcanWeight& weight, int64_t position) const;

    /// Copies of the effect allele that each person has; NaN: no genotype. Copies of REF are counted, not
    /// reckoned as 2 - copies of one alternate: a site may have several, in one record or in several.
    /// \param dosage [people]. \return missing alleles among them
    int64_t fillDosage(const PredixcanFit& fit, HaploidDosage haploid,
                       Eigen::Ref<Eigen::VectorXd> dosage) const;

private:
    struct Wanted;
    [[nodiscard]] Result<PredixcanFit> findAmong(const std::vector<size_t>& sites,
                                                 const Wanted& wanted) const;
    [[nodiscard]] Result<bool> isNotInReference(int64_t position, std::string_view bases) const;
    [[nodiscard]] std::vector<std::vector<bool>> otherAlternates(const PredixcanFit& fit,
                                                                 std::vector<size_t>& sites) const;

    const AlleleMatrix& m_matrix;
    const FastaReader& m_reference;
    std::string m_contig; ///< as the reference calls it; empty where it has none such
    std::unordered_map<std::string_view, std::vector<size_t>> m_ofId;
    std::unordered_map<int64_t, std::vector<size_t>> m_ofPosition; ///< of trimmed alleles
};

} // namespace diploscope
