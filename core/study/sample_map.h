// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// The pairs of a study's `sample_map`: the same person under two names.
struct SampleMap {
    struct Pair {
        std::string genotypeId;
        std::string expressionId;
    };
    std::filesystem::path file;
    std::vector<Pair> pairs; ///< in file order; a header row, where there is one, is the first pair
};

/// Two columns, genotype id and expression id, between tabs, commas or spaces; lines that start with `#` are
/// left out. \error NotFound; BadInput with the line: not two columns, or an id that occurs twice in its
/// column. Source: FORMATS 3.
[[nodiscard]] Result<SampleMap> readSampleMap(const std::filesystem::path& file);

} // namespace diploscope
