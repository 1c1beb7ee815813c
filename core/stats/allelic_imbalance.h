// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/p_value.h"
#include "stats/resolution.h"

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <vector>

namespace diploscope {

/// A gene's reads that come from a person's first and from the second haplotype.
struct HaplotypeReads {
    int64_t first = 0;
    int64_t second = 0;

    [[nodiscard]] int64_t total() const { return first + second; }
    friend bool operator==(const HaplotypeReads&, const HaplotypeReads&) = default;
};

/// With fewer reads the ratio of a person's two haplotypes is not looked at: of seven reads all are of one
/// haplotype by chance once in 64 people.
inline constexpr int64_t FewestHaplotypeReads = 8;

/// log2 of (first + 1/2) / (second + 1/2), finite for all counts; empty with fewer than FewestHaplotypeReads.
[[nodiscard]] std::optional<double> log2Ratio(const HaplotypeReads& reads);

/// Whether what a model says of the difference of a person's two haplotypes agrees with their reads
/// (METHODS 19). Which haplotype is called the first says nothing: every number here is the same if the two
/// change places in some people. Undefined values are empty.
struct AllelicImbalance {
    int64_t n = 0; ///< people with both numbers
    /// Correlation through 0: sum(xy) / sqrt(sum(x^2) sum(y^2)), which is Pearson's over these people and
    /// their mirror images.
    std::optional<double> r;
    std::optional<PValue> p; ///< two-sided, t with n - 1 df; none where all are alike, see allelicChange()
    std::optional<double> slope; ///< of y on x through 0
    int64_t decided = 0;  ///< of n, those in whom both the reads and the model tell the haplotypes apart
    int64_t agreeing = 0; ///< of these, those in whom both name the same haplotype
    std::optional<PValue> agreementP; ///< two-sided, exact binomial at 1/2

    /// agreeing / decided
    [[nodiscard]] std::optional<double> agreement() const {
        return decided > 0 ? std::optional(double(agreeing) / double(decided)) : std::nullopt;
    }
};
/// \param observed [people] log2Ratio(), NaN: not known \param predicted [people] score of the first
/// haplotype less that of the second, NaN: not known \param rounding  differences up to this are none
[[nodiscard]] AllelicImbalance allelicImbalance(const Eigen::Ref<const Eigen::VectorXd>& observed,
                                                const Eigen::Ref<const Eigen::VectorXd>& predicted,
                                                double rounding = 0);

/// What an allele does to the copy that carries it, in its heterozygotes: the mean log2 ratio of the reads of
/// the haplotype with it over those of the other, its allelic fold change. Undefined values are empty.
struct AllelicChange {
    int64_t n = 0;              ///< heterozygotes with reads
    std::optional<double> mean; ///< log2
    std::optional<double> se;   ///< n >= 3
    std::optional<PValue> p;    ///< of no change: two-sided, t with n - 1 df; n >= 3
};
/// \param ratios [people] log2Ratio(), NaN: not known \param sides [people] 1 where the first haplotype alone
/// has the allele, -1 where the second one, else 0. Values that do not differ have a mean alone
[[nodiscard]] AllelicChange allelicChange(const Eigen::Ref<const Eigen::VectorXd>& ratios,
                                          const std::vector<int>& sides);

} // namespace diploscope
