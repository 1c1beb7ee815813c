// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/published_saturation.h"
#include "results/table_columns.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// The paper's Table S3, in its columns and their names, a row a driver: of drivers whose gene has no largest
/// attribution everything but gene and place is NA. \param undivided how many these are. Source: METHODS 13.
[[nodiscard]] TableWriter coherenceTable(const std::vector<DriverSaturation>& drivers,
                                         const std::unordered_map<std::string, double>& largest,
                                         int64_t& undivided, const Provenance& provenance);

/// Its columns, for the glossary.
[[nodiscard]] std::vector<ColumnText> coherenceTexts();

} // namespace diploscope
