// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace diploscope {

/// Which p-values are set right for being many.
using PValues = std::span<const std::optional<double>>;

/// Benjamini-Hochberg q in the order of `p`: the smallest false discovery rate at which each would be found.
/// Missing p stay missing and do not count. As R's p.adjust. Source: METHODS 5.
[[nodiscard]] std::vector<std::optional<double>> benjaminiHochberg(PValues p);

/// min(1, p x the number of p that are there). As R's p.adjust.
[[nodiscard]] std::vector<std::optional<double>> bonferroni(PValues p);

} // namespace diploscope
