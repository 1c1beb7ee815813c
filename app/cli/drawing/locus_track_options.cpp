// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/locus_track_options.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace diploscope::cli {

void LocusTrackOptions::addTo(CLI::App& command, CLI::Option& figures) {
    command
        .add_option(
            "--locus-track", tracks,
            "With --figures: the locus also shows genotypes (all haplotypes as rows of alleles) or ld "
            "(of all pairs of SNVs, the 300 commonest)")
        ->check(CLI::IsMember({std::string(ui::GenotypesTrack), std::string(ui::LinkageTrack)}))
        ->needs(&figures);
    command
        .add_option("--haplotype-order", haplotypeOrder,
                    "What the rows of --locus-track genotypes are sorted by; snv: the gene's lead variant")
        ->check(CLI::IsMember(ui::rowOrderWords()))
        ->needs(&figures)
        ->capture_default_str();
}

ui::LocusLayout LocusTrackOptions::layout() const {
    ui::LocusLayout layout;
    for (const std::string& track : tracks)
        layout.places.push_back({track});
    const std::vector<std::string>& words = ui::rowOrderWords();
    layout.rows =
        static_cast<ui::RowOrder>(std::find(words.begin(), words.end(), haplotypeOrder) - words.begin());
    return layout;
}

} // namespace diploscope::cli
