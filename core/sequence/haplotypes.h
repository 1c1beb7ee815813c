// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region.h"
#include "sequence/edit.h"
#include "sequence/genotype_counts.h"
#include "sequence/site.h"

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// Phased alleles of all people over one region: sites x haplotypes, one byte each, read in one pass.
/// Columns 2p and 2p+1 are the first and second haplotype of person p. Immutable by use. A change that
/// several records list stands in the first of them alone (METHODS 17), whatever counts alleles; where that
/// has no genotype of a person, a later one's is taken.
struct AlleleMatrix {
    static constexpr int8_t Missing = -1;

    Region region;
    std::vector<std::string> people; ///< in column order
    std::vector<Site> sites;         ///< sorted by position; the first may start before the region
    std::vector<int8_t> alleles;     ///< row-major [sites x 2 people]: 0 = REF, k = alts[k-1], Missing
    /// A record that lists changes of earlier sites once more, and starts behind them: it may fit into a
    /// sequence where the padding of the first one overlaps what stands before. No other does.
    struct Repeat {
        size_t sitesBefore = 0; ///< in the file
        Site site;
        std::vector<int8_t> alleles; ///< [2 people], of changes that the first record gives them too; else 0
    };
    std::vector<Repeat> repeats; ///< in the file's order; for sequences alone
    /// [people] whether they are heterozygous in more than one phase set (FORMAT/PS): which alleles of two
    /// sets are on one chromosome is not known. Empty where the file has no PS.
    std::vector<bool> severalPhaseSets;
    /// [people] whether they have a heterozygous genotype without phase, taken as listed. Empty where nobody.
    std::vector<bool> unphased;
    /// [people] whether a later record of the same change gives them another genotype than the first, which
    /// counts. Empty where nobody.
    std::vector<bool> otherInDuplicates;
    /// [sites][people] who has one copy of the place, which then stands in both columns. Shorter, or a site's
    /// empty, where nobody.
    std::vector<std::vector<bool>> oneCopy;
    /// [people] who has no copy of places of the region, a woman of Y: their alleles are missing there. Empty
    /// where nobody.
    std::vector<bool> withoutCopy;
    GenotypeCounts counts; ///< but for what buildHaplotypes() leaves out

    [[nodiscard]] size_t haplotypeCount() const { return 2 * people.size(); }
    [[nodiscard]] int8_t allele(size_t site, size_t haplotype) const {
        return alleles[site * haplotypeCount() + haplotype];
    }
    [[nodiscard]] bool hasOneCopy(size_t site, size_t person) const {
        return site < oneCopy.size() && !oneCopy[site].empty() && oneCopy[site][person];
    }
    /// Of a site's own place: where the region reaches across the end of a pseudoautosomal one, who has no
    /// copy of some places has copies of others.
    [[nodiscard]] bool hasNoCopy(size_t site, size_t person) const {
        return person < withoutCopy.size() && withoutCopy[person] && allele(site, 2 * person) == Missing &&
               allele(site, 2 * person + 1) == Missing;
    }
    void setOneCopy(size_t site, size_t person, bool isOne);
};

enum class VariantMode { Snv, SnvAndIndel }; ///< METHODS 2: default SNVs only

/// Personal sequences of one region, equal ones once. Memory: 48 bytes an edit of the distinct lists, 4 a
/// haplotype.
struct Haplotypes {
    std::vector<EditList> distinct;        ///< offsets relative to `origin`; never two equal lists
    std::vector<int32_t> indexOfHaplotype; ///< [2 people] into `distinct`
    GenotypeCounts leftOut;                ///< overlapping (the first wins), and in SNV mode mnvs and indels
};

/// Turns alleles into edits, haplotype by haplotype. Only alleles of plain A/C/G/T become edits. SNV mode
/// takes those that are SNVs once trimmed, each at its own position, as `bcftools norm -m -any`, `view -v
/// snps` and `consensus` do; MNVs are none. Overlaps as `bcftools consensus -H`: the record that comes first
/// wins, and a later one that touches its replaced bases is dropped and counted. An indel whose anchor is the
/// last replaced base still fits, unless an insertion stands there; it is joined with the edit before it, so
/// that lists stay free of overlaps. Where a record that repeats a dropped change fits, it is applied after
/// all, and not counted.
/// \param origin 0-based genome position of edit offset 0 (the window's start); the matrix may start before
/// it. Source: METHODS 2.
[[nodiscard]] Haplotypes buildHaplotypes(const AlleleMatrix& matrix, int64_t origin, VariantMode mode);

/// How many bases beside the window to begin with, on each side: 0 for SNVs, else enough that most windows
/// need no second reading (requiredFlank() says which do).
[[nodiscard]] int64_t startingFlank(VariantMode mode);

/// The flank that `haplotypes` need so that each of them fills a window of `length` bases round the TSS at
/// forward offset `tssOffset` (see materialize()). While it is larger than the flank that the matrix was read
/// with, read again with the returned one: the wider stretch may hold more deletions. 0 where nothing changes
/// length.
[[nodiscard]] int64_t requiredFlank(const Haplotypes& haplotypes, int64_t length, int64_t tssOffset);

/// Drops the edits that lie wholly outside what materialize() cuts to, then joins lists that have become
/// equal: flanking variants must not cost a prediction each.
[[nodiscard]] Haplotypes cutToWindow(const Haplotypes& haplotypes, int64_t length, int64_t tssOffset);

} // namespace diploscope
