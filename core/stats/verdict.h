// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace diploscope {

/// Does the observed effect agree with the model's, by sign (METHODS 8)?
enum class Verdict { Supported, Unsupported, Undefined };

/// Undefined: no slope, or one of both is 0. \param rounding  of the model's effect: one that is not larger
/// has no sign.
[[nodiscard]] Verdict verdictOf(double modelEffect, const std::optional<double>& observedSlope,
                                double rounding = 0);

/// Do two models' effects of one allele agree, by sign (METHODS 6)?
enum class SignAgreement { Same, Opposite, NoEffect };

/// NoEffect: one of both is no larger than its rounding.
[[nodiscard]] SignAgreement signAgreement(double effect, double rounding, double other, double otherRounding);

/// Why a verdict is undecidable by these people (METHODS 8, beyond the paper).
enum class Doubt {
    None,
    IntervalHoldsZero, ///< the eQTL slope's 95 % interval holds 0
    FlipsGivenLead,    ///< the slope's sign turns when the gene's lead variant is conditioned on
};

/// "no", "interval" (the slope's 95 % interval holds 0) or "conditioning" (its sign turns given the lead).
[[nodiscard]] std::string_view toText(Doubt doubt);

/// What is counted and drawn of a driver: its verdict by sign, unless these people cannot decide it.
enum class Standing { Supported, Unsupported, Undecidable, Undefined };
[[nodiscard]] Standing standingOf(Verdict bySign, bool doubtful);
/// "supported", "unsupported", "undecidable", "undefined"
[[nodiscard]] std::string_view toText(Standing standing);

/// How far a gene's drivers are supported: the one definition, for reports, tables, lists and figures.
struct Support {
    int64_t supported = 0, unsupported = 0; ///< decidable
    int64_t undecidable = 0, undefined = 0;
    int64_t bySign = 0;              ///< supported by sign, decidable or not
    double gain = 0, gainBySign = 0; ///< of all with a sign, and of those supported by it

    void add(Verdict verdict, bool doubtful, double gain);
    [[nodiscard]] int64_t withSign() const { return supported + unsupported + undecidable; }
    /// Supported / (supported + unsupported) by sign over all drivers with a slope, undecidable ones
    /// included: the paper's figure 2E. Empty without any.
    [[nodiscard]] std::optional<double> fraction() const;
    /// The same, each driver weighted by its gain; negative gains weigh nothing.
    [[nodiscard]] std::optional<double> fractionByGain() const;
};

} // namespace diploscope
