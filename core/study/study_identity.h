// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "study/study.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A file that a study's numbers follow from.
struct StudyInput {
    std::string what; ///< its key in the study file: "genotypes"
    std::filesystem::path file;
    std::string digest; ///< of its bytes; "missing" of one that genes are analysed without
};
/// All of them, in a fixed order; a pattern of genotypes is several. Large files are read once
/// (rememberedDigestOfFile). \error NotFound, Io, Mismatch of a file; Cancelled
[[nodiscard]] Result<std::vector<StudyInput>> studyInputs(const StudyFile& study,
                                                          const RunContext& context = {});
/// Those under these keys alone; of no key all. \error as above
[[nodiscard]] Result<std::vector<StudyInput>>
studyInputs(const StudyFile& study, const std::vector<std::string_view>& keys, const RunContext& context);

/// What a study's numbers follow from, as canonical JSON (keys in order, no white space): name, build and
/// options of the study file, and of every file that it names a digest of its bytes. Equal text, equal
/// numbers: where the files lie, what they are called and when they were written is no part of it. Large
/// files are read once (rememberedDigestOfFile). \error NotFound, Io, Mismatch of a file; Cancelled
[[nodiscard]] Result<std::string> studyIdentity(const StudyFile& study, const RunContext& context = {});

/// The same of an open study. \error also Mismatch where a file was written to after the study was opened:
/// part of what is known of the study is then of one state, and part of another
[[nodiscard]] Result<std::string> studyIdentity(const Study& study, const RunContext& context = {});

/// \error Mismatch as above. Costs no more than asking the system about each file.
[[nodiscard]] Result<void> checkUnchanged(const Study& study);

/// States of all files that a study names, in a fixed order; a missing one has none. For Study.
[[nodiscard]] std::vector<FileState> fileStatesOf(const StudyFile& study);

/// Paths of the values in which two JSON texts differ: "expression", "statistics.seed". Everything where one
/// of them is no JSON.
[[nodiscard]] std::vector<std::string> differences(std::string_view left, std::string_view right);

} // namespace diploscope
