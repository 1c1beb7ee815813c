// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figure/figure_names.h"

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace diploscope::cli {

/// `--figure NAME`, beside `--figures`: only these are drawn. A name that is not known is an error that lists
/// those that are.
void addFigureNames(CLI::App& command, CLI::Option& figures, FigureNames known,
                    std::vector<std::string>& names);

/// What a gene's figures show besides what they have anyway. Built only with the option DIPLOSCOPE_UI.
struct GeneFigureOptions {
    static constexpr const char* ModelTracks = "models"; ///< among tracks: effects by the other models

    std::vector<std::string> names; ///< of the figures wanted; none: all that there is something for
    std::string snvColour = "maf";
    std::vector<std::string> tracks;
    std::string haplotypeOrder = "similarity";
    std::vector<std::string> ldReferences; ///< SNVs, as written

    /// `--snv-colour`, `--figure`, `--locus-track`, `--haplotype-order`, `--ld-reference`, beside
    /// `--figures`. The options must outlive the command.
    void addTo(CLI::App& command, CLI::Option& figures);
};

} // namespace diploscope::cli
