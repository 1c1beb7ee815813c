// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/torch/networks.h"

namespace diploscope {

Result<std::shared_ptr<const EnformerNetwork>> makeEnformerNetwork(const EnformerConfig&, const WeightSource&,
                                                                   const Eigen::MatrixXd&, const DeviceList&,
                                                                   Precision, int) {
    return fail(ErrorKind::Unsupported, "Enformers cannot be computed yet.");
}

} // namespace diploscope
