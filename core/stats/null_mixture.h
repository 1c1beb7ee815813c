// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace diploscope {

/// Standard deviation of a gene's R under its null. The null is known by mean m and standard deviation s of
/// |R| (METHODS 5) and prefers no sign, so R has mean 0 and variance E R^2 = m^2 + s^2.
[[nodiscard]] double nullDeviation(double mean, double sd);

/// How many of many genes have R below x if each gene's R comes from its own null alone, taken to be normal:
/// the sum of Phi(x / sd) over the genes. \param sds [genes], positive
[[nodiscard]] double expectedBelow(std::span<const double> sds, double x);

} // namespace diploscope
