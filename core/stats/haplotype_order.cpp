// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/haplotype_order.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace diploscope {

namespace {

/// Which SNVs a haplotype carries; the first SNV is the highest bit of the first word, so that comparing
/// words compares alleles from the first SNV on.
using CarriedBits = std::vector<uint64_t>;

std::vector<CarriedBits> bitsOf(std::span<const std::span<const uint8_t>> carried, size_t haplotypes) {
    std::vector<CarriedBits> bits(haplotypes, CarriedBits((carried.size() + 63) / 64));
    for (size_t v = 0; v < carried.size(); ++v)
        for (size_t h = 0; h < haplotypes; ++h)
            if (carried[v][h] == 1)
                bits[h][v / 64] |= uint64_t{1} << (63 - v % 64);
    return bits;
}

int differences(const CarriedBits& a, const CarriedBits& b) {
    int count = 0;
    for (size_t word = 0; word < a.size(); ++word)
        count += std::popcount(a[word] ^ b[word]);
    return count;
}

/// A branch of the tree: its leaves in their order.
struct Branch {
    std::vector<size_t> leaves;
    double size = 0;    ///< haplotypes, equal ones counted
    double carried = 0; ///< SNVs that they carry, together
};

/// Average linkage by chains of nearest neighbours, which gives the same tree as joining the two nearest of
/// all, in a square of time instead of a cube.
class Tree {
public:
    Tree(const std::vector<CarriedBits>& bits, const std::vector<double>& sizes) : m_count(bits.size()) {
        m_sums.resize(m_count * m_count);
        for (size_t a = 0; a < m_count; ++a) {
            for (size_t b = 0; b < a; ++b)
                sum(a, b) = sum(b, a) = differences(bits[a], bits[b]) * sizes[a] * sizes[b];
            int own = 0;
            for (const uint64_t word : bits[a])
                own += std::popcount(word);
            m_branches.push_back({{a}, sizes[a], own * sizes[a]});
            m_open.push_back(a);
        }
    }

    std::vector<size_t> leaves() {
        std::vector<size_t> chain;
        while (m_open.size() > 1) {
            if (chain.empty())
                chain.push_back(m_open.front());
            const size_t last = chain.back();
            const size_t before = chain.size() > 1 ? chain[chain.size() - 2] : m_count;
            const size_t nearest = nearestOf(last, before);
            if (nearest != before) {
                chain.push_back(nearest);
                continue;
            }
            chain.resize(chain.size() - 2);
            join(std::min(last, before), std::max(last, before));
        }
        return std::move(m_branches[m_open.front()].leaves);
    }

private:
    /// Of the differences of all pairs of two branches: a whole number, so that no rounding can turn two
    /// distances round and send the chain in circles.
    double& sum(size_t a, size_t b) { return m_sums[a * m_count + b]; }
    double distance(size_t a, size_t b) { return sum(a, b) / (m_branches[a].size * m_branches[b].size); }

    /// \param preferred of equally near ones, or the chain would never turn back
    size_t nearestOf(size_t branch, size_t preferred) {
        size_t nearest = preferred;
        double least =
            preferred < m_count ? distance(branch, preferred) : std::numeric_limits<double>::infinity();
        for (const size_t other : m_open)
            if (other != branch && distance(branch, other) < least) {
                least = distance(branch, other);
                nearest = other;
            }
        return nearest;
    }

    void join(size_t kept, size_t gone) {
        Branch& a = m_branches[kept];
        Branch& b = m_branches[gone];
        for (const size_t other : m_open)
            if (other != kept && other != gone)
                sum(kept, other) = sum(other, kept) = sum(kept, other) + sum(gone, other);
        if (b.carried / b.size < a.carried / a.size)
            std::swap(a.leaves, b.leaves);
        a.leaves.insert(a.leaves.end(), b.leaves.begin(), b.leaves.end());
        a.size += b.size;
        a.carried += b.carried;
        b.leaves = {};
        m_open.erase(std::find(m_open.begin(), m_open.end(), gone));
    }

    size_t m_count;
    std::vector<double> m_sums; ///< [branches x branches]
    std::vector<Branch> m_branches;
    std::vector<size_t> m_open; ///< ascending
};

} // namespace

HaplotypeOrder similarityOrder(std::span<const std::span<const uint8_t>> carried, size_t haplotypes) {
    std::map<CarriedBits, std::vector<size_t>> same;
    {
        std::vector<CarriedBits> bits = bitsOf(carried, haplotypes);
        for (size_t h = 0; h < haplotypes; ++h)
            same[std::move(bits[h])].push_back(h);
    }
    HaplotypeOrder result;
    result.clustered = same.size() <= MostClustered;
    std::vector<CarriedBits> different;
    std::vector<const std::vector<size_t>*> members;
    std::vector<double> sizes;
    for (const auto& [bits, of] : same) {
        different.push_back(bits);
        members.push_back(&of);
        sizes.push_back(static_cast<double>(of.size()));
    }
    std::vector<size_t> leaves(different.size());
    std::iota(leaves.begin(), leaves.end(), size_t{0});
    if (result.clustered && different.size() > 1)
        leaves = Tree(different, sizes).leaves();
    for (const size_t leaf : leaves)
        result.order.insert(result.order.end(), members[leaf]->begin(), members[leaf]->end());
    return result;
}

} // namespace diploscope
