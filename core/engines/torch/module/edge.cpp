// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/edge.h"

#include "base/parallel.h"
#include "engines/transformer/halving.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/cuda.h>

namespace diploscope {

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Error torchError(const std::string& doing, const std::string& thrown) {
    if (!saysOutOfMemory(thrown))
        return {ErrorKind::Internal, doing + " failed in LibTorch: " + firstLine(thrown), {}, {}};
    // What LibTorch says beside the size is advice to programmers.
    const std::string_view asked = memoryAskedFor(thrown);
    return {ErrorKind::Unsupported,
            asked.empty() ? doing + " needs more memory than is free."
                          : fmt::format("{} needs more memory than is free: {} more.", doing, asked),
            {},
            "Close other programs that use the device, or choose another one."};
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
    const int wanted = threads > 0 && !isOneThread() ? threads : availableThreads();
    if (at::get_num_threads() != wanted)
        at::set_num_threads(wanted);
}

} // namespace diploscope
