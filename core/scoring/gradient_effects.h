// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "cache/score_cache.h"
#include "scoring/score_options.h"
#include "sequence/snv_panel.h"

#include <Eigen/Core>

#include <memory>
#include <span>

namespace diploscope {

/// What the gradient at the reference says of each SNV of `panel`, and NaN of all else: gradient[alt] -
/// gradient[ref], the first order of ISM (METHODS 6), by one member of a score. Looked up in the cache; one
/// backward pass where any SNV is missing, and all are stored. \param wide see LocusScorer. \param cache may
/// be null \return [variants], for Snv::alt; 0 where the reference has no base, and outside the member's
/// window. \error what LocusPredictor::gradient and the cache give; Cancelled.
[[nodiscard]] Result<Eigen::VectorXd> gradientEffects(const SnvPanel& panel, const ReferenceWindow& wide,
                                                      const ScoreMember& member, Method method,
                                                      const std::shared_ptr<ScoreCache>& cache,
                                                      const RunContext& context);

/// d score / d base of an edited sequence by one member of a score: what the first order of a change is made
/// of, gradient[new base] - gradient[base there]. One backward pass, which nothing keeps: a gradient is no
/// score. \param edits on `wide` \param offsets of the reference's bases from `wide`'s start; a place whose
/// base is deleted has no meaning \return [offsets x 4], columns A, C, G, T of the forward strand; 0 outside
/// the member's window. \error Unsupported for a kind of model that has none; what prepare() and gradient()
/// give; Cancelled.
[[nodiscard]] Result<Eigen::MatrixXd> gradientAt(const EditList& edits, std::span<const int64_t> offsets,
                                                 const ReferenceWindow& wide, const ScoreMember& member,
                                                 Method method, const RunContext& context);

} // namespace diploscope
