// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

namespace diploscope {

/// GFLOP/s of products of two square matrices of 1,024 rows through the BLAS that the program is linked with;
/// 2 n³ operations each, the best of the runs that fit into a tenth of a second. Of one thread in its
/// processor time, which other programs do not lengthen; of all in time of the wall.
struct MatrixSpeed {
    double singleOne = 0; ///< sgemm, one thread
    double singleAll = 0; ///< sgemm, all threads
    double doubleOne = 0; ///< dgemm
    double doubleAll = 0;
    double share = 1; ///< of the processors' time, what as many busy threads as are allowed get; 0 to 1
};

/// Takes about a second; a reference BLAS, some. \error Cancelled
[[nodiscard]] Result<MatrixSpeed> measureMatrices(const RunContext& context);

} // namespace diploscope
