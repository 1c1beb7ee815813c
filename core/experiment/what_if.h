// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/edits.h"
#include "stats/paired_r.h"

#include <Eigen/Core>

#include <optional>
#include <string_view>
#include <vector>

namespace diploscope {

/// Whose sequence is changed: a haplotype (2 person + 0 or 1), or the reference.
using Background = std::optional<size_t>;

/// `reference`, `SAMPLE:1`, `SAMPLE:2`, or `all` for everybody's haplotypes but of those left out. \error as
/// haplotypeNamed; NotFound: all are
[[nodiscard]] Result<std::vector<Background>> backgroundsOf(const PreparedLocus& locus,
                                                            std::string_view text);
/// "reference", "HG00096:1"
[[nodiscard]] std::string toText(const PreparedLocus& locus, const Background& background);
/// The background's own edits, as withEdits() takes them.
[[nodiscard]] const EditList& editsOf(const PreparedLocus& locus, const Background& background);

/// A background before and after the same changes.
struct WhatIfRow {
    Background background;
    double before = 0, after = 0;
    std::optional<double> differenceSpread; ///< sd of after - before over the score's members
    int64_t replaced = 0;                   ///< own alleles that gave way to the changes
};
struct WhatIf {
    std::vector<WhatIfRow> rows; ///< as the backgrounds
    ExperimentScores counts;
};
/// The sequences of a what-if and where their scores go.
class WhatIfPlan {
public:
    /// \param changes checkedEdits() \error Unsupported where deletions draw on more bases than were read
    [[nodiscard]] static Result<WhatIfPlan> make(const PreparedLocus& locus, const EditList& changes,
                                                 const std::vector<Background>& backgrounds);

    /// Each background before and after, by turns.
    [[nodiscard]] const Experiment& experiment() const { return m_experiment; }
    /// From scores that may not all be there yet: NaN, then.
    [[nodiscard]] WhatIf resultOf(const ExperimentScores& scores) const;

private:
    Experiment m_experiment;
    std::vector<WhatIfRow> m_rows; ///< without scores
};

/// All at once. \error of WhatIfPlan::make and the run. Source: METHODS 2, 12.
[[nodiscard]] Result<WhatIf> whatIf(PreparedLocus& locus, const EditList& changes,
                                    const std::vector<Background>& backgrounds, const RunContext& context);

/// Means of both haplotypes, of a what-if on everybody's.
struct PeopleScores {
    Eigen::VectorXd before, after; ///< [people]; NaN: left out
};
/// Nothing where not everybody was asked for, as backgroundsOf() orders them.
[[nodiscard]] std::optional<PeopleScores> peopleOf(const PreparedLocus& locus, const WhatIf& found);
/// R of these with observed expression, without intervals. \param observed [people] NaN: not measured, or
/// left out \error Cancelled
[[nodiscard]] Result<std::optional<PairedR>> rOfEverybody(const PreparedLocus& locus, const WhatIf& found,
                                                          const Eigen::VectorXd& observed,
                                                          const RunContext& context);

} // namespace diploscope
