// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/left_aligned.h"
#include "sequence/haplotypes.h"
#include "sequence/reference_window.h"
#include "sequence/snv_genotypes.h"

#include <Eigen/Core>

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// A variant of the panel, and what the cohort's genotypes say of it. Most studies take SNVs alone, hence the
/// name: of one alt is the most common non-reference base there, and its effects are given for that
/// (METHODS 6). Where the study takes indels and MNVs, each of their alleles is one too, left-aligned.
struct Snv : Variant {
    std::string id;
    double alleleFrequency = 0;    ///< of alt over called alleles, one of who has one copy
    double referenceFrequency = 0; ///< of ref over them; below 1 - alleleFrequency where there is a third one
    int64_t carriers = 0;          ///< people with at least one alt
    double carrierFraction = 0;    ///< people with any allele of its record and place of its sort, SNVs or
                                   ///< others, of those of whom that is known: the authors' colour scale
    int64_t missing = 0;    ///< people without a genotype of what they have: an allele or both are missing
    int64_t people = 0;     ///< who have a copy of its place, which on Y are men alone
    SnvGenotypes genotypes; ///< everybody's, copies being of alt
    double maf() const { return alleleFrequency < 0.5 ? alleleFrequency : 1 - alleleFrequency; }
};

/// The variants of a locus that somebody carries.
struct SnvPanel {
    std::vector<Snv> snvs; ///< by position
    int64_t people = 0;    ///< whose genotypes they hold

    /// Indexes of the indels, ascending.
    [[nodiscard]] std::vector<size_t> indels() const;
};

/// More than one person in so many without a genotype are too many. Source: METHODS 17.
inline constexpr int64_t MissingOneIn = 5;

/// Whether so many lack a genotype of an SNV that it is left out of lead variant, LD, SuSiE and drivers.
/// \param missing of these \param people who have a copy of its place. Source: METHODS 17.
[[nodiscard]] inline bool isPoorlyGenotyped(int64_t missing, int64_t people) {
    return MissingOneIn * missing > people;
}
[[nodiscard]] inline bool isPoorlyGenotyped(const Snv& snv) {
    return isPoorlyGenotyped(snv.missing, snv.people);
}

/// Columns of the SNVs that are not poorly genotyped, ascending.
[[nodiscard]] std::vector<Eigen::Index> wellGenotyped(const SnvPanel& panel);

/// SNVs of `matrix` inside the window (not its flanks), each at the position that it has once trimmed. Of
/// several SNV alleles of a record at one position the most common one is taken, the first listed on a tie;
/// where nobody carries one, none. Source: METHODS 6, 7.
[[nodiscard]] SnvPanel buildSnvPanel(const AlleleMatrix& matrix, const Region& window);

/// The same SNVs, and in a study of indels each MNV and indel allele that somebody carries: left-aligned,
/// what it changes beginning inside the window. Of one allele that several records write otherwise the first
/// counts. Source: METHODS 15. \param reference of the window and round it
[[nodiscard]] SnvPanel buildPanel(const AlleleMatrix& matrix, const Region& window, VariantMode mode,
                                  const ReferenceStretch& reference);

/// What in-silico mutagenesis predicts: for each variant the reference with that one allele, room made at the
/// far end from the TSS, which stays at its index (METHODS 2); then for each of SnvPanel::indels() the same
/// with room made at the other end (METHODS 15). Of one that deletes bases on both sides of the TSS: at the
/// right end, then at the left one.
[[nodiscard]] std::vector<EditList> ismSequences(const SnvPanel& panel, const ReferenceWindow& window);

/// What scores of ismSequences(), or their differences from the reference, say of each variant.
struct OverTrims {
    Eigen::MatrixXd mean; ///< [variants x columns] of an indel over both ends at which room is made
    /// Of the indels alone, [indels x columns]: half of what it is with the TSS at its index, less the other.
    Eigen::MatrixXd halfDifference;
};
/// \param values [sequences x any]
[[nodiscard]] OverTrims overTrims(const SnvPanel& panel, const Eigen::MatrixXd& values);

} // namespace diploscope
