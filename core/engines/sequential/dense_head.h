// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/sequential/elementwise.h"
#include "engines/sequential/patch.h"
#include "model/network_spec.h"

#include <Eigen/Core>

#include <variant>
#include <vector>

namespace diploscope {

/// What a network does from the flattening on, in fp64. Its first linear layer is evaluated by the change of
/// its inputs: `hidden` is what that layer gives before anything else happens to it, and effects of
/// independent edits on it add up. Where no linear layer follows the flattening directly, `hidden` is the
/// flattened features themselves. Immutable; safe to share between threads.
class DenseHead {
public:
    /// \param firstLayer of the head (SpatialStack::headLayer). \param channels, positions of what is
    /// flattened. \error what `weights` gives
    [[nodiscard]] static Result<DenseHead> build(const NetworkSpec& network, size_t firstLayer,
                                                 int64_t channels, int64_t positions,
                                                 const WeightSource& weights);

    [[nodiscard]] int64_t hiddenSize() const { return m_hiddenSize; }
    [[nodiscard]] int64_t outputs() const { return m_outputs; }

    /// \param activation [channels x positions]
    [[nodiscard]] Eigen::VectorXd hiddenOf(const Eigen::MatrixXd& activation) const;
    /// What each cluster's changed positions change of `hidden`. Positions shared by clusters become one
    /// matrix product. \param patch of the last activation, new values. \param reference that activation.
    /// \return [hidden x clusters]
    [[nodiscard]] Eigen::MatrixXd contributions(const Patch& patch, const Eigen::MatrixXd& reference) const;
    /// The rest of the network. \param hidden [hidden x N]. \return [outputs x N]
    [[nodiscard]] Eigen::MatrixXd finish(Eigen::MatrixXd hidden) const;

private:
    struct Linear {
        Eigen::MatrixXd weights; ///< [out x in]
        Eigen::VectorXd bias;    ///< may be empty
    };
    struct Append {
        Eigen::VectorXd values;
    };
    using Step = std::variant<Linear, Append, Elementwise>;

    [[nodiscard]] int64_t featureOf(int64_t channel, int64_t position) const;

    int64_t m_channels = 0;
    int64_t m_positions = 0;
    int64_t m_hiddenSize = 0;
    int64_t m_outputs = 0;
    FlattenOrder m_order = FlattenOrder::Channel;
    Eigen::MatrixXd
        m_first; ///< [hidden x (positions * channels)], column position * channels + channel; empty: identity
    Eigen::VectorXd m_firstBias; ///< bias and appended constants; may be empty for the identity
    std::vector<Step> m_steps;
};

} // namespace diploscope
