// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace diploscope {

/// A probability that may be smaller than doubles can be: strong effects in many people have p of 1e-400. As
/// a number it is then the smallest double, never 0; its logarithm and its text are right at any size.
class PValue {
public:
    /// A number that was read or stored. Below the smallest normal double nothing but that is known of it.
    PValue(double value = 1); // NOLINT(google-explicit-constructor): a p is a number
    [[nodiscard]] static PValue ofLog10(double log10);

    operator double() const { return m_value; } // NOLINT(google-explicit-constructor)
    /// NaN where it is not known.
    [[nodiscard]] double log10() const { return m_log10; }
    /// The shortest that reads back to the same double; below those that doubles hold to full precision
    /// "3.14159e-412", or "<2.2e-308" where no more is known.
    [[nodiscard]] std::string text() const;

private:
    double m_value;
    double m_log10;
};

/// A cell of a table: "NA" where there is none.
[[nodiscard]] std::string textOf(const std::optional<PValue>& p);
/// PValue::log10() where there is one.
[[nodiscard]] std::optional<double> log10Of(const std::optional<PValue>& p);

} // namespace diploscope
