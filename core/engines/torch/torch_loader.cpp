// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/torch_backend.h"

#include "base/paths.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <string_view>
#include <system_error>

namespace diploscope {

namespace {

namespace fs = std::filesystem;

constexpr const char* kModuleFile = "libdiploscope_torch.so";
using OpenBackend = const TorchBackend* (*)(int);

/// The folder of the library that this code is in.
fs::path coreLibraryFolder() {
    Dl_info info{};
    if (dladdr(reinterpret_cast<void*>(&torchBackend), &info) == 0 || info.dli_fname == nullptr)
        return {};
    return fs::path(info.dli_fname).parent_path();
}

Result<const TorchBackend*> load() {
    const std::vector<fs::path> folders{programFolder() / ".." / "lib", coreLibraryFolder(), programFolder()};
    fs::path file;
    for (const fs::path& folder : folders) {
        std::error_code ignored;
        if (!folder.empty() && fs::exists(folder / kModuleFile, ignored)) {
            file = folder / kModuleFile;
            break;
        }
    }
    if (file.empty())
        return fail(
            ErrorKind::Unsupported,
            fmt::format("The program's LibTorch module {} is missing; it was looked for in {} and {}.",
                        kModuleFile, folders[0].lexically_normal().string(), folders[1].string()),
            {}, "Install the program completely. Sequential models run without it, except with --plain.");
    // Local: LibTorch brings symbols of many libraries, which nobody else should find. The handle is never
    // closed, because LibTorch's threads and registries do not survive it.
    void* handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char* reason = dlerror();
        const std::string_view why = reason != nullptr ? reason : "";
        if (why.find("failed to map segment") != std::string_view::npos ||
            why.find("annot allocate memory") != std::string_view::npos)
            return fail(ErrorKind::Unsupported,
                        fmt::format("LibTorch needs more memory than there is: {}.", why), file.string(),
                        "Close other programs, or raise the limit (ulimit -v) if one is set.");
        return fail(
            ErrorKind::Unsupported,
            fmt::format("LibTorch cannot be loaded: {}.", reason != nullptr ? reason : "no reason given"),
            file.string(),
            "Install LibTorch (Debian: libtorch1.13) in the version that this program was built with.");
    }
    const auto open = reinterpret_cast<OpenBackend>(dlsym(handle, "diploscopeTorchBackend"));
    const TorchBackend* backend = open != nullptr ? open(kTorchInterfaceVersion) : nullptr;
    if (backend == nullptr)
        return fail(ErrorKind::Unsupported, "The LibTorch module is of another version of this program.",
                    file.string(), "Install program and module together.");
    return backend;
}

} // namespace

Result<const TorchBackend*> torchBackend() {
    static const Result<const TorchBackend*> backend = load();
    return backend;
}

} // namespace diploscope
