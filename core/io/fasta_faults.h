// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string_view>

/// What is wrong with a FASTA file, in words: htslib says so only on stderr. Inside core/io
/// only.
namespace diploscope {

/// The file, decompressed, begins as FASTA does. \error BadInput
[[nodiscard]] Result<void> checkFastaStart(const std::filesystem::path& file);

/// What may stand in a sequence: letters, gaps, a stop. Numbers and blanks (GenBank) would be counted as
/// bases by an index, or shift them.
[[nodiscard]] constexpr bool mayStandInSequence(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || letter == '-' ||
           letter == '*' || letter == '.';
}
/// The same of every byte of a text.
[[nodiscard]] bool mayAllStandInSequence(std::string_view text);

/// Every line is as an index needs it; htslib, which makes it, takes lines of any length and says little.
/// \error BadInput with the first faulty line
[[nodiscard]] Result<void> checkFastaLines(const std::filesystem::path& file);

} // namespace diploscope
