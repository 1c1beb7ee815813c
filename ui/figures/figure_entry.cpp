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

} // namespace

ReadyFigure FigureEntry::make(const FigureSpec& spec) const {
    ReadyFigure ready = maker(spec);
    ready.info =
        std::visit([this](const auto& data) { return infoOf(QString::fromUtf8(title), data); }, spec);
    return ready;
}

} // namespace diploscope::ui
