// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/p_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope {

namespace {
constexpr double SmallestNormal = std::numeric_limits<double>::min();
constexpr double Smallest = std::numeric_limits<double>::denorm_min();
} // namespace

PValue::PValue(double value)
    : m_value(value), m_log10(value >= SmallestNormal ? std::log10(value) : std::nan("")) {}

PValue PValue::ofLog10(double log10) {
    PValue p(std::max(std::pow(10.0, log10), Smallest));
    p.m_log10 = log10;
    return p;
}

std::string PValue::text() const {
    if (m_value >= SmallestNormal)
        return fmt::format("{}", m_value);
    if (std::isnan(m_value))
        return "NA";
    if (std::isnan(m_log10))
        return "<2.2e-308";
    double exponent = std::floor(m_log10);
    std::string digits = fmt::format("{:.5f}", std::pow(10.0, m_log10 - exponent));
    if (digits.starts_with("10")) { // 9.999999 rounds to it
        digits = "1.00000";
        ++exponent;
    }
    return fmt::format("{}e{:.0f}", digits, exponent);
}

std::string textOf(const std::optional<PValue>& p) {
    return p ? p->text() : "NA";
}

std::optional<double> log10Of(const std::optional<PValue>& p) {
    return p ? std::optional(p->log10()) : std::nullopt;
}

} // namespace diploscope
