// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/facts.h"

#include "base/parallel.h"
#include "engines/torch/module/edge.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>

namespace diploscope {

namespace {

/// The oneDNN that LibTorch has loaded, asked at run time: where LibTorch brings its own inside, there may be
/// no header of its version.
std::string oneDnn() {
    struct Version { // dnnl_version_t, as far as it has stayed the same in 1.x to 3.x
        int major, minor, patch;
    };
    if (!at::hasMKLDNN())
        return {};
    const auto version = reinterpret_cast<const Version* (*)()>(dlsym(RTLD_DEFAULT, "dnnl_version"));
    if (version == nullptr)
        return "within LibTorch";
    std::string text = fmt::format("{}.{}.{}", version()->major, version()->minor, version()->patch);
    if (const auto isa = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "dnnl_get_effective_cpu_isa"))) {
        const int bits = isa();
        constexpr std::pair<int, const char*> Names[] = {// dnnl_cpu_isa_t: each holds the bits of those below
                                                         {0x3e7, "AMX"},
                                                         {0xe7, "AVX-512 with bf16"},
                                                         {0x67, "AVX-512 with VNNI"},
                                                         {0x27, "AVX-512"},
                                                         {0x7, "AVX2"},
                                                         {0x3, "AVX"},
                                                         {0x1, "SSE4.1"}};
        for (const auto& [mask, name] : Names)
            if ((bits & mask) == mask)
                return text + ", " + name;
    }
    return text;
}

} // namespace

void useStrictSingle() {
    at::globalContext().setAllowTF32CuBLAS(false);
    at::globalContext().setAllowTF32CuDNN(false);
    // Seen with cuDNN 9.19 on an H200: for convolutions over some tens of windows it chose ways that take up
    // to 126 GB of the card, a hundred times as long as a product of matrices, and among them one whose fp32
    // was wrong.
    at::globalContext().setUserEnabledCuDNN(false);
}

std::string torchVersions() {
    const std::string inside = oneDnn();
    return fmt::format("LibTorch {}, {}", TORCH_VERSION, inside.empty() ? "no oneDNN" : "oneDNN " + inside);
}

TorchFacts torchFacts() {
    TorchFacts facts;
    facts.version = TORCH_VERSION;
    facts.threads = availableThreads(); // as useThreads() sets them
    facts.oneDnn = oneDnn();
    const auto& hooks = at::detail::getCUDAHooks();
    if (at::globalContext().hasCUDA()) {
        const long cuda = hooks.versionCUDART();
        facts.cuda = fmt::format("{}.{}", cuda / 1000, cuda % 1000 / 10);
        if (hooks.hasCuDNN()) {
            const long cudnn = hooks.versionCuDNN(); // 8902 before version 9, 90100 since
            const long major = cudnn >= 90000 ? cudnn / 10000 : cudnn / 1000;
            const long rest = cudnn >= 90000 ? cudnn % 10000 : cudnn % 1000;
            facts.cudnn = fmt::format("{}.{}.{}", major, rest / 100, rest % 100);
        }
    }
    facts.strictSingle = !at::globalContext().allowTF32CuBLAS() && !at::globalContext().allowTF32CuDNN();
    const int cards = torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
    for (int i = 0; i < cards; ++i)
        facts.cards.push_back({Device::Kind::Cuda, i});
    return facts;
}

Result<double> productSpeed(Device device) {
    constexpr int64_t rows = 2048;
    using Clock = std::chrono::steady_clock;
    DS_ASSIGN(const c10::Device where, torchDevice(device));
    const torch::NoGradGuard noGradients;
    useThreads(0);
    const auto a = torch::full({rows, rows}, 0.5F, where);
    const auto b = torch::full({rows, rows}, 0.25F, where);
    double best = 0;
    const auto start = Clock::now();
    do {
        const auto begin = Clock::now();
        (void)torch::mm(a, b)[0][0].item<float>(); // waits for the card
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        best = std::max(best, 2e-9 * static_cast<double>(rows * rows * rows) / seconds);
    } while (std::chrono::duration<double>(Clock::now() - start).count() < 0.1);
    return best;
}

} // namespace diploscope
