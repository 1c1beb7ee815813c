// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "engines/sequential/dense_head.h"
#include "engines/sequential/edit_cluster.h"
#include "engines/sequential/patch.h"
#include "engines/sequential/spatial_stack.h"

#include <Eigen/Core>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// A sequential network packed for recomputing only what changes, in fp64. Immutable; shared by all loci of a
/// model.
struct PackedNetwork {
    SpatialStack stack;
    DenseHead head;

    /// \error what `weights` gives
    [[nodiscard]] static Result<PackedNetwork> build(const NetworkSpec& network, const WeightSource& weights);
};

class ColumnMemory;

/// A packed network on one reference input, whose activations it keeps (see storedBytes()). After
/// computeReference() it may be used from several threads.
class LocusNetwork {
public:
    /// An activation of the first convolution above this many bytes is not kept where an average pool
    /// follows: what an edit changes of it is computed anew from the bases, old and new. (The paper's CNN:
    /// 288 MB saved for 10 positions more an edit.)
    static constexpr int64_t kKeepBytes = 32 << 20;

    LocusNetwork(std::shared_ptr<const PackedNetwork> network, std::string reference,
                 int64_t keepBytes = kKeepBytes);

    /// \error Cancelled
    [[nodiscard]] Result<void> computeReference(int threads, const RunContext& context);

    [[nodiscard]] const std::string& reference() const { return m_reference; }
    [[nodiscard]] const PackedNetwork& network() const { return *m_network; }
    /// Of the reference. [hidden]
    [[nodiscard]] const Eigen::VectorXd& hidden() const { return m_hidden; }
    /// What each cluster alone changes of `hidden`. \return [hidden x clusters]
    [[nodiscard]] Eigen::MatrixXd contributions(std::span<const EditCluster> clusters) const;
    /// The same digits, where ColumnMemory::suits() the network.
    [[nodiscard]] Eigen::MatrixXd contributions(std::span<const EditCluster> clusters,
                                                ColumnMemory& memory) const;
    /// About how many numbers contributions() holds for this cluster while it works.
    [[nodiscard]] int64_t workingNumbers(const EditCluster& cluster) const;
    [[nodiscard]] int64_t storedBytes() const;

private:
    using Matrix = Eigen::MatrixXd;

    /// The columns of each activation that clusters change, without values. [steps]
    [[nodiscard]] std::vector<Patch> changedBy(std::span<const EditCluster> clusters) const;
    /// The base codes under one output of the first step.
    [[nodiscard]] const uint8_t* referenceCodes(int64_t output) const;
    Result<void> pool(size_t step, int threads, const RunContext& context);
    Result<void> poolBases(int threads, const RunContext& context);
    void evaluateBases(const SpatialOp& op, std::span<const EditCluster> clusters, Patch& out) const;
    void evaluateBasesAndPool(std::span<const EditCluster> clusters, const Patch& convolved,
                              Patch& out) const;
    void evaluate(size_t step, const Patch& in, Patch& out) const;
    void evaluateConv(const SpatialOp& op, const Matrix& before, const Patch& in, Patch& out) const;
    void evaluateMaxPool(const SpatialOp& op, const Matrix& before, const Patch& in, Patch& out) const;
    void evaluateAveragePool(const SpatialOp& op, const Matrix& before, const Matrix& after, const Patch& in,
                             Patch& out) const;
    void evaluatePointwise(const Matrix& before, const Patch& in, Patch& out) const;

    std::shared_ptr<const PackedNetwork> m_network;
    std::string m_reference;
    bool m_pooledFromBases = false;
    std::vector<uint8_t> m_codes;      ///< of the reference, with the first step's padding on both sides
    std::vector<Matrix> m_activations; ///< [channels x positions] after each step; empty where not kept
    Eigen::VectorXd m_hidden;
};

} // namespace diploscope
