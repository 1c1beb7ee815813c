// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/edge.h"

#include "base/parallel.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/cuda.h>

namespace diploscope {

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Result<c10::Device> torchDevice(Device device) {
    if (device.kind == Device::Kind::Cpu)
        return c10::Device(c10::kCPU);
    if (!torch::cuda::is_available())
        return fail(ErrorKind::Unsupported,
                    at::hasCUDA() ? "No CUDA device answers on this machine."
                                  : "The installed LibTorch was built without CUDA, so no GPU can be used.",
                    "--device cuda", "Use --device cpu, or install a LibTorch with CUDA and its driver.");
    const auto count = static_cast<int>(torch::cuda::device_count());
    if (device.index >= count)
        return fail(ErrorKind::Unsupported,
                    fmt::format("There is no device {}: this machine has {}.", device.text(), count),
                    "--device", "Number the cards from 0.");
    return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(device.index));
}

void useThreads(int threads) {
    // LibTorch starts with one thread where OpenMP says so, whatever the machine has.
    const int wanted = threads > 0 ? threads : availableThreads();
    if (at::get_num_threads() != wanted)
        at::set_num_threads(wanted);
}

} // namespace diploscope
