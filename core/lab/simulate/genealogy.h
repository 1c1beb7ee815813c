// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/simulate/random.h"

#include <cstdint>
#include <vector>

namespace diploscope::simulate {

/// How all haplotypes of the cohort are related at one position of a contig, moved along it by recombination:
/// the sequentially Markov coalescent (McVean and Cardin 2005), constant population size. Every haplotype is
/// thus a mosaic of ancestral ones. Mutations dropped on the branches have the 1/f frequency spectrum, and
/// linkage disequilibrium decays with distance, without either being put in by hand. Time unit: 2N
/// generations (two lineages meet at rate 1). Memory: O(haplotypes). One thread.
class Genealogy {
public:
    /// A tree of Kingman's coalescent for `haplotypes` >= 2 leaves.
    Genealogy(int haplotypes, Random& random);

    [[nodiscard]] int haplotypes() const { return m_leaves; }
    /// Sum of all branch lengths: rates of mutation and recombination per bp are proportional to it.
    [[nodiscard]] double totalLength() const { return m_total; }

    /// One recombination: a branch is cut at a uniform point of the tree, and the lineage above it finds a
    /// new ancestor.
    void recombine(Random& random);

    /// A branch drawn by its length; it is named by the node below it.
    [[nodiscard]] int branch(Random& random) const;
    /// A branch drawn by its length among those with `fewest`..`most` haplotypes below; the nearest in count
    /// if there is none.
    [[nodiscard]] int branchWithCarriers(int64_t fewest, int64_t most, Random& random) const;
    /// Sets `alleles[haplotype] = allele` for every haplotype below the branch. \return how many there are.
    int64_t mark(int branch, int8_t allele, std::vector<int8_t>& alleles) const;

private:
    struct Node {
        int parent = -1;
        int left = -1;
        int right = -1;
        double time = 0;
    };
    [[nodiscard]] double branchLength(int node) const;
    void replaceChild(int parent, int from, int to);
    void join(int parent, int child, int sibling, double time);
    void sortIn(int node);
    void updateTotal();

    int m_leaves;
    int m_root = -1;
    double m_total = 0;
    std::vector<Node> m_nodes; ///< leaves first
    std::vector<int> m_byTime; ///< inner nodes, youngest first
};

} // namespace diploscope::simulate
