// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/edit_cluster.h"

#include <algorithm>
#include <cstring>

namespace diploscope {

namespace {
constexpr int64_t kJoinWithin = 8;
constexpr size_t kBlock = 64;
} // namespace

Digest EditCluster::digest() const {
    std::string key(sizeof begin, '\0');
    std::memcpy(key.data(), &begin, sizeof begin);
    return digestOf(key + bases);
}

std::vector<Span> changedSpans(std::string_view reference, std::string_view input) {
    std::vector<Span> spans;
    for (size_t block = 0; block < reference.size(); block += kBlock) {
        const size_t size = std::min(kBlock, reference.size() - block);
        if (std::memcmp(reference.data() + block, input.data() + block, size) == 0)
            continue;
        for (size_t i = block; i < block + size; ++i) {
            if (reference[i] == input[i])
                continue;
            const auto position = static_cast<int64_t>(i);
            if (!spans.empty() && position < spans.back().end + kJoinWithin)
                spans.back().end = position + 1;
            else
                spans.push_back({position, position + 1});
        }
    }
    return spans;
}

std::vector<EditCluster> editClusters(const SpatialStack& stack, std::string_view reference,
                                      std::string_view input) {
    std::vector<EditCluster> clusters;
    int64_t influenceEnd = 0;
    for (const Span& span : changedSpans(reference, input)) {
        const Span influence = stack.influence(span);
        if (influence.empty())
            continue; // for example bases behind the last whole window of a pool
        if (clusters.empty() || influence.begin >= influenceEnd)
            clusters.push_back({span.begin, {}, {}});
        clusters.back().changed.push_back(span);
        influenceEnd = std::max(influenceEnd, influence.end);
    }
    for (EditCluster& cluster : clusters)
        cluster.bases = input.substr(static_cast<size_t>(cluster.begin),
                                     static_cast<size_t>(cluster.changed.back().end - cluster.begin));
    return clusters;
}

} // namespace diploscope
