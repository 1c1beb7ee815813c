// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/genealogy.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>

namespace diploscope::simulate {

Genealogy::Genealogy(int haplotypes, Random& random)
    : m_leaves(haplotypes), m_nodes(static_cast<size_t>(2 * haplotypes - 1)) {
    std::vector<int> lineages(static_cast<size_t>(haplotypes));
    std::iota(lineages.begin(), lineages.end(), 0);
    double time = 0;
    for (int next = haplotypes; lineages.size() > 1; ++next) {
        const auto count = static_cast<int64_t>(lineages.size());
        time += random.exponential(0.5 * static_cast<double>(count) * static_cast<double>(count - 1));
        const auto take = [&] {
            const auto at = static_cast<size_t>(random.below(static_cast<int64_t>(lineages.size())));
            const int node = lineages[at];
            lineages[at] = lineages.back();
            lineages.pop_back();
            return node;
        };
        const int first = take();
        const int second = take();
        join(next, first, second, time);
        m_byTime.push_back(next);
        lineages.push_back(next);
    }
    m_root = lineages.front();
    updateTotal();
}

double Genealogy::branchLength(int node) const {
    const Node& self = m_nodes[static_cast<size_t>(node)];
    return self.parent < 0 ? 0.0 : m_nodes[static_cast<size_t>(self.parent)].time - self.time;
}

void Genealogy::join(int parent, int child, int sibling, double time) {
    Node& node = m_nodes[static_cast<size_t>(parent)];
    node.left = child;
    node.right = sibling;
    node.time = time;
    m_nodes[static_cast<size_t>(child)].parent = parent;
    m_nodes[static_cast<size_t>(sibling)].parent = parent;
}

void Genealogy::replaceChild(int parent, int from, int to) {
    m_nodes[static_cast<size_t>(to)].parent = parent;
    if (parent < 0) {
        m_root = to;
        return;
    }
    Node& node = m_nodes[static_cast<size_t>(parent)];
    (node.left == from ? node.left : node.right) = to;
}

void Genealogy::sortIn(int node) {
    const double time = m_nodes[static_cast<size_t>(node)].time;
    m_byTime.insert(std::upper_bound(m_byTime.begin(), m_byTime.end(), time,
                                     [&](double value, int other) {
                                         return value < m_nodes[static_cast<size_t>(other)].time;
                                     }),
                    node);
}

void Genealogy::updateTotal() {
    m_total = 0;
    for (int node = 0; node < static_cast<int>(m_nodes.size()); ++node)
        m_total += branchLength(node);
}

int Genealogy::branch(Random& random) const {
    double left = random.uniform() * m_total;
    int last = 0;
    for (int node = 0; node < static_cast<int>(m_nodes.size()); ++node) {
        if (node == m_root)
            continue;
        last = node;
        left -= branchLength(node);
        if (left < 0)
            break;
    }
    return last;
}

void Genealogy::recombine(Random& random) {
    const int moved = branch(random);
    const int freed = m_nodes[static_cast<size_t>(moved)].parent;
    double time = m_nodes[static_cast<size_t>(moved)].time + random.uniform() * branchLength(moved);

    // Take the lineage out of the tree: its sibling grows up to the grandparent, and the parent node is free.
    const Node& old = m_nodes[static_cast<size_t>(freed)];
    const int sibling = old.left == moved ? old.right : old.left;
    replaceChild(old.parent, freed, sibling);
    m_byTime.erase(std::find(m_byTime.begin(), m_byTime.end(), freed));

    // Walk up from the cut. Between inner nodes the number of other lineages is constant; each is met at
    // rate 1.
    size_t older = 0; // inner nodes at or below `time`
    while (older < m_byTime.size() && m_nodes[static_cast<size_t>(m_byTime[older])].time <= time)
        ++older;
    for (;; ++older) {
        const auto others = static_cast<double>(m_byTime.size() + 1 - older);
        const double met = time + random.exponential(others);
        if (older == m_byTime.size() || met < m_nodes[static_cast<size_t>(m_byTime[older])].time) {
            time = met;
            break;
        }
        time = m_nodes[static_cast<size_t>(m_byTime[older])].time;
    }
    int64_t skip = random.below(static_cast<int64_t>(m_byTime.size() + 1 - older));
    int partner = m_root;
    for (int node = 0; node < static_cast<int>(m_nodes.size()); ++node) {
        if (node == moved || node == freed)
            continue;
        const Node& self = m_nodes[static_cast<size_t>(node)];
        // The moved lineage's own subtree hangs below `moved`, which has no place in the tree now; its nodes
        // are in m_byTime, but all of them are younger than the cut.
        const bool crosses =
            self.time <= time && (self.parent < 0 || m_nodes[static_cast<size_t>(self.parent)].time > time);
        if (crosses && skip-- == 0) {
            partner = node;
            break;
        }
    }
    const int above = m_nodes[static_cast<size_t>(partner)].parent;
    m_nodes[static_cast<size_t>(freed)].parent = above;
    if (above < 0)
        m_root = freed;
    else
        replaceChild(above, partner, freed);
    join(freed, moved, partner, time);
    sortIn(freed);
    updateTotal();
}

int Genealogy::branchWithCarriers(int64_t fewest, int64_t most, Random& random) const {
    std::vector<int64_t> carriers(m_nodes.size(), 1);
    for (const int node : m_byTime) { // children are younger than their parents
        const Node& self = m_nodes[static_cast<size_t>(node)];
        carriers[static_cast<size_t>(node)] =
            carriers[static_cast<size_t>(self.left)] + carriers[static_cast<size_t>(self.right)];
    }
    std::vector<double> weights(m_nodes.size(), 0.0);
    int nearest = 0;
    int64_t nearestGap = std::numeric_limits<int64_t>::max();
    bool any = false;
    for (int node = 0; node < static_cast<int>(m_nodes.size()); ++node) {
        if (node == m_root)
            continue;
        const int64_t count = carriers[static_cast<size_t>(node)];
        const int64_t gap = std::max({fewest - count, count - most, int64_t{0}});
        if (gap == 0) {
            weights[static_cast<size_t>(node)] = branchLength(node);
            any = true;
        }
        if (gap < nearestGap) {
            nearestGap = gap;
            nearest = node;
        }
    }
    return any ? static_cast<int>(random.weighted(weights)) : nearest;
}

int64_t Genealogy::mark(int branch, int8_t allele, std::vector<int8_t>& alleles) const {
    int64_t marked = 0;
    std::vector<int> open{branch};
    while (!open.empty()) {
        const int node = open.back();
        open.pop_back();
        if (node < m_leaves) {
            alleles[static_cast<size_t>(node)] = allele;
            ++marked;
            continue;
        }
        open.push_back(m_nodes[static_cast<size_t>(node)].left);
        open.push_back(m_nodes[static_cast<size_t>(node)].right);
    }
    return marked;
}

} // namespace diploscope::simulate
