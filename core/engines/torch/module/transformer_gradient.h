// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "engines/torch/module/transformer_module.h"
#include "model/predictor.h"
#include "sequence/reference_window.h"

#include <Eigen/Core>

namespace diploscope {

/// d score / d one-hot at the window's reference, as LocusPredictor::gradient. Keeps only what goes into each
/// stage and computes the stages again on the way back, the convolutional ones in chunks of positions: at
/// full size in fp32 a few GiB instead of some 40. The module must be in eval mode. Throws what LibTorch
/// throws. \error Cancelled between stages and chunks.
[[nodiscard]] Result<Eigen::MatrixXd> transformerGradient(const TransformerModule& module,
                                                          const ReferenceWindow& window,
                                                          const OutputChoice& output,
                                                          const RunContext& context);

} // namespace diploscope
