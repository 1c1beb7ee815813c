// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/blas_info.h"

#include "base/blas_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

namespace diploscope {

namespace {

/// OpenBLAS's functions without arguments say what it is.
std::string said(const char* function) {
    const auto say = reinterpret_cast<char* (*)()>(blasFunction(function));
    return say != nullptr ? say() : std::string();
}

std::string libraryOfGemm() {
    Dl_info info{};
    void* gemm = blasFunction("dgemm_");
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
    info.name = said("openblas_get_config");
    info.kernels = said("openblas_get_corename");
    if (!info.name.empty())
        return info;
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

} // namespace diploscope
