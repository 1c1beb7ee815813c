// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/free_memory.h"

#ifdef DIPLOSCOPE_CUDA_HEADERS
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>
#endif

#include <fstream>
#include <limits>
#include <string>

namespace diploscope {

namespace {
constexpr double kGuess = 0x1p32; // 4 GiB; batches are halved where that is too much
}

double freeMemory([[maybe_unused]] c10::Device device) {
    if (device.is_cpu()) {
        std::ifstream info("/proc/meminfo");
        std::string key;
        double kibibytes = 0;
        while (info >> key >> kibibytes) {
            if (key == "MemAvailable:")
                return kibibytes * 1024;
            info.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
        }
        return kGuess;
    }
#ifdef DIPLOSCOPE_CUDA_HEADERS
    const c10::cuda::CUDAGuard guard(device);
    size_t free = 0;
    size_t total = 0;
    if (cudaMemGetInfo(&free, &total) == cudaSuccess)
        return static_cast<double>(free);
#endif
    return kGuess;
}

} // namespace diploscope
