// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/edits.h"

#include <optional>
#include <string_view>
#include <vector>

namespace diploscope {

/// Whose sequence is changed: a haplotype (2 person + 0 or 1), or the reference.
using Background = std::optional<size_t>;

/// `reference`, `SAMPLE:1`, `SAMPLE:2`, or `all` for everybody's haplotypes. \error as haplotypeNamed
[[nodiscard]] Result<std::vector<Background>> backgroundsOf(const PreparedLocus& locus,
                                                            std::string_view text);
/// "reference", "HG00096:1"
[[nodiscard]] std::string toText(const PreparedLocus& locus, const Background& background);
/// The background's own edits, as withEdits() takes them.
[[nodiscard]] const EditList& editsOf(const PreparedLocus& locus, const Background& background);

/// A background before and after the same changes.
struct WhatIfRow {
    Background background;
    double before = 0, after = 0;
    std::optional<double> differenceSpread; ///< sd of after - before over the score's members
    int64_t replaced = 0;                   ///< own alleles that gave way to the changes
};
struct WhatIf {
    std::vector<WhatIfRow> rows; ///< as the backgrounds
    ExperimentScores counts;
};
/// \param changes checkedEdits() \error Unsupported where deletions draw on more bases than were read; of the
/// run. Source: METHODS 2, 12.
[[nodiscard]] Result<WhatIf> whatIf(PreparedLocus& locus, const EditList& changes,
                                    const std::vector<Background>& backgrounds, const RunContext& context);

} // namespace diploscope
