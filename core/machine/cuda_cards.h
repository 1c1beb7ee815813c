// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

struct CudaCard {
    int index = 0; ///< as in "cuda:0"
    std::string name;
    int64_t memoryBytes = 0;
    int64_t freeMemoryBytes = 0; ///< 0 where the driver does not say
};

/// What the NVIDIA driver knows, asked through its own library, whose C interface does not change: no CUDA is
/// needed to build this. Empty without driver or card.
struct CudaDriver {
    std::string version; ///< the CUDA version that it serves: "12.4"
    std::vector<CudaCard> cards;
};
[[nodiscard]] CudaDriver cudaDriver();

} // namespace diploscope
