// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figure_entry.h"

#include "viewmodels/gene_text.h"

namespace diploscope::ui {
namespace {

FigureInfo infoOf(const QString& title, const GeneFigureSpec& spec) {
    return {geneText(spec.report->gene) + QStringLiteral(": ") + title, spec.report->provenance};
}

FigureInfo infoOf(const QString& title, const GenomeFigureSpec& spec) {
    FigureInfo info{title, spec.table->provenance()};
    info.provenance.emplace_back("null", toText(spec.table->null()));
    if (!spec.condition.isEmpty())
        info.provenance.emplace_back("genes in focus", spec.condition.toStdString());
    return info;
}

FigureInfo infoOf(const QString& title, const PersonFigureSpec& spec) {
    return {spec.story->gene + QStringLiteral(": ") + spec.story->title + QStringLiteral(", ") + title,
            spec.provenance};
}

FigureInfo infoOf(const QString& title, const ExperimentFigureSpec& spec) {
    return {spec.gene + QStringLiteral(": ") + title, spec.provenance};
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

} // namespace

const ShownModel* otherModelOf(const GeneFigureSpec& spec) {
    for (const ShownModel& model : spec.models)
        if (model.report && (spec.otherModel.empty() || spec.otherModel == model.model))
            return &model;
    return nullptr;
}

ReadyFigure FigureEntry::make(const FigureSpec& spec) const {
    ReadyFigure ready = maker(spec);
    ready.info =
        std::visit([this](const auto& data) { return infoOf(QString::fromUtf8(title), data); }, spec);
    if (const auto* gene = std::get_if<GeneFigureSpec>(&spec))
        addModels(choices, *gene, ready.info);
    return ready;
}

} // namespace diploscope::ui
