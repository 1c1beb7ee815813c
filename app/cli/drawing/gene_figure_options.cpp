// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/gene_figure_options.h"

#include "analysis/report_table.h"
#include "base/paths.h"
#include "cli/drawing/figures.h"
#include "cli/options/console.h"
#include "figures/figure_registry.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/track_kinds.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace diploscope::cli {
namespace {

constexpr const char* ModelTracks = "models";

/// What --locus-track takes besides files.
std::vector<std::string> trackWords() {
    std::vector<std::string> words = ui::askedTrackKeys();
    words.emplace_back(ModelTracks);
    return words;
}

/// What the command's other models say of the report's gene.
using ReportsOfModels = std::vector<std::vector<std::shared_ptr<const GeneReport>>>;

std::vector<ui::ShownModel> othersOf(const GeneReport& report, const ReportsOfModels& reports, size_t model) {
    std::vector<ui::ShownModel> others;
    for (size_t m = 0; m < reports.size(); ++m)
        for (const std::shared_ptr<const GeneReport>& other : reports[m])
            if (m != model && other->gene.id == report.gene.id) {
                const std::string& name = other->model.name;
                others.push_back(
                    {fmt::format("{}{}", ui::ModelTrackPrefix, name), ui::shownName(name), name, other});
                break;
            }
    return others;
}

} // namespace

void GeneFigureOptions::addTo(CLI::App& command, CLI::Option& figures) {
    command
        .add_option("--snv-colour", snvColour,
                    "What SNVs are coloured by in figures: maf, or carrier-fraction as in the paper")
        ->check(CLI::IsMember({"maf", "carrier-fraction"}))
        ->needs(&figures)
        ->capture_default_str();
    addFigureNames(command, figures, ui::FigureKind::Gene, names);
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
        ->check(CLI::IsMember(ui::rowOrderWords()))
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

Result<ui::GeneFigureSpec> GeneFigureOptions::specOf(const std::shared_ptr<const GeneReport>& report,
                                                     const Study& study, const ReportsOfModels& reports,
                                                     size_t model, const std::string& eqtlGiven,
                                                     const RunContext& context) const {
    ui::GeneFigureSpec spec = ui::geneFigureSpec(report, study.annotation());
    spec.colour = ui::snvColourOf(snvColour);
    spec.models = othersOf(*report, reports, model);
    ui::SnvReferences references;
    for (const std::string& name : ldReferences) {
        if (const Result<size_t> snv = genotypedSnv(*report, name))
            references = withPinned(std::move(references), report->variants[*snv], true);
        else
            spec.leftOut.push_back(snv.error());
    }
    if (!eqtlGiven.empty())
        if (const Result<size_t> snv = genotypedSnv(*report, eqtlGiven)) // else its table has told of it
            references.given = report->variants[*snv];
    if (references != ui::SnvReferences{})
        DS_TRY(refer(spec, references, study, context));

    ui::LocusLayout layout;
    for (const std::string& track : tracks) {
        if (const ui::TrackKind* kind = ui::findTrackKind(track); kind != nullptr && !kind->shownAtFirst)
            layout.places.push_back({track});
        else if (track != ModelTracks)
            layout.files.push_back(resolvedPath({}, track));
        for (const ui::ShownModel& other : spec.models)
            if (track == ModelTracks)
                layout.places.push_back({other.key});
    }
    const std::vector<std::string>& words = ui::rowOrderWords();
    layout.rows =
        static_cast<ui::RowOrder>(std::find(words.begin(), words.end(), haplotypeOrder) - words.begin());
    DS_TRY(arrange(spec, layout, study.file().tracks, context));
    return spec;
}

std::vector<std::string> GeneFigureOptions::namesFor(const ui::GeneFigureSpec& spec) const {
    std::vector<std::string> wanted = names;
    if (wanted.empty() && spec.models.empty())
        for (const ui::FigureEntry& figure : ui::geneFigures())
            if (!figure.choices.otherModel)
                wanted.emplace_back(figure.name);
    return wanted;
}

} // namespace diploscope::cli
