// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <Eigen/Core>

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// What the paper's authors found by changing every base within 20 bp of one driver.
struct DriverSaturation {
    std::string gene;     ///< as the file has it
    int64_t position = 0; ///< 0-based, of the driver
    struct Background {
        std::string bases; ///< [41] that stand there
        Eigen::MatrixXd
            effects; ///< [41 x 4] of A, C, G, T against the base that stands there, whose own is 0
    };
    Background reference, variant;
};

/// A table `gene_id position background sequence offset A C G T`, a row a position of one background
/// (`reference`, `variant`); `position` is the driver's and 1-based, `offset` goes from -20 to 20.
/// \return the drivers in the order in which they appear \error NotFound; BadInput with line and column: a
/// missing column, a text where a number belongs, a background or offset that there is not, a position twice
/// or missing; Cancelled. Source: FORMATS 8.
[[nodiscard]] Result<std::vector<DriverSaturation>> readDriverSaturation(const std::filesystem::path& file,
                                                                         const RunContext& context = {});

/// The largest |attribution| within 1,000 bp of each gene's TSS, by gene id without version: the second
/// number of a line `gene number number number` of tss_attribution_stats.txt, which has no header.
/// \error NotFound; BadInput with line: too few fields, no positive number, a gene twice. Source: FORMATS 8.
[[nodiscard]] Result<std::unordered_map<std::string, double>>
readLargestAttributions(const std::filesystem::path& file);

} // namespace diploscope
