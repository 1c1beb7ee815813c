// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/sequence_folder.h"
#include "base/run_context.h"
#include "cache/score_cache.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// Scores that another machine has made of the sequences of a folder (sequence_folder.h): into the score
/// cache. Source: guide, file formats, section 11.
namespace diploscope {

struct ScoresTaken {
    int64_t genes = 0;
    int64_t wholeGenes = 0; ///< of which every sequence has a score now
    int64_t asked = 0;      ///< sequences
    int64_t taken = 0;
    int64_t known = 0;     ///< the cache has them
    int64_t missing = 0;   ///< neither here nor there
    int64_t unasked = 0;   ///< scores of other sequences
    int64_t checked = 0;   ///< that the model was asked for here, too
    std::string unchecked; ///< why none was
};

/// Reads scores into the cache, under what analyses with this model and method look them up. Where the model
/// runs here some are computed and compared before anything is stored: what would not pass as its own is
/// refused. Those that the self-check of an analysis is about are stored as unchecked, and it looks at them,
/// too. \param files tables as SequenceScores reads them \error Mismatch: sequences of another model, another
/// score or another reference; a score differs from the model's, or from one that the cache has of a model
/// that is scored elsewhere. Nothing is stored then. As readLocus, SequenceScores::read, the cache; Cancelled
[[nodiscard]] Result<ScoresTaken> importScores(const Study& study, const SequenceFolder& sequences,
                                               const std::vector<std::filesystem::path>& files,
                                               const std::shared_ptr<const Predictor>& predictor,
                                               const ScoreOptions& score, Method method, ScoreCache& cache,
                                               const RunContext& context);

/// "1,204 scores taken, 12 sequences had one, 3 sequences without one (58 of 60 genes are whole)".
[[nodiscard]] std::string inWords(const ScoresTaken& taken);
/// "12 of them computed here, too: they agree"; empty where nothing was taken.
[[nodiscard]] std::string checksInWords(const ScoresTaken& taken);

} // namespace diploscope
