// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// The name among `available` that means the same contig as `name`: itself, else with or without `chr`,
/// `M`/`MT`/`chrM` for the mitochondrion. Nothing when there is none. Source: FORMATS, reference row.
[[nodiscard]] std::optional<std::string> matchingContig(std::string_view name,
                                                        const std::vector<std::string>& available);

/// A name to compare contigs of different files by: without `chr`, `M` as `MT`.
[[nodiscard]] std::string canonicalContig(std::string_view name);

} // namespace diploscope
