// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/program_module.h"

#include "base/paths.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <string_view>
#include <system_error>

namespace diploscope {

namespace {

namespace fs = std::filesystem;

/// The folder of the library that this code is in.
fs::path coreLibraryFolder() {
    Dl_info info{};
    if (dladdr(reinterpret_cast<void*>(&moduleOfAnotherVersion), &info) == 0 || info.dli_fname == nullptr)
        return {};
    return fs::path(info.dli_fname).parent_path();
}

std::vector<fs::path> moduleFolders() {
    return {programFolder() / DIPLOSCOPE_BIN_TO_LIB, coreLibraryFolder(), programFolder()};
}

/// Empty: it is not there.
fs::path fileOf(const ProgramModule& module) {
    for (const fs::path& folder : moduleFolders()) {
        std::error_code ignored;
        if (!folder.empty() && fs::exists(folder / module.file, ignored))
            return folder / module.file;
    }
    return {};
}

Failure notLoaded(const ProgramModule& module, const fs::path& file, std::string_view why) {
    if (why.find("failed to map segment") != std::string_view::npos ||
        why.find("annot allocate memory") != std::string_view::npos)
        return fail(ErrorKind::Unsupported,
                    fmt::format("{} needs more memory than there is: {}.", module.library, why),
                    file.string(), "Close other programs, or raise the limit (ulimit -v) if one is set.");
    return fail(ErrorKind::Unsupported, fmt::format("{} cannot be loaded: {}.", module.library, why),
                file.string(), module.whereUnusable);
}

} // namespace

Result<void*> openProgramModule(const ProgramModule& module) {
    const fs::path file = fileOf(module);
    if (file.empty()) {
        const std::vector<fs::path> folders = moduleFolders();
        return fail(ErrorKind::Unsupported,
                    fmt::format("The program's {} {} is missing; it was looked for in {} and {}.",
                                module.name, module.file, folders[0].lexically_normal().string(),
                                folders[1].string()),
                    {}, module.whereMissing);
    }
    // Local: what a module brings has symbols of many libraries, which nobody else should find. At once: what
    // is missing is an error here, and not the program's end later.
    void* handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char* reason = dlerror();
        return notLoaded(module, file, reason != nullptr ? reason : "no reason given");
    }
    return handle;
}

Result<void*> openProgramModule(const ProgramModule& module, const char* entry) {
    DS_ASSIGN(void* const handle, openProgramModule(module));
    void* function = dlsym(handle, entry);
    return function != nullptr ? Result<void*>(function) : moduleOfAnotherVersion(module);
}

Failure moduleOfAnotherVersion(const ProgramModule& module) {
    return fail(ErrorKind::Unsupported,
                fmt::format("The {} is of another version of this program.", module.name),
                fileOf(module).string(), "Install program and module together.");
}

} // namespace diploscope
