// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/blas_info.h"
#include "cache/score_cache.h"
#include "engines/torch/torch_backend.h"
#include "machine/cuda_cards.h"
#include "machine/matrix_speed.h"
#include "machine/processor.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

struct LibraryVersion {
    std::string name;
    std::string version;
};

struct KnownModel {
    std::string name;
    std::string kind; ///< empty where model.json cannot be read
    std::filesystem::path folder;
    bool ready = false; ///< the weights are there
};

/// All that decides how fast this program is here, and where it keeps things. A value.
struct MachineInfo {
    Processor processor;
    CudaDriver cuda;
    std::optional<TorchFacts> torch;
    std::string torchProblem;          ///< why there is no LibTorch, where there is none
    std::optional<double> torchGflops; ///< measured product of fp32 matrices in LibTorch, processor
    std::vector<std::optional<double>> cardGflops; ///< [torch->cards], likewise; nothing where it failed
    BlasInfo blas;
    MatrixSpeed matrices;
    std::vector<LibraryVersion> libraries; ///< that the program runs with, besides LibTorch
    std::filesystem::path cacheFile;
    std::optional<ScoreCache::Info> cache; ///< nothing while there is none
    std::filesystem::path userData;
    std::filesystem::path logFile;                  ///< what went wrong, run by run
    std::vector<std::filesystem::path> crashNotes;  ///< beside it, the newest first
    std::vector<std::filesystem::path> programData; ///< those that exist
    std::vector<KnownModel> models;
};

/// Of libraries that the program always runs with, as those loaded say it where they can be asked.
[[nodiscard]] std::vector<LibraryVersion> libraryVersions();

/// Loads LibTorch and measures: a few seconds. \error Cancelled
[[nodiscard]] Result<MachineInfo> lookAtMachine(const std::filesystem::path& cacheFile,
                                                const RunContext& context);

} // namespace diploscope
