// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_analysis.h"
#include "base/run_context.h"
#include "figures/figure_entry.h"
#include "study/study_identity.h"

#include <optional>
#include <vector>

/// What figures are made of, for their proof. All of it may read files: for workers and commands.
namespace diploscope::ui {

/// Of a study's files those that figures of this kind show. \param inputs studyInputs()
[[nodiscard]] std::vector<FigureProof::Input> shownInputs(const std::vector<StudyInput>& inputs,
                                                          FigureKind kind);

/// Adds what is not there yet.
void addInput(FigureProof::UsedStudy& study, FigureProof::Input input);

/// A study's files; none of one that was imported: it has nothing but its results. \error as studyInputs
[[nodiscard]] Result<std::vector<StudyInput>> inputsOf(const StudyFile& study, const RunContext& context);

/// Results of all genes, by their values. Time O(genes x columns).
[[nodiscard]] FigureProof::Input resultsInput(const GenomeTable& table);
/// Files along the locus that are drawn. \error NotFound, Io; Cancelled
[[nodiscard]] Result<std::vector<FigureProof::Input>> trackInputs(const std::vector<ShownFile>& files,
                                                                  const RunContext& context);

/// What is asked of statistics that nobody asks for by himself.
[[nodiscard]] FigureDesign::Statistics askedStatistics(const StatisticsOptions& options,
                                                       const DriverThresholds& thresholds = {},
                                                       std::optional<AlleleConvention> allele = {});
/// The other way round. \param design of a figure file, whose words are those it may have
void askStatistics(const FigureDesign::Statistics& design, AnalysisOptions& options);

} // namespace diploscope::ui
