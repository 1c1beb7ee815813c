// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/verdict.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

Verdict verdictOf(double modelEffect, const std::optional<double>& observedSlope, double rounding) {
    if (!observedSlope || *observedSlope == 0 || !(std::abs(modelEffect) > rounding))
        return Verdict::Undefined;
    return (*observedSlope > 0) == (modelEffect > 0) ? Verdict::Supported : Verdict::Unsupported;
}

SignAgreement signAgreement(double effect, double rounding, double other, double otherRounding) {
    if (!(std::abs(effect) > rounding) || !(std::abs(other) > otherRounding))
        return SignAgreement::NoEffect;
    return (effect > 0) == (other > 0) ? SignAgreement::Same : SignAgreement::Opposite;
}

std::string_view toText(Standing standing) {
    switch (standing) {
    case Standing::Supported:
        return "supported";
    case Standing::Unsupported:
        return "unsupported";
    case Standing::Undecidable:
        return "undecidable";
    case Standing::Undefined:
        break;
    }
    return "undefined";
}

std::string_view toText(Doubt doubt) {
    switch (doubt) {
    case Doubt::IntervalHoldsZero:
        return "interval";
    case Doubt::FlipsGivenLead:
        return "conditioning";
    case Doubt::None:
        break;
    }
    return "no";
}

Standing standingOf(Verdict bySign, bool doubtful) {
    if (bySign == Verdict::Undefined)
        return Standing::Undefined;
    if (doubtful)
        return Standing::Undecidable;
    return bySign == Verdict::Supported ? Standing::Supported : Standing::Unsupported;
}

void Support::add(Verdict verdict, bool doubtful, double driverGain) {
    switch (standingOf(verdict, doubtful)) {
    case Standing::Supported:
        ++supported;
        break;
    case Standing::Unsupported:
        ++unsupported;
        break;
    case Standing::Undecidable:
        ++undecidable;
        break;
    case Standing::Undefined:
        ++undefined;
        return;
    }
    const double weight = std::max(0.0, driverGain);
    gain += weight;
    if (verdict == Verdict::Supported) {
        ++bySign;
        gainBySign += weight;
    }
}

std::optional<double> Support::fraction() const {
    return withSign() == 0 ? std::nullopt : std::optional(double(bySign) / double(withSign()));
}

std::optional<double> Support::fractionByGain() const {
    return gain > 0 ? std::optional(gainBySign / gain) : std::nullopt;
}

} // namespace diploscope
