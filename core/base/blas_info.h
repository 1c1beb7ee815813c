// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace diploscope {

/// The matrix library behind `libblas.so.3`, which Debian lets the machine choose. The reference BLAS is some
/// 25 times slower than OpenBLAS and says nothing about it, so it has to be asked.
struct BlasInfo {
    std::string name;    ///< "OpenBLAS 0.3.21 ... SkylakeX", "reference BLAS", or the file's name
    std::string library; ///< the file that `dgemm_` comes from
    std::string
        kernels; ///< the processor that OpenBLAS takes this one for, "SkylakeX"; empty for other libraries
    bool isSlow = false; ///< the reference implementation
};

[[nodiscard]] BlasInfo blasInfo();

/// One line for reports: "OpenBLAS 0.3.21 (/usr/lib/...)".
[[nodiscard]] std::string blasDescription();

/// A sentence for people where the BLAS is slow, with the remedy; empty where it is not.
[[nodiscard]] std::string blasWarning();

} // namespace diploscope
