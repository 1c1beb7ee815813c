// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "cache/score_cache.h"
#include "model/score_request.h"
#include "scoring/score_options.h"
#include "study/study.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// Sequences for another machine, which knows neither this program nor the study, as files. The way back is
/// scores_elsewhere.h. Source: guide, file formats, section 11.
namespace diploscope {

/// What the sequences are asked of.
struct ElsewhereModel {
    std::string place;  ///< the folder or name that it was opened by
    ScoreRequest asked; ///< of its score
    std::shared_ptr<const Predictor> predictor;
    ScoreOptions score;
};

/// Which sequences are written, and how.
struct SequenceChoice {
    bool compressed = true; ///< as SequenceListWriter
    /// Those that have a score in it, as analyses with this method look it up, are left out; null: none is
    ScoreCache* known = nullptr;
    Method method = Method::Fast;
};

struct SequencesWritten {
    int64_t genes = 0;
    int64_t sequences = 0; ///< each content once
    int64_t known = 0;     ///< left out: they have a score
    int64_t bases = 0;     ///< of each
};

/// Writes every sequence that an analysis of these genes asks the model for, each once: `sequences.fa.gz`
/// and `sequences.tsv` (SequenceListWriter), and `sequences.json`, which says of what they are. The folder
/// appears complete or not at all, and not at all where every sequence has a score. \error Unsupported for a
/// table as a model and for an ensemble, of whose models each has its own; as readLocus, the cache,
/// OutputFolder; Cancelled
[[nodiscard]] Result<SequencesWritten>
writeSequences(const Study& study, const std::vector<const StudyGene*>& genes, const ElsewhereModel& model,
               const std::filesystem::path& folder, const SequenceChoice& choice, const RunContext& context);

/// What a folder of writeSequences() is of: its `sequences.json`.
struct SequenceFolder {
    std::filesystem::path folder;
    std::filesystem::path study; ///< absolute
    std::string place;           ///< of the model
    ScoreRequest asked;
    std::string model;              ///< its name
    std::string checksum;           ///< ModelInfo::checksum
    std::string score;              ///< scoreText()
    std::vector<std::string> genes; ///< ids

    /// \error NotFound where there is none; BadInput, Unsupported
    [[nodiscard]] static Result<SequenceFolder> read(const std::filesystem::path& folder);
    /// Tables whose names begin with "scores" (.tsv, .csv, .txt, also .gz): all that is in the folder, by
    /// name. \error NotFound: none
    [[nodiscard]] Result<std::vector<std::filesystem::path>> scoreFiles() const;
};

} // namespace diploscope
