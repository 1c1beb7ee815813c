// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/torch/edge.h"

#include "base/parallel.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>

namespace diploscope {

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Result<c10::Device> torchDevice(Device device) {
    if (device == Device::Cpu)
        return c10::Device(c10::kCPU);
    if (!torch::cuda::is_available())
        return fail(ErrorKind::Unsupported,
                    at::hasCUDA() ? "No CUDA device answers on this machine."
                                  : "The installed LibTorch was built without CUDA, so no GPU can be used.",
                    "--device cuda", "Use --device cpu, or install a LibTorch with CUDA and its driver.");
    return c10::Device(c10::kCUDA, 0);
}

void useThreads(int threads) {
    // LibTorch starts with one thread where OpenMP says so, whatever the machine has.
    const int wanted = threads > 0 ? threads : availableThreads();
    if (at::get_num_threads() != wanted)
        at::set_num_threads(wanted);
}

} // namespace diploscope
