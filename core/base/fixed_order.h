// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <vector>

namespace diploscope {

/// Products of matrices whose digits depend on nothing but the factors: every element is summed up in one
/// order, with one rounding a multiplication and one an addition, whatever the processor, its caches and the
/// number of threads. A BLAS is as exact and somewhat faster, but its kernels and its blocking, and so the
/// last digits, are the processor's. What is told, stored or compared goes through these.
/// Sizes must fit. Safe on any thread.

/// x' y, [columns of x]: a dot product each, in 16 interleaved partial sums.
[[nodiscard]] Eigen::VectorXd dotsWith(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                       const Eigen::Ref<const Eigen::VectorXd>& y);
/// The same numbers of some columns of x alone, in the order in which they are listed.
[[nodiscard]] Eigen::VectorXd dotsWith(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                       const std::vector<Eigen::Index>& columns,
                                       const Eigen::Ref<const Eigen::VectorXd>& y);
/// x' y, [columns of x x columns of y]; the same numbers as column by column.
[[nodiscard]] Eigen::MatrixXd dotsBetween(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                          const Eigen::Ref<const Eigen::MatrixXd>& y);

/// a b, each element in blocks of 256 terms one after the other; the same numbers however many columns are
/// asked for at once.
[[nodiscard]] Eigen::MatrixXd productOf(const Eigen::Ref<const Eigen::MatrixXd>& a,
                                        const Eigen::Ref<const Eigen::MatrixXd>& b);

/// sum += factor x.
void addMultiple(double factor, const Eigen::Ref<const Eigen::VectorXd>& x, Eigen::Ref<Eigen::VectorXd> sum);

} // namespace diploscope
