// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/torch/train.h"

namespace diploscope {

Result<TrainingResult> trainNetwork(const NetworkSpec&, const TrainingData&, const TrainingOptions&,
                                    const RunContext&) {
    return fail(ErrorKind::Unsupported, "This version cannot train models.");
}

} // namespace diploscope
