// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figure/figure_design.h"

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

/// A figure's specification as a file, `*.figure.json`. Source: FORMATS 15.
namespace diploscope {

/// Of files that say a newer one the program knows too little.
inline constexpr int FigureSchema = 1;

/// By its name.
[[nodiscard]] bool isFigureFile(const std::filesystem::path& file);

/// Strict: every key is known, every value of its type and within its range, panels lie in the grid and not
/// on each other, labels can be parsed. Whether what is named is there is another question. \param folder
/// that paths are relative to, absolute \error BadInput with the key of what makes no sense, as
/// `panels[1].x_limits`; Unsupported: of a newer schema
[[nodiscard]] Result<FigureDesign> figureDesignOf(const nlohmann::json& content,
                                                  const std::filesystem::path& folder);
/// Canonical: the same design gives the same bytes, and what stands there by itself is left out.
/// \param folder as above; files are named relative to it where that is possible. Empty: absolute, and
/// `~/...` below the user's home, which says who they are as little as where the figure lies
[[nodiscard]] nlohmann::ordered_json figureJson(const FigureDesign& design,
                                                const std::filesystem::path& folder);

/// \error as figureDesignOf, with the file; NotFound, Io
[[nodiscard]] Result<FigureDesign> readFigureFile(const std::filesystem::path& file);
/// \error Io; BadInput: a name without the ending; Unsupported: names that are no UTF-8, which JSON cannot
/// hold
[[nodiscard]] Result<void> writeFigureFile(const FigureDesign& design, const std::filesystem::path& file);

} // namespace diploscope
