// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/open_model.h"

#include "engines/torch/torch_backend.h"
#include "model/model_kind.h"
#include "model/model_trust.h"

#include <fmt/format.h>

namespace diploscope {

Result<std::shared_ptr<const Predictor>>
openModel(const std::string& folderOrName, const PredictorOptions& options, int64_t randomWeightsSeed) {
    DS_ASSIGN(const std::filesystem::path folder, findModelFolder(folderOrName));
    DS_ASSIGN(const ModelManifest manifest, readModelManifest(folder, options.inputLength));
    if (randomWeightsSeed >= 0 && !manifest.kind->hasRandomWeights())
        return fail(ErrorKind::Unsupported,
                    fmt::format("Random weights cannot be made for {}.", manifest.kind->words().one),
                    manifest.folder.string());
    for (const Device& device : options.devices)
        if (device.kind != Device::Kind::Cpu) {
            DS_ASSIGN(const TorchBackend* torch, torchBackend());
            DS_TRY(torch->checkDevice(device));
        }
    if (!manifest.members.empty()) // which would refuse one after the other
        DS_TRY(requireTrust(manifest, untrustedPrograms(manifest)));
    return manifest.kind->open(manifest, options, randomWeightsSeed);
}

} // namespace diploscope
