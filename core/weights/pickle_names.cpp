// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/pickle_names.h"

#include "weights/pickled_tensor.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace diploscope {

namespace {

/// What makes the system do something. It would not be called here either, but a file that asks for it is no
/// checkpoint, and its reader should hear of it.
bool isHarmful(std::string_view module, std::string_view name) {
    static constexpr std::string_view modules[] = {
        "os",      "posix",      "nt",      "sys",    "subprocess", "commands", "pty",    "shutil",
        "socket",  "runpy",      "code",    "ctypes", "importlib",  "imp",      "pickle", "_pickle",
        "cPickle", "webbrowser", "marshal", "timeit", "pdb",        "bdb"};
    static constexpr std::string_view values[] = {
        "set", "frozenset", "list",    "dict", "tuple",  "int",   "float",     "complex", "bool",
        "str", "bytes",     "unicode", "long", "object", "slice", "bytearray", "range",   "xrange"};
    const std::string_view package = module.substr(0, module.find('.'));
    if (package == "builtins" || package == "__builtin__")
        return std::find(std::begin(values), std::end(values), name) == std::end(values);
    return std::find(std::begin(modules), std::end(modules), package) != std::end(modules);
}

/// Tensors of kinds that cannot be read: to pass over one would be to lose weights unnoticed.
bool isStrangeTensor(std::string_view module, std::string_view name) {
    return module.starts_with("torch") && (name.starts_with("_rebuild") || name.ends_with("Storage"));
}

} // namespace

Result<OutsideName> outsideName(std::string_view module, std::string_view name) {
    std::string full = fmt::format("{}.{}", module, name);
    if ((module == "torch" || module == "torch.storage" || module == "torch.cuda") && isStorageType(name))
        return OutsideName{true, std::string(name)};
    const auto known = {kOrderedDict, kDefaultDict, kRebuildTensor, kRebuildParameter,
                        kRebuildParameterWithState};
    const bool isKnown = std::find(known.begin(), known.end(), full) != known.end();
    if (!isKnown && (isHarmful(module, name) || isStrangeTensor(module, name) ||
                     name.find("__") != std::string_view::npos))
        return fail(
            ErrorKind::Unsupported,
            fmt::format("The file asks for {}, which is neither a tensor nor a plain container; nothing of "
                        "it was run.",
                        full.substr(0, 200)),
            {}, "Save the weights alone: torch.save(model.state_dict(), \"weights.pt\"), or as safetensors.");
    return OutsideName{isKnown, std::move(full)};
}

} // namespace diploscope
