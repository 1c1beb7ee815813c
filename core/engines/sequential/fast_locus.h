// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/digest_hash.h"
#include "engines/sequential/column_memory.h"
#include "engines/sequential/locus_network.h"
#include "model/predictor.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace diploscope {

/// Exact fp64 predictions of a sequential model that recompute only what edits touch. A sequence is compared
/// byte for byte with the reference, so one path serves SNVs, indels, haplotypes and both strands. Every
/// distinct cluster of edits is computed once and kept: a second haplotype with the same variants costs a
/// sum.
class FastLocus final : public LocusPredictor {
public:
    /// Makes the plain predictor of the same window and output, for gradient().
    using MakePlain = std::function<Result<std::unique_ptr<LocusPredictor>>()>;
    /// \param tracks outputs asked for. \param keepBytes see LocusNetwork::kKeepBytes.
    FastLocus(std::shared_ptr<const PackedNetwork> network, ReferenceWindow window, std::vector<int> tracks,
              int threads, MakePlain makePlain = {}, int64_t keepBytes = LocusNetwork::kKeepBytes);

    [[nodiscard]] Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                                  const RunContext& context) override;
    [[nodiscard]] int64_t batchSize() const override;
    /// One backward pass in LibTorch, in double.
    [[nodiscard]] Result<Eigen::MatrixXd> gradient(const RunContext& context) override;

private:
    struct KeyedCluster {
        Digest digest{};
        EditCluster cluster;
    };

    Result<void> predictBlock(std::span<const EditList> sequences, Eigen::Ref<Eigen::MatrixXd> values,
                              const RunContext& context);
    /// Computes clusters that are not yet kept. \error Cancelled
    Result<void> compute(std::vector<KeyedCluster> clusters, const RunContext& context);

    std::shared_ptr<const PackedNetwork> m_packed;
    ReferenceWindow m_window;
    std::vector<int> m_tracks;
    int m_threads;
    MakePlain m_makePlain;
    int64_t m_keepBytes;
    size_t m_block;                         ///< sequences at a time
    std::optional<LocusNetwork> m_locus;    ///< made on first use
    std::unique_ptr<ColumnMemory> m_memory; ///< null: the network has no use for it
    std::unordered_map<Digest, Eigen::VectorXd, DigestHash>
        m_kept; ///< what each cluster changes of the first dense layer
};

} // namespace diploscope
