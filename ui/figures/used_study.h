// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_sources.h"
#include "study/study.h"
#include "study/study_identity.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::ui {

/// A model of a study, opened with its score.
struct FigureSources::UsedModel {
    Workspace workspace;
};

/// A study that figures are of, and what was read of it.
struct FigureSources::UsedStudy {
    StudyFile file;
    std::shared_ptr<const Study> study;                       ///< null: of no gene yet
    std::map<std::string, std::unique_ptr<UsedModel>> models; ///< by what designs call them
    std::optional<std::vector<StudyInput>> digests;
    std::map<std::string, std::shared_ptr<const GenomeTable>> tables; ///< by model and null
    FigureProof::UsedStudy used;                                      ///< by the figure at hand
};

} // namespace diploscope::ui
