// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figure/figure_design.h"

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace diploscope {

/// A panel as a figure's file has it. \param folder, \return as figureJson()
[[nodiscard]] nlohmann::ordered_json panelJson(const PanelDesign& panel, const std::filesystem::path& folder);
/// \param path of the object in its file, for errors: "panels[0]" \error as figureDesignOf()
[[nodiscard]] Result<PanelDesign> panelDesignOf(const nlohmann::json& content, const std::string& path,
                                                const std::filesystem::path& folder);

/// A file as a design in `folder` names it; without a folder absolute, below the user's home as `~/...`.
[[nodiscard]] std::string designPathText(const std::filesystem::path& path,
                                         const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path designPathOf(const std::string& text,
                                                 const std::filesystem::path& folder);
/// A model as a design names it: a folder, which has a slash, or a name.
[[nodiscard]] std::string designModelText(const std::string& model, const std::filesystem::path& folder);
[[nodiscard]] std::string designModelOf(const std::string& text, const std::filesystem::path& folder);

/// A whole number without a point.
[[nodiscard]] nlohmann::ordered_json designNumber(double value);

} // namespace diploscope
