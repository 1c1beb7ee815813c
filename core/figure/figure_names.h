// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What commands and files call figures and what they show. `ui` has an entry for each, and does not compile
/// where the two differ; here they are for those who name a figure and draw none.
namespace diploscope {

using FigureNames = std::span<const std::string_view>;

inline constexpr std::array<std::string_view, 11> geneFigureNames{
    "observed-predicted", "ism",           "ism-eqtl",    "locus",      "eqtl",  "carriers",
    "carriers-pair",      "models-people", "models-snvs", "additivity", "copies"};
inline constexpr std::array<std::string_view, 9> genomeFigureNames{
    "figure_1B",   "figure_2A", "figure_2C",    "figure_2E",  "figure_2F",
    "r-histogram", "linear-r",  "driver-count", "model-model"};
inline constexpr std::array<std::string_view, 2> personFigureNames{"haplotypes", "waterfall"};
inline constexpr std::array<std::string_view, 2> experimentFigureNames{"before-after", "saturation"};

/// Tracks of the locus that are shown where they are asked for.
inline constexpr std::array<std::string_view, 2> askedTrackNames{"genotypes", "ld"};
/// What rows of its genotypes are sorted by.
inline constexpr std::array<std::string_view, 4> rowOrderNames{"similarity", "prediction", "expression",
                                                               "snv"};

[[nodiscard]] inline std::vector<std::string> textsOf(FigureNames names) {
    return {names.begin(), names.end()};
}

/// Whether entries, which have a `name`, are these in this order.
template <class Entries>
[[nodiscard]] constexpr bool areNamed(const Entries& entries, FigureNames names) {
    return std::equal(entries.begin(), entries.end(), names.begin(), names.end(),
                      [](const auto& entry, std::string_view name) { return name == entry.name; });
}

} // namespace diploscope
