// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// A specification that is used with one study and gene after the other.
struct FigureTemplate {
    std::string name; ///< of its file, without the ending
    std::filesystem::path file;
};

/// `figures/NAME.figure.json` in the user's data folder and the program's own, by name, first found wins.
[[nodiscard]] std::vector<FigureTemplate> figureTemplates();

} // namespace diploscope
