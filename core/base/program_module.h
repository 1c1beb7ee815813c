// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace diploscope {

/// A part of the program that is opened on first use, because of what it brings along.
struct ProgramModule {
    const char* file;          ///< "libdiploscope_torch.so"
    const char* name;          ///< of the part, in a sentence: "LibTorch module"
    const char* library;       ///< that it brings: "LibTorch"
    const char* whereMissing;  ///< what to do where it is not installed
    const char* whereUnusable; ///< what to do where the library is not there, or another
};

/// Opens it and never closes it: neither LibTorch nor Qt survives that. It is looked for in `../lib` beside
/// the program, beside the core library, and beside the program. \return what dlsym() takes
/// \error Unsupported when the module is missing or cannot be loaded (with the loader's own words)
[[nodiscard]] Result<void*> openProgramModule(const ProgramModule& module);

/// \param entry name of its one function \return that function, never null \error as above, or that it has
/// no such function
[[nodiscard]] Result<void*> openProgramModule(const ProgramModule& module, const char* entry);

/// Of a module that its own entry refuses.
[[nodiscard]] Failure moduleOfAnotherVersion(const ProgramModule& module);

/// What the module's one function gives for the versions that this program knows. \error as
/// openProgramModule(); of another version
template <class Interface, class... Versions>
[[nodiscard]] Result<const Interface*> openInterface(const ProgramModule& module, const char* entry,
                                                     Versions... versions) {
    using Open = const Interface* (*)(Versions...);
    DS_ASSIGN(void* const found, openProgramModule(module, entry));
    const Interface* const opened = reinterpret_cast<Open>(found)(versions...);
    return opened != nullptr ? Result<const Interface*>(opened) : moduleOfAnotherVersion(module);
}

} // namespace diploscope
