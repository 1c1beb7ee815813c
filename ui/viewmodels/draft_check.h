// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/recognise.h"
#include "study/study.h"

#include <QString>

namespace diploscope::ui {

/// What opening a study that is not saved yet would find.
struct DraftCheck {
    int64_t people = 0;  ///< with genotypes and expression
    int64_t genes = 0;   ///< that can be analysed
    bool ofGenes = true; ///< else they are other phenotypes
    int64_t contigs = 0;
    std::vector<Error> problems;
    std::vector<StudyNote> notes;

    /// "316 people · 97 genes · 1 contig", or "2 problems".
    [[nodiscard]] QString headline() const;
};

/// Writes the study into a temporary folder and opens it. For a worker. \error Io, Cancelled
[[nodiscard]] Result<DraftCheck> checkDraft(const StudyFile& study, const RunContext& context);

/// What is at these places: files as they are, folders that are no models by the files in them (at most some
/// hundred, three levels down). For a worker. \error Cancelled
[[nodiscard]] Result<std::vector<RecognisedFile>>
recogniseAll(const std::vector<std::filesystem::path>& places, const RunContext& context);

/// The models that the program knows by itself. For a worker.
[[nodiscard]] std::vector<RecognisedFile> recogniseKnownModels();

} // namespace diploscope::ui
