// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/tuned_head.h"

#include <Eigen/Core>

#include <memory>
#include <string>
#include <vector>

namespace diploscope {

/// How bins x tracks of a model's output become one score (METHODS 3).
enum class Aggregate { Sum, SumLog1p, Log2OfSum };
/// Their words in files, options and cache keys, in the order of the enum: "sum", "sum-log1p", "log2-of-sum".
[[nodiscard]] const std::vector<std::string>& aggregateWords();

/// Which of a model's outputs are asked for, and how they become a score. Part of every cache key.
struct OutputChoice {
    std::vector<int> bins{0};
    std::vector<int> tracks{0};
    Aggregate aggregate = Aggregate::Sum;
    /// Takes the aggregate's place: `tracks` are then the head's. Null: none.
    std::shared_ptr<const TunedHead> head{};

    /// Stable text for cache keys and provenance: "bins 447,448,449; tracks 4980; sum", "bins 447,448,449;
    /// head DIGEST".
    [[nodiscard]] std::string text() const;
    /// Scores with this head from now on.
    void useHead(std::shared_ptr<const TunedHead> tuned);
    /// The score of one row of LocusPredictor::predict.
    [[nodiscard]] double score(const Eigen::Ref<const Eigen::RowVectorXd>& values) const;
    /// d score / d values, at `values`.
    [[nodiscard]] Eigen::RowVectorXd scoreGradient(const Eigen::Ref<const Eigen::RowVectorXd>& values) const;
    /// How large the terms are that a score is the sum of: what its rounding errors are measured against.
    [[nodiscard]] double magnitude(const Eigen::Ref<const Eigen::RowVectorXd>& values) const;
};

} // namespace diploscope
