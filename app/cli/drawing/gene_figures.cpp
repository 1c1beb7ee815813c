// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/figures.h"

#include "analysis/report_table.h"
#include "base/paths.h"
#include "figures/gene_figures.h"
#include "figures/used_inputs.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/track_kinds.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope::cli {
namespace {

/// What the command's other models say of the gene.
std::vector<ui::ShownModel> othersOf(const DrawnGene& gene) {
    std::vector<ui::ShownModel> others;
    for (size_t m = 0; m < gene.reports.size(); ++m)
        for (const std::shared_ptr<const GeneReport>& other : gene.reports[m])
            if (m != gene.model && other->gene.id == gene.report->gene.id) {
                const std::string& name = other->model.name;
                others.push_back(
                    {fmt::format("{}{}", ui::ModelTrackPrefix, name), ui::shownName(name), name, other});
                break;
            }
    return others;
}

ui::LocusLayout layoutOf(const GeneFigureOptions& options, const std::vector<ui::ShownModel>& models) {
    ui::LocusLayout layout;
    for (const std::string& track : options.tracks) {
        if (const ui::TrackKind* kind = ui::findTrackKind(track); kind != nullptr && !kind->shownAtFirst)
            layout.places.push_back({track});
        else if (track != GeneFigureOptions::ModelTracks)
            layout.files.push_back(resolvedPath({}, track));
        for (const ui::ShownModel& other : models)
            if (track == GeneFigureOptions::ModelTracks)
                layout.places.push_back({other.key});
    }
    const std::vector<std::string>& words = ui::rowOrderWords();
    layout.rows = static_cast<ui::RowOrder>(std::find(words.begin(), words.end(), options.haplotypeOrder) -
                                            words.begin());
    return layout;
}

/// \error Cancelled
Result<ui::GeneFigureSpec> specOf(const DrawnGene& gene, const RunContext& context) {
    const std::shared_ptr<const GeneReport>& report = gene.report;
    ui::GeneFigureSpec spec = ui::geneFigureSpec(report, gene.study.annotation());
    spec.colour = ui::snvColourOf(gene.options.snvColour);
    spec.models = othersOf(gene);
    ui::SnvReferences references;
    for (const std::string& name : gene.options.ldReferences) {
        if (const Result<size_t> snv = genotypedSnv(*report, name))
            references = withPinned(std::move(references), report->variants[*snv], true);
        else
            spec.leftOut.push_back(snv.error());
    }
    if (!gene.eqtlGiven.empty())
        if (const Result<size_t> snv = genotypedSnv(*report, gene.eqtlGiven)) // else its table has told of it
            references.given = report->variants[*snv];
    if (references != ui::SnvReferences{})
        DS_TRY(refer(spec, references, gene.study, context));
    DS_TRY(arrange(spec, layoutOf(gene.options, spec.models), gene.study.file().tracks, context));
    return spec;
}

/// Figures of two models are missed by nobody who has one.
std::vector<std::string> namesFor(const GeneFigureOptions& options, const ui::GeneFigureSpec& spec) {
    std::vector<std::string> wanted = options.names;
    if (wanted.empty() && spec.models.empty())
        for (const ui::FigureEntry& figure : ui::geneFigures())
            if (!figure.choices.otherModel)
                wanted.emplace_back(figure.name);
    return wanted;
}

ui::FigureOrigin originOf(const DrawnGene& gene) {
    ui::FigureOrigin origin{gene.study.file(), {}, ui::askedStatistics(gene.statistics)};
    for (const ScoredModel& model : gene.models)
        origin.models.push_back({model.predictor->info().name, model.place, gene.asked});
    return origin;
}

} // namespace

Result<FigureFiles> drawGene(const DrawnGene& gene, const RunContext& context) {
    DS_ASSIGN(const ui::GeneFigureSpec spec, specOf(gene, context));
    DS_ASSIGN(FigureFiles files, writeFigures(ui::FigureKind::Gene, spec, originOf(gene),
                                              namesFor(gene.options, spec), gene.folder / (gene.stem + "."),
                                              {ui::FigureFormat::Svg, ui::FigureFormat::Png}, context));
    std::vector<std::string> leftOut;
    for (const Error& error : spec.leftOut)
        leftOut.push_back(error.message());
    files.skipped.insert(files.skipped.begin(), leftOut.begin(), leftOut.end());
    return files;
}

} // namespace diploscope::cli
