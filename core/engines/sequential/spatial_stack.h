// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/sequential/column_sums.h"
#include "engines/sequential/elementwise.h"
#include "model/network_spec.h"
#include "model/span.h"

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace diploscope {

/// One step between the bases and the flattening, packed for recomputing single output positions in fp64.
/// Activations are [channels x positions], column-major, so that a position's channels lie together.
struct SpatialOp {
    enum class Kind {
        OneHot, ///< the bases as four channels; only where a network does not begin with a convolution
        Bases,  ///< a convolution over one-hot bases
        Conv,   ///< a convolution over channels
        MaxPool,
        AveragePool, ///< linear: an edit's change of the sums is enough
        Pointwise    ///< elementwise steps that nothing before could take in
    };
    Kind kind = Kind::OneHot;
    LayerShape in;
    LayerShape out;
    int64_t width = 1; ///< taps, or the pool's size
    int64_t padLeft = 0;
    int64_t stride = 1;
    int64_t dilation = 1;
    std::shared_ptr<const BaseConvolution> bases; ///< Bases
    Eigen::MatrixXd weights;                      ///< Conv: [out x (width * in)], column tap * in + channel
    Eigen::VectorXd bias;                         ///< Conv; may be empty
    std::vector<Elementwise> post;                ///< applied to the outputs; AveragePool has none

    /// The output positions that inputs in `changed` can reach (as one span; exact up to dilation and
    /// stride).
    [[nodiscard]] Span influence(Span changed) const;
    /// First input position of output position `output`; negative in the padding.
    [[nodiscard]] int64_t firstInput(int64_t output) const { return output * stride - padLeft; }
};

/// The steps of `network` up to where it becomes flat (global pools included), weights packed.
struct SpatialStack {
    std::vector<SpatialOp> ops; ///< never empty; the first is OneHot or Bases
    size_t headLayer = 0;       ///< the first layer of the network that is not part of these

    /// \error what `weights` gives
    [[nodiscard]] static Result<SpatialStack> build(const NetworkSpec& network, const WeightSource& weights);

    /// Steps up to the last that is not linear in its input: two edits whose influence stays apart up to
    /// there act on all that follows independently, so their effects on the first dense layer add up.
    [[nodiscard]] size_t nonlinearDepth() const;
    /// The positions after `nonlinearDepth()` steps that bases in `changed` can reach.
    [[nodiscard]] Span influence(Span changed) const;
    /// Multiplications that it takes to recompute all that bases in `changed` can reach.
    [[nodiscard]] int64_t operations(Span changed) const;
};

} // namespace diploscope
