// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/p_value.h"

#include <Eigen/Core>

#include <vector>

namespace diploscope {

/// Remainders below this share of a vector's own length count as rounding: what covariates leave of a
/// variable that they explain entirely. It is the tolerance by which R's lm() drops a dependent column.
inline constexpr double DependenceTolerance = 1e-7;

/// Indices of the finite entries, ascending.
[[nodiscard]] std::vector<Eigen::Index> finiteRows(const Eigen::Ref<const Eigen::VectorXd>& values);

/// A vector less its mean, with nothing of the mean's size left in its rounding errors: values of 1e6 that
/// differ in the tenth digit keep all the digits they came with. Values must be finite.
struct Centred {
    Eigen::VectorXd values; ///< (x - mean) / scale, so that squares neither overflow nor vanish
    double mean = 0;
    double scale = 0; ///< max |x - mean|; exactly 0 for a constant (or empty) vector, `values` are zeros then
    double norm = 0;  ///< of `values`

    [[nodiscard]] bool constant() const { return scale == 0; }
    /// Standard deviation (divided by n) of x.
    [[nodiscard]] double spread() const;
};
[[nodiscard]] Centred centre(const Eigen::Ref<const Eigen::VectorXd>& x);

/// Every column less its mean, by the same steps; a constant column becomes exact zeros. NaN is a missing
/// value: it stands for the mean of the others of its column (METHODS 17), hence for 0.
/// \param incomplete where given, the columns with a missing value are appended.
[[nodiscard]] Eigen::MatrixXd centreColumns(const Eigen::Ref<const Eigen::MatrixXd>& columns,
                                            std::vector<Eigen::Index>* incomplete = nullptr);

/// The columns as they are, with the mean of the others of its column in the place of every NaN; 0 where a
/// column is nothing else.
[[nodiscard]] Eigen::MatrixXd imputeMeans(const Eigen::Ref<const Eigen::MatrixXd>& columns);

/// 1 - r^2 from the residuals of a fit to `y`, 0 for a perfect one. 1 - r * r has no digits left
/// where r is near 1, and there p and standard error hang on them.
[[nodiscard]] double unexplainedShare(const Eigen::Ref<const Eigen::VectorXd>& y,
                                      const Eigen::Ref<const Eigen::VectorXd>& fitted);

/// Two-sided p of a correlation whose square is `explained` = 1 - `unexplained`. Takes both, because near 1
/// the p hangs on digits of `unexplained` that `explained` cannot hold. A fit is perfect only to the
/// precision of doubles: what is unexplained counts as at least (8 epsilon)^2.
[[nodiscard]] PValue tailP(double explained, double unexplained, double degreesOfFreedom);

/// P(T > t) of Student's t, finite.
[[nodiscard]] PValue studentUpperTail(double t, double degreesOfFreedom);

/// The value that Student's t stays below with this probability, in (0, 1).
[[nodiscard]] double studentQuantile(double probability, double degreesOfFreedom);

} // namespace diploscope
