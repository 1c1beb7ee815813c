// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/predictor.h"
#include "sequence/edit.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// What `diploscope score` is asked: each edit alone on one sequence, and the outputs wanted.
struct ScoreCase {
    std::vector<EditList> edits; ///< one edit each; empty (the reference) where alt equals ref
    OutputChoice output;         ///< the file's bins and tracks, else the model's default
};

/// Bases from a FASTA file of one record or from plain text, a shell's pipe too; white space is dropped.
/// \error NotFound; BadInput for an empty file, a second record or what is no base (with its line).
[[nodiscard]] Result<std::string> readSequenceFile(const std::filesystem::path& file);

/// A JSON file `{"edits": [{"offset": 8193, "ref": "G", "alt": "C"}, ...], "bins": [...], "tracks": [...]}`,
/// offsets 0-based. bins and tracks may be absent; other keys are notes and are not read. \param bases  the
/// sequence, which every `ref` must agree with. \param model whose default output and counts hold. \error
/// NotFound, BadInput with the JSON path, Mismatch where `ref` is not what stands in the sequence.
[[nodiscard]] Result<ScoreCase> readScoreCase(const std::filesystem::path& file, std::string_view bases,
                                              const ModelInfo& model);

} // namespace diploscope
