// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/fast_locus.h"

#include "base/blas_library.h"
#include "base/parallel.h"

#include <algorithm>

namespace diploscope {

namespace {

/// Sequences that are taken apart, computed and put together at a time, at most. Large enough that clusters
/// of neighbouring variants share the first dense layer's weights while they are in the cache, small enough
/// to report and stop often.
constexpr size_t kBlock = 256;
/// A slow model's blocks are smaller: so many multiplications for single edits, a tenth of a second or some,
/// after which results are stored and shown, and a stop is heard.
constexpr int64_t kBlockOperations = int64_t{4} << 30;
constexpr size_t kLeastBlock = 4;
/// Parts of a block that threads compute, each its clusters together. A constant, not the number of threads:
/// what is computed together decides a score's last digits.
constexpr size_t kParts = 4;
/// What one thread may hold while it computes: 32 MiB.
constexpr int64_t kWorkingNumbers = int64_t{4} << 20;
/// Kept contributions are forgotten beyond this, between sequences: 64 MiB.
constexpr int64_t kKeptNumbers = int64_t{8} << 20;

/// Whether most of these clusters are of several edits: single ones come once, and nothing is gained by
/// remembering what they change.
bool isCrowded(std::span<const EditCluster> clusters) {
    const auto several = std::count_if(clusters.begin(), clusters.end(),
                                       [](const EditCluster& cluster) { return cluster.changed.size() > 1; });
    return 2 * several > static_cast<std::ptrdiff_t>(clusters.size());
}

} // namespace

FastLocus::FastLocus(std::shared_ptr<const PackedNetwork> network, ReferenceWindow window,
                     std::vector<int> tracks, int threads, MakePlain makePlain, int64_t keepBytes)
    : m_packed(std::move(network))
    , m_window(std::move(window))
    , m_tracks(std::move(tracks))
    , m_threads(threads > 0 ? threads : availableThreads())
    , m_makePlain(std::move(makePlain))
    , m_keepBytes(keepBytes)
    , m_block(kBlock) {
    const int64_t middle = m_window.length() / 2;
    const int64_t cost = std::max<int64_t>(1, m_packed->stack.operations({middle, middle + 1}));
    if (ColumnMemory::suits(m_packed->stack, m_packed->head.hiddenSize()))
        m_memory = std::make_unique<ColumnMemory>(m_packed->stack);
    m_block = std::clamp(static_cast<size_t>(kBlockOperations / cost), kLeastBlock, kBlock);
}

Result<Eigen::MatrixXd> FastLocus::gradient(const RunContext& context) {
    if (!m_makePlain)
        return LocusPredictor::gradient(context);
    DS_ASSIGN(const std::unique_ptr<LocusPredictor> plain, m_makePlain());
    return plain->gradient(context);
}

int64_t FastLocus::batchSize() const {
    return static_cast<int64_t>(m_block);
}

Result<Eigen::MatrixXd> FastLocus::predict(std::span<const EditList> sequences, const RunContext& context) {
    // The threads are ours: each computes clusters of its own.
    const BlasThreads oneEach(1);
    if (!m_locus) {
        LocusNetwork locus(m_packed, modelInput(m_window, {}), m_keepBytes);
        DS_TRY(locus.computeReference(m_threads, context));
        m_locus.emplace(std::move(locus));
    }
    Eigen::MatrixXd values(static_cast<int64_t>(sequences.size()), static_cast<int64_t>(m_tracks.size()));
    for (size_t begin = 0; begin < sequences.size(); begin += m_block) {
        const size_t count = std::min(m_block, sequences.size() - begin);
        DS_TRY(predictBlock(sequences.subspan(begin, count),
                            values.middleRows(static_cast<int64_t>(begin), static_cast<int64_t>(count)),
                            context));
    }
    return values;
}

Result<void> FastLocus::predictBlock(std::span<const EditList> sequences, Eigen::Ref<Eigen::MatrixXd> values,
                                     const RunContext& context) {
    DS_TRY(context.checkpoint());
    std::vector<std::vector<KeyedCluster>> clustersOf(sequences.size());
    parallelFor(static_cast<int64_t>(sequences.size()), m_threads, [&](int64_t i) {
        if (sequences[static_cast<size_t>(i)].empty())
            return;
        const std::string input = modelInput(m_window, sequences[static_cast<size_t>(i)]);
        for (EditCluster& cluster : editClusters(m_packed->stack, m_locus->reference(), input)) {
            const Digest digest = cluster.digest();
            clustersOf[static_cast<size_t>(i)].push_back({digest, std::move(cluster)});
        }
    });

    const int64_t size = m_packed->head.hiddenSize();
    Eigen::MatrixXd hidden(size, static_cast<int64_t>(sequences.size()));
    for (size_t first = 0; first < sequences.size();) {
        if (static_cast<int64_t>(m_kept.size()) * size > kKeptNumbers)
            m_kept.clear();
        // As many sequences as the room for new contributions allows, but at least one.
        std::vector<KeyedCluster> fresh;
        std::unordered_map<Digest, bool, DigestHash> seen;
        size_t last = first;
        while (last < sequences.size() &&
               (last == first || static_cast<int64_t>(m_kept.size() + fresh.size()) * size <= kKeptNumbers)) {
            for (KeyedCluster& keyed : clustersOf[last])
                if (!m_kept.contains(keyed.digest) && seen.emplace(keyed.digest, true).second)
                    fresh.push_back({keyed.digest, std::move(keyed.cluster)});
            ++last;
        }
        DS_TRY(compute(std::move(fresh), context));
        parallelFor(static_cast<int64_t>(last - first), m_threads, [&](int64_t i) {
            const size_t sequence = first + static_cast<size_t>(i);
            auto column = hidden.col(static_cast<int64_t>(sequence));
            column = m_locus->hidden();
            for (const KeyedCluster& keyed : clustersOf[sequence])
                column += m_kept.at(keyed.digest);
        });
        first = last;
    }
    const Eigen::MatrixXd outputs = m_packed->head.finish(std::move(hidden));
    values = outputs(m_tracks, Eigen::all).transpose();
    return {};
}

Result<void> FastLocus::compute(std::vector<KeyedCluster> clusters, const RunContext& context) {
    // Neighbours together: they share positions, and so the weights behind them.
    std::sort(clusters.begin(), clusters.end(), [](const KeyedCluster& a, const KeyedCluster& b) {
        return std::pair(a.cluster.begin, a.digest) < std::pair(b.cluster.begin, b.digest);
    });
    std::vector<EditCluster> plain;
    std::vector<Span> batches;
    int64_t numbers = 0;
    for (size_t i = 0; i < clusters.size(); ++i) {
        plain.push_back(std::move(clusters[i].cluster));
        const int64_t own = m_locus->workingNumbers(plain.back());
        const auto position = static_cast<int64_t>(i);
        if (batches.empty() || batches.back().length() == static_cast<int64_t>(m_block / kParts) ||
            numbers + own > kWorkingNumbers) {
            batches.push_back({position, position});
            numbers = 0;
        }
        batches.back().end = position + 1;
        numbers += own;
    }
    std::vector<Eigen::MatrixXd> results(batches.size());
    parallelFor(static_cast<int64_t>(batches.size()), m_threads, [&](int64_t b) {
        const Span& batch = batches[static_cast<size_t>(b)];
        if (context.cancelled())
            return;
        const auto own =
            std::span(plain).subspan(static_cast<size_t>(batch.begin), static_cast<size_t>(batch.length()));
        results[static_cast<size_t>(b)] =
            m_memory && isCrowded(own) ? m_locus->contributions(own, *m_memory) : m_locus->contributions(own);
    });
    DS_TRY(context.checkpoint());
    for (size_t b = 0; b < batches.size(); ++b)
        for (int64_t i = batches[b].begin; i < batches[b].end; ++i)
            m_kept[clusters[static_cast<size_t>(i)].digest] = results[b].col(i - batches[b].begin);
    return {};
}

} // namespace diploscope
