// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_analysis.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// How a report was made: program, study, files with their sizes, model and checksum, every option that
/// changes a number. In order, and without time stamps or folders, so that equal runs give equal files.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> provenanceOf(const Study& study,
                                                                            const Predictor& predictor,
                                                                            const ScoreOptions& score,
                                                                            const AnalysisOptions& options);

/// What the line of a key says; empty where there is none, or where several say different things.
[[nodiscard]] std::string provenanceLine(const std::vector<std::pair<std::string, std::string>>& lines,
                                         std::string_view key);

/// Of which kind the phenotypes are, by such lines: StudyFile::phenotypes.
[[nodiscard]] std::string phenotypesOf(const std::vector<std::pair<std::string, std::string>>& lines);

/// Those of the lines that scores depend on: what tables say that hold no statistics.
[[nodiscard]] std::vector<std::pair<std::string, std::string>>
scoreProvenance(const Study& study, const Predictor& predictor, const ScoreOptions& score,
                const AnalysisOptions& options);

/// How drivers are found.
[[nodiscard]] std::string driverText(const AnalysisOptions& options);

/// The lines that tell how the statistics were asked for.
[[nodiscard]] std::vector<std::pair<std::string, std::string>>
statisticsText(const StatisticsOptions& options);

/// Whose effects are told: the options' choice, else the study's.
[[nodiscard]] AlleleConvention alleleConvention(const Study& study, const AnalysisOptions& options);

/// "diploscope" and the version that CMakeLists.txt has
[[nodiscard]] std::string programVersion();

} // namespace diploscope
