// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// An option of `diploscope figure` that says one thing of the panel: what the command takes, and what a
/// figure tells that it was made by.
struct PanelOption {
    enum class Kind {
        Text,   ///< one word
        List,   ///< given once for each
        Files,  ///< the same, relative to where the command runs
        Flag,   ///< without a word
        Number, ///< whole
        Range,  ///< "0,1"
        Tracks  ///< "ism", "ism=1.5" (height), "ism=0" (hidden)
    };
    const char* flag; ///< "--snv"
    const char* key;  ///< in a figure's file
    Kind kind;
    const char* type; ///< in the help: "SNV"
    const char* help;
};
[[nodiscard]] std::span<const PanelOption> panelOptions();

/// What the words of an option stand for in a figure's file. \param words as given; of a flag none
/// \error BadInput: no number, no range
[[nodiscard]] Result<nlohmann::ordered_json> panelValue(const PanelOption& option,
                                                        const std::vector<std::string>& words);

/// The command that makes a figure again, for a shell: with all that was chosen where options can say it,
/// else from the file itself, which holds its specification. \param figure figureJson() without a folder
/// \param ending of the file: ".svg"
[[nodiscard]] std::string figureCommand(const nlohmann::json& figure, std::string_view ending);

/// The command that makes a report again, of the gene that the figures are of, else of the study. What no
/// option says stands behind it, as a comment of the shell. \param figure as above, of all of its figures
[[nodiscard]] std::string reportCommand(const nlohmann::json& figure);

} // namespace diploscope
