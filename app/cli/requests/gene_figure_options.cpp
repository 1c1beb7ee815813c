// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requests/gene_figure_options.h"

#include "figure/figure_names.h"

#include <CLI/CLI.hpp>

namespace diploscope::cli {
namespace {

/// What --locus-track takes besides files.
std::vector<std::string> trackWords() {
    std::vector<std::string> words = textsOf(askedTrackNames);
    words.emplace_back(GeneFigureOptions::ModelTracks);
    return words;
}

} // namespace

void addFigureNames(CLI::App& command, CLI::Option& figures, FigureNames known,
                    std::vector<std::string>& names) {
    command.add_option("--figure", names, "Draw this figure and no other; may be given several times")
        ->check(CLI::IsMember(textsOf(known)))
        ->needs(&figures)
        ->allow_extra_args(false)
        ->type_name("NAME");
}

void GeneFigureOptions::addTo(CLI::App& command, CLI::Option& figures) {
    command
        .add_option("--snv-colour", snvColour,
                    "What SNVs are coloured by in figures: maf, or carrier-fraction as in the paper")
        ->check(CLI::IsMember({"maf", "carrier-fraction"}))
        ->needs(&figures)
        ->capture_default_str();
    addFigureNames(command, figures, geneFigureNames, names);
    command
        .add_option("--locus-track", tracks,
                    "With --figures: the locus also shows genotypes (all haplotypes as rows of alleles), ld "
                    "(of all pairs of SNVs, the 300 commonest), models (effects by the other --model, and "
                    "whether signs agree), or a file: BED, narrowPeak, bedGraph, bigWig, VCF, GTF, GFF3")
        ->check(CLI::IsMember(trackWords()) | CLI::ExistingFile)
        ->needs(&figures);
    command
        .add_option("--haplotype-order", haplotypeOrder,
                    "What the rows of --locus-track genotypes are sorted by; snv: the gene's lead variant")
        ->check(CLI::IsMember(textsOf(rowOrderNames)))
        ->needs(&figures)
        ->capture_default_str();
    command
        .add_option("--ld-reference", ldReferences,
                    "With --figures: LD is with this SNV (an id, or 22:120:A:G) instead of the lead variant; "
                    "of several each has a hue")
        ->needs(&figures)
        ->allow_extra_args(false)
        ->type_name("SNV");
}

} // namespace diploscope::cli
