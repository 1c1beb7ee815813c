// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/torch_backend.h"

#include "base/memory_limit.h"
#include "base/program_module.h"

namespace diploscope {

namespace {

constexpr ProgramModule torchModule{
    .file = "libdiploscope_torch.so",
    .name = "LibTorch module",
    .library = "LibTorch",
    .whereMissing = "Install the program completely. Sequential models run without it, except with --plain.",
    .whereUnusable =
        "Install LibTorch (Debian: libtorch1.13) in the version that this program was built with."};

Result<const TorchBackend*> load() {
    DS_ASSIGN(const TorchBackend* const backend,
              openInterface<TorchBackend>(torchModule, "diploscopeTorchBackend", kTorchInterfaceVersion));
    DS_TRY(checkMemoryBehind(torchModule.library));
    return backend;
}

} // namespace

Result<const TorchBackend*> torchBackend() {
    static const Result<const TorchBackend*> backend = load();
    return backend;
}

} // namespace diploscope
