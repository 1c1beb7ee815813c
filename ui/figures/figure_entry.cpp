// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figure_entry.h"

#include "figures/shown_design.h"
#include "figures/used_inputs.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"

#include <utility>

namespace diploscope::ui {
namespace {

FigureInfo infoOf(const FigureEntry& entry, const QString& title, const GeneFigureSpec& spec) {
    FigureInfo info{geneText(spec.report->gene) + QStringLiteral(": ") + title, {}, {}};
    // That a report has gradients, too, is no part of a figure without them.
    const bool showsGradients = entry.choices.attribution && spec.attribution == Attribution::Gradient;
    for (const auto& line : spec.report->provenance)
        if (showsGradients || line.first != "gradient")
            info.provenance.push_back(line);
    return info;
}

FigureInfo infoOf(const FigureEntry&, const QString& title, const GenomeFigureSpec& spec) {
    FigureInfo info{title, spec.table->provenance(), {}};
    info.provenance.emplace_back("null", toText(spec.table->null()));
    if (!spec.condition.isEmpty())
        info.provenance.emplace_back("genes in focus", spec.condition.toStdString());
    return info;
}

FigureInfo infoOf(const FigureEntry&, const QString& title, const PersonFigureSpec& spec) {
    return {spec.story->gene + QStringLiteral(": ") + spec.story->title + QStringLiteral(", ") + title,
            spec.provenance,
            {}};
}

FigureInfo infoOf(const FigureEntry&, const QString& title, const ExperimentFigureSpec& spec) {
    return {spec.gene + QStringLiteral(": ") + title, spec.provenance, {}};
}

/// How what is drawn of another model was made.
void addModel(const GeneReport& other, FigureInfo& info) {
    for (const auto& [key, value] : other.provenance)
        for (const char* told : {"model", "model_checksum", "output", "tracks", "averaged_over"})
            if (key == told)
                info.provenance.emplace_back("other_" + key, value);
}

void addModels(const FigureChoices& choices, const GeneFigureSpec& spec, FigureInfo& info) {
    if (choices.otherModel)
        if (const ShownModel* other = otherModelOf(spec))
            addModel(*other->report, info);
    if (choices.layout)
        for (const ShownModel& model : spec.models)
            if (model.report && isShown(spec.layout, model.key))
                addModel(*model.report, info);
}

/// It is drawn later, and by the window on its own.
ReadyFigure inEnglish(ReadyFigure ready) {
    if (ready.draw)
        ready.draw = [draw = std::move(ready.draw)](const ChartStyle& style, Medium medium) {
            const EnglishTexts english;
            return draw(style, medium);
        };
    if (ready.redraw)
        ready.redraw = [redraw = std::move(ready.redraw)](QGraphicsWidget& figure, const std::string& key) {
            const EnglishTexts english;
            return redraw(figure, key);
        };
    if (ready.values)
        ready.values = [values = std::move(ready.values)] {
            const EnglishTexts english;
            return values();
        };
    return ready;
}

} // namespace

const ShownModel* otherModelOf(const GeneFigureSpec& spec) {
    for (const ShownModel& model : spec.models)
        if (model.report && (spec.otherModel.empty() || spec.otherModel == model.model))
            return &model;
    return nullptr;
}

ReadyFigure FigureEntry::make(const FigureSpec& spec) const {
    const EnglishTexts english;
    ReadyFigure ready = inEnglish(maker(spec));
    ready.info =
        std::visit([this](const auto& data) { return infoOf(*this, QString::fromUtf8(title), data); }, spec);
    if (const auto* gene = std::get_if<GeneFigureSpec>(&spec)) {
        addModels(choices, *gene, ready.info);
        if (choices.region)
            ready.seen = gene->seen;
        if (choices.layout)
            ready.inputs = [files = gene->files](const RunContext& context) {
                return trackInputs(files, context);
            };
    }
    if (const auto* genome = std::get_if<GenomeFigureSpec>(&spec))
        ready.inputs = [table = genome->table](const RunContext&) -> Result<std::vector<FigureProof::Input>> {
            return std::vector{resultsInput(*table)};
        };
    ready.design = shownDesign(*this, spec);
    return ready;
}

} // namespace diploscope::ui
