// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_statistics.h"
#include "cli/options/locus_options.h"
#include "experiment/ablation.h"
#include "experiment/saturation.h"
#include "experiment/what_if.h"
#include "workflow/experiment_locus.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::cli {

/// What the figures of experiments on one gene have in common.
struct DrawnExperiment {
    const OpenedLocus& opened;
    const ExperimentLocus& on;
    const std::filesystem::path& file; ///< whose ending chooses the format
    const RunContext& context;
};

struct DrawnAblation {
    std::string which; ///< "drivers", "unsupported", or anything else for those that are given
    bool keepOnly = false;
    std::vector<Variant> variants;
    const Ablation& found;
    const StatisticsOptions& statistics;
};

/// Of everybody.
struct DrawnWhatIf {
    const std::vector<Variant>& changes;
    const WhatIf& found;
    const std::optional<PairedR>& r;
};

struct DrawnSaturation {
    std::string on; ///< as written: "reference", "variant", "HG00096:1"
    Region region;
    std::optional<Variant> variant; ///< that the region is round
    bool isRoundTss = false;        ///< that the region is round it
    int64_t reach = 0;              ///< bp to both sides of either
    std::vector<std::string> backgrounds;
    std::vector<Saturation> rows; ///< of these, above each other
    bool centred = false;         ///< letters less the mean of the four
};

} // namespace diploscope::cli
