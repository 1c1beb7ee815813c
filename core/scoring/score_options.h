// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"
#include "model/score_request.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// What one score is: a model's output, and over which variations of the question it is averaged.
struct ScoreOptions {
    OutputChoice output;
    int shifts = 0;                          ///< n: mean over shifts -n..n bp (METHODS 3)
    bool reverseComplement = false;          ///< mean over both strands
    std::string unit;                        ///< of the score, for axis titles
    std::shared_ptr<const TrackList> tracks; ///< names of the model's tracks; may be null
};

/// What the rounding errors of a model's scores are a share of.
[[nodiscard]] Precision precisionOf(const Predictor& predictor, Method method);

/// The model's own output, asked once. \param phenotypes  their kind, for which the model may name another
[[nodiscard]] ScoreOptions defaultScore(const ModelInfo& model);
[[nodiscard]] ScoreOptions defaultScore(const ModelInfo& model, const std::string& phenotypes);

/// A request for this model; reads its targets and head files.
/// \error BadInput, NotFound, Mismatch, each naming the option and what would be right.
[[nodiscard]] Result<ScoreOptions> resolveScore(const ScoreRequest& request, const ModelInfo& model);

/// In a person's words: "CAGE:brain, adult · bins 447-449 · sum · shifts ±3, both strands". Empty where a
/// model has one output and is asked once.
[[nodiscard]] std::string describeScore(const ScoreOptions& score, const ModelInfo& model);

/// One prediction of which a score is the mean: one model on one placing of its window.
struct ScoreMember {
    std::shared_ptr<const Predictor> predictor;
    OutputChoice output; ///< bins counted from the other end where the other strand is read
    int shift = 0;
    bool otherStrand = false;

    [[nodiscard]] std::string name() const; ///< "demo-cnn, shift -2, other strand"
};

/// Models x strands x shifts, the unmoved ones first. Source: METHODS 3.
[[nodiscard]] std::vector<ScoreMember> membersOf(const std::shared_ptr<const Predictor>& predictor,
                                                 const ScoreOptions& score);

/// Standard deviation over members; absent with a single one.
[[nodiscard]] std::optional<double> spreadOf(const Eigen::Ref<const Eigen::RowVectorXd>& byMember);

} // namespace diploscope
