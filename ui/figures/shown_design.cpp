// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/shown_design.h"

#include "analysis/gene_statistics.h"
#include "viewmodels/track_kinds.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope::ui {
namespace {

void addLayout(const GeneFigureSpec& spec, PanelDesign& panel) {
    const GeneReport& report = *spec.report;
    const LocusLayout& layout = spec.layout;
    const auto isFile = [&](const std::string& key) {
        return std::any_of(spec.files.begin(), spec.files.end(),
                           [&](const ShownFile& file) { return file.key == key; });
    };
    bool showsHaplotypes = false;
    for (const LocusLayout::Place& place : layout.places) {
        panel.tracks.push_back({place.track, place.height, place.shown});
        showsHaplotypes = showsHaplotypes || (place.track == GenotypesTrack && place.shown);
    }
    // A file that was taken away is one that is not shown.
    for (const std::filesystem::path& file : layout.removed)
        if (const std::string key = fmt::format("{}{}", FileTrackPrefix, file.filename().string());
            !isFile(key))
            panel.tracks.push_back({key, 1, false});
    panel.files = layout.files;
    panel.sharedScale = layout.sharedScale;
    if (showsHaplotypes) {
        if (layout.rows != RowOrder::Similarity)
            panel.haplotypeOrder = wordOf(layout.rows);
        if (layout.rows == RowOrder::SelectedSnv && spec.variant)
            panel.variants = {toName(report.variants[*spec.variant])};
        for (const size_t person : spec.people)
            panel.people.push_back(report.people[person].sample);
    }
    for (const RegionOfInterest& marked : spec.regions)
        if (marked.region.contig == report.window.contig)
            panel.marks.push_back({toText(marked.region), marked.name});
}

void addReferences(const GeneFigureSpec& spec, PanelDesign& panel) {
    const GeneReport& report = *spec.report;
    const std::optional<size_t> lead = leadOf(report);
    const bool isUsual = spec.linkages && spec.linkages->size() == 1 && lead &&
                         spec.linkages->front().reference == report.variants[*lead];
    if (spec.linkages && !isUsual)
        for (const Linkage& linkage : *spec.linkages)
            panel.ldReferences.push_back(toName(linkage.reference));
    if (spec.given)
        panel.eqtlGiven = toName(spec.given->given);
}

PanelDesign ofData(const FigureEntry& entry, const GeneFigureSpec& spec) {
    const GeneReport& report = *spec.report;
    const FigureChoices& choices = entry.choices;
    PanelDesign panel;
    panel.gene = report.gene.id;
    panel.model = report.model.name;
    if (choices.layout)
        addLayout(spec, panel);
    if (choices.references)
        addReferences(spec, panel);
    if (choices.attribution && spec.attribution == Attribution::Gradient)
        panel.attribution = "gradient";
    if (choices.colour && spec.colour != SnvColour::Maf)
        panel.colour = wordOf(spec.colour);
    if (choices.variant && spec.variant)
        panel.variants.push_back(toName(report.variants[*spec.variant]));
    // The second of two is said behind the first alone.
    if (choices.second && spec.second && panel.variants.size() == 1)
        panel.variants.push_back(toName(report.variants[*spec.second]));
    if (choices.otherModel)
        if (const ShownModel* other = otherModelOf(spec))
            panel.otherModel = other->report->model.name;
    return panel;
}

PanelDesign ofData(const FigureEntry& entry, const GenomeFigureSpec& spec) {
    PanelDesign panel;
    panel.model = spec.table->model();
    panel.null = toText(spec.table->null());
    panel.condition = spec.condition.toStdString();
    if (entry.choices.otherModel)
        panel.otherModel = spec.options.otherModel;
    return panel;
}

PanelDesign ofData(const FigureEntry&, const PersonFigureSpec& spec) {
    return spec.design;
}

PanelDesign ofData(const FigureEntry&, const ExperimentFigureSpec& spec) {
    return spec.design;
}

} // namespace

PanelDesign shownDesign(const FigureEntry& entry, const FigureSpec& spec) {
    PanelDesign panel = std::visit([&](const auto& data) { return ofData(entry, data); }, spec);
    panel.figure = entry.name;
    return panel;
}

} // namespace diploscope::ui
