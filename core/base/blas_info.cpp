// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/blas_info.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <mutex>
#include <system_error>

namespace diploscope {

namespace {

template <class Function>
Function symbol(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

std::string libraryOfGemm() {
    Dl_info info{};
    void* gemm = dlsym(RTLD_DEFAULT, "dgemm_");
    if (gemm == nullptr || dladdr(gemm, &info) == 0 || info.dli_fname == nullptr)
        return {};
    // The name that was linked is Debian's alternative; the file behind it says which library it is.
    std::error_code error;
    const auto file = std::filesystem::canonical(info.dli_fname, error);
    return error ? std::string(info.dli_fname) : file.string();
}

} // namespace

BlasInfo blasInfo() {
    BlasInfo info;
    info.library = libraryOfGemm();
    if (const auto config = symbol<char* (*)()>("openblas_get_config");
        config != nullptr && info.library.find("openblas") != std::string::npos) {
        info.name = config();
        if (const auto core = symbol<char* (*)()>("openblas_get_corename"))
            info.kernels = core();
        return info;
    }
    for (const char* known : {"mkl", "blis", "atlas"})
        if (info.library.find(known) != std::string::npos) {
            info.name = known;
            return info;
        }
    info.isSlow = info.library.find("/blas/") != std::string::npos ||
                  info.library.find("libblas.so") != std::string::npos;
    info.name = info.isSlow ? "reference BLAS" : std::filesystem::path(info.library).filename().string();
    return info;
}

std::string blasDescription() {
    const BlasInfo info = blasInfo();
    return fmt::format("{} ({})", info.name, info.library);
}

std::string blasWarning() {
    if (!blasInfo().isSlow)
        return {};
    return "The matrix library in use is the reference BLAS, about 25 times slower than OpenBLAS. "
           "Install libopenblas0-pthread (Debian), which replaces it.";
}

namespace {

struct ThreadLimit {
    std::mutex mutex;
    int guards = 0;
    int before = 0;
    int lowest = 0;
};

ThreadLimit& threadLimit() {
    static ThreadLimit limit;
    return limit;
}

void setBlasThreads(int threads) {
    if (const auto set = symbol<void (*)(int)>("openblas_set_num_threads"))
        set(threads);
}

} // namespace

int blasThreads() {
    const auto get = symbol<int (*)()>("openblas_get_num_threads");
    return get != nullptr ? get() : 1;
}

BlasThreads::BlasThreads(int threads) {
    ThreadLimit& limit = threadLimit();
    const std::lock_guard lock(limit.mutex);
    if (limit.guards++ == 0) {
        limit.before = blasThreads();
        limit.lowest = threads;
    } else if (threads >= limit.lowest) {
        return;
    }
    limit.lowest = threads;
    setBlasThreads(threads);
}

BlasThreads::~BlasThreads() {
    ThreadLimit& limit = threadLimit();
    const std::lock_guard lock(limit.mutex);
    if (--limit.guards == 0)
        setBlasThreads(limit.before);
}

} // namespace diploscope
