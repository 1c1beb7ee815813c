// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "study/study_file.h"

#include <filesystem>
#include <string>

/// Models as designs name them: one of the study's, or one that is known, by its name; others by their
/// folder. All of it reads `model.json`s.
namespace diploscope::ui {

/// Its name in `model.json`, where that can be read, else the folder's.
[[nodiscard]] std::string modelNameIn(const std::filesystem::path& folder);

/// What openModel() takes. \param asked as a design has it; empty: the study's first \error NotFound: nothing
/// is asked for, and the study names none
[[nodiscard]] Result<std::string> modelPlace(const StudyFile& study, const std::string& asked);

/// The other way round. \param name of the model \param place that it was opened from; empty: unknown, as of
/// tables that were imported
[[nodiscard]] std::string modelInDesign(const StudyFile& study, const std::string& name,
                                        const std::string& place);

} // namespace diploscope::ui
