// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace diploscope {

enum class Sex : uint8_t { Unknown, Male, Female };

/// `male`, `m`, `1`; `female`, `f`, `2`; `0`, `NA`, `.`, `unknown` and nothing for what is not known, in any
/// case: as PLINK and the field write it. Nothing for other words.
[[nodiscard]] std::optional<Sex> sexOf(std::string_view word);

/// How many copies of a place people have.
struct CopiesBySex {
    int ofMen = 2;
    int ofWomen = 2;

    [[nodiscard]] int of(Sex sex) const { return sex == Sex::Male ? ofMen : ofWomen; }
    friend bool operator==(const CopiesBySex&, const CopiesBySex&) = default;
};

/// X outside its pseudoautosomal regions: one and two; Y outside them: one and none; elsewhere two. Nothing
/// where X or Y is of a build whose pseudoautosomal regions are not known. \param contig by any of its names
/// \param position 0-based \param build as knownBuild() has it
[[nodiscard]] std::optional<CopiesBySex> copiesAt(std::string_view contig, int64_t position,
                                                  std::string_view build);

/// How a copy counts where a person has only one, in eQTL, LD, SuSiE and PrediXcan. Predictions and what is
/// linear in them are of the copies that there are, either way.
enum class HaploidDosage {
    AsTwo, ///< 0 or 2: as where one X of two is silent
    AsOne, ///< 0 or 1
};

} // namespace diploscope
