// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/methods_text.h"
#include "figures/figure_sources.h"
#include "report/report_document.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace diploscope::ui {

/// What a report is written of. A plain value.
struct ReportMaterial {
    DesignedFigure all;                  ///< of which command and proof tell
    FigureSpec data;                     ///< of the gene, or of all genes
    std::vector<DesignedFigure> figures; ///< those with something to show, each by itself, sized for a page
    QStringList notDrawn;                ///< "Carriers: no driver", by title
};

/// The design of a report: a panel for every figure of a gene, or of all genes.
/// \param of study, model, gene (empty: of the study), scores and statistics; its panels are not asked
/// \param null of all genes, as panels have it; empty: the study's
[[nodiscard]] FigureDesign reportDesign(FigureDesign of, const std::string& null = {});

[[nodiscard]] ReportMaterial materialOf(FigureSources::Told told);

/// The one way from a design to a report, for window and command. Reads, analyses and computes: for a worker,
/// or a command. \param design reportDesign() \param asWritten DesignedFigure::asWritten, of a report that is
/// made again \error as FigureSources::tell
[[nodiscard]] Result<ReportDocument> readReport(FigureSources& sources, const FigureDesign& design,
                                                const RunContext& context,
                                                std::optional<nlohmann::json> asWritten = {});

/// Figures in rows, numbered, with captions: those of a column's width side by side.
void addFigures(const ReportMaterial& material, ReportDocument& report);
/// Methods and the works that they cite.
/// \param subject its provenance may be of anybody
void addMethods(MethodsSubject subject, ReportDocument& report);
/// How the report is made again, of what files, and by which settings; and the same for its file.
/// \param title of the file
void addProof(const ReportMaterial& material,
              const std::vector<std::pair<std::string, std::string>>& provenance, const QString& title,
              ReportDocument& report);
/// Nothing where there are no lines.
void addNotes(const QStringList& lines, ReportDocument& report);

} // namespace diploscope::ui
