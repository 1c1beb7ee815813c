// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/locus_layout.h"

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace diploscope::cli {

/// What a locus shows beside the tracks that it has anyway. Built only with the option DIPLOSCOPE_UI.
struct LocusTrackOptions {
    std::vector<std::string> tracks;
    std::string haplotypeOrder = "similarity";

    /// `--locus-track`, `--haplotype-order`, beside `--figures`. The options must outlive the command.
    void addTo(CLI::App& command, CLI::Option& figures);
    [[nodiscard]] ui::LocusLayout layout() const;
};

} // namespace diploscope::cli
