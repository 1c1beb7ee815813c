// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/sex_chromosomes.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// The pairs of a study's `sample_map`: the same person under two names.
struct SampleMap {
    struct Pair {
        std::string genotypeId;
        std::string expressionId;
        Sex sex = Sex::Unknown;
    };
    std::filesystem::path file;
    std::vector<Pair> pairs; ///< in file order; a header row, where there is one, is the first pair

    /// \param people genotype ids
    [[nodiscard]] std::vector<Sex> sexesOf(const std::vector<std::string>& people) const;
};

/// Two columns, genotype id and expression id, and in a third one, if there is one, the sex (sexOf(); of the
/// first line, which may be a header, any word); between tabs, commas or spaces; lines that start with `#`
/// are left out. \error NotFound; BadInput with the line: not these columns, an id that occurs twice in its
/// column, or a word that is no sex. Source: FORMATS 3.
[[nodiscard]] Result<SampleMap> readSampleMap(const std::filesystem::path& file);

} // namespace diploscope
