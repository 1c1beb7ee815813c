// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace diploscope {
struct VariantResult;
}

namespace diploscope::ui {

/// What of an SNV its colour shows: MAF, or the authors' scale, the fraction of people who carry any
/// non-reference allele there (METHODS 6). An SNV that is shown has carriers, so neither is ever unknown.
enum class SnvColour { Maf, CarrierFraction };

/// The command line's and the preferences' word for it: "maf", "carrier-fraction".
[[nodiscard]] const char* wordOf(SnvColour colour);
/// MAF for any other word.
[[nodiscard]] SnvColour snvColourOf(std::string_view word);

/// Beside the colour bar.
[[nodiscard]] QString titleOf(SnvColour colour);
/// Where the SNV stands on the scale, 0 to 1: the scale of MAF ends at 0.5.
[[nodiscard]] double shadeOf(const VariantResult& variant, SnvColour colour);
/// What a place on the scale is: "0.25", "50 %".
[[nodiscard]] QString shadeText(double shade, SnvColour colour);

} // namespace diploscope::ui
