// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/cuda_cards.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>

namespace diploscope {

namespace {

/// The driver's functions return 0 for success; contexts are opaque pointers.
template <class... Arguments>
using Call = int (*)(Arguments...);

/// Free bytes of a card, which only its context tells.
int64_t freeMemory(void* library, int device) {
    const auto find = [library](const char* name) { return dlsym(library, name); };
    const auto retain = reinterpret_cast<Call<void**, int>>(find("cuDevicePrimaryCtxRetain"));
    const auto release = reinterpret_cast<Call<int>>(find("cuDevicePrimaryCtxRelease_v2"));
    const auto push = reinterpret_cast<Call<void*>>(find("cuCtxPushCurrent_v2"));
    const auto pop = reinterpret_cast<Call<void**>>(find("cuCtxPopCurrent_v2"));
    const auto memory = reinterpret_cast<Call<size_t*, size_t*>>(find("cuMemGetInfo_v2"));
    void* context = nullptr;
    if (!retain || !release || !push || !pop || !memory || retain(&context, device) != 0)
        return 0;
    size_t free = 0;
    size_t total = 0;
    if (push(context) == 0) {
        if (memory(&free, &total) != 0)
            free = 0;
        pop(&context);
    }
    release(device);
    return static_cast<int64_t>(free);
}

} // namespace

CudaDriver cudaDriver() {
    CudaDriver driver;
    void* const library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL); // stays loaded: LibTorch uses it too
    if (library == nullptr)
        return driver;
    const auto find = [library](const char* name) { return dlsym(library, name); };
    const auto init = reinterpret_cast<Call<unsigned>>(find("cuInit"));
    const auto version = reinterpret_cast<Call<int*>>(find("cuDriverGetVersion"));
    const auto countOf = reinterpret_cast<Call<int*>>(find("cuDeviceGetCount"));
    const auto deviceAt = reinterpret_cast<Call<int*, int>>(find("cuDeviceGet"));
    const auto nameOf = reinterpret_cast<Call<char*, int, int>>(find("cuDeviceGetName"));
    const auto memoryOf = reinterpret_cast<Call<size_t*, int>>(find("cuDeviceTotalMem_v2"));
    int count = 0;
    if (!init || !version || !countOf || !deviceAt || !nameOf || !memoryOf || init(0) != 0 ||
        countOf(&count) != 0)
        return driver;
    if (int number = 0; version(&number) == 0)
        driver.version = fmt::format("{}.{}", number / 1000, number % 1000 / 10);
    for (int i = 0; i < count; ++i) {
        int device = 0;
        std::array<char, 128> name{};
        size_t bytes = 0;
        if (deviceAt(&device, i) != 0 || nameOf(name.data(), int{name.size()}, device) != 0 ||
            memoryOf(&bytes, device) != 0)
            continue;
        driver.cards.push_back({i, name.data(), static_cast<int64_t>(bytes), freeMemory(library, device)});
    }
    return driver;
}

} // namespace diploscope
