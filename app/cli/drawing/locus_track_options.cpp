// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/locus_track_options.h"

#include "base/paths.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace diploscope::cli {

void LocusTrackOptions::addTo(CLI::App& command, CLI::Option& figures) {
    command
        .add_option(
            "--locus-track", tracks,
            "With --figures: the locus also shows genotypes (all haplotypes as rows of alleles), ld "
            "(of all pairs of SNVs, the 300 commonest), or a file: BED, narrowPeak, bedGraph, bigWig, "
            "VCF, GTF, GFF3")
        ->check(CLI::IsMember({std::string(ui::GenotypesTrack), std::string(ui::LinkageTrack)}) |
                CLI::ExistingFile)
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
    for (const std::string& track : tracks) {
        if (track == ui::GenotypesTrack || track == ui::LinkageTrack)
            layout.places.push_back({track});
        else
            layout.files.push_back(resolvedPath({}, track));
    }
    const std::vector<std::string>& words = ui::rowOrderWords();
    layout.rows =
        static_cast<ui::RowOrder>(std::find(words.begin(), words.end(), haplotypeOrder) - words.begin());
    return layout;
}

} // namespace diploscope::cli
