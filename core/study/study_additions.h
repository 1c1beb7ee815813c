// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "study/recognise.h"
#include "study/study_file.h"

#include <filesystem>
#include <vector>

/// Files that a study has besides those that make it: a chain, a PrediXcan database, a table of effects, a
/// track, a model, named in the study file once it is there.
namespace diploscope {

/// Whether a study may name many of this kind.
[[nodiscard]] bool mayBeMany(FileKind kind);
/// The list of the study in which files of such a kind stand. An annotation is there as a track.
[[nodiscard]] std::vector<std::filesystem::path>& listOf(StudyFile& study, FileKind kind);

struct StudyAdditions {
    std::vector<RecognisedFile> added;
    std::vector<std::filesystem::path> known; ///< the study names them already
    std::vector<Error> refused;               ///< those that are no such files, why
};

/// Recognises the files and names them in the study file, which is written whole or not at all, and not at
/// all where a file is refused. \error of the study file, the first of its problems; Unsupported for
/// published tables; Io; Cancelled
[[nodiscard]] Result<StudyAdditions> addToStudy(const std::filesystem::path& study,
                                                const std::vector<std::filesystem::path>& files,
                                                const RunContext& context);

} // namespace diploscope
