// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace diploscope {

/// Puts bases into the program's alphabet, in place: A/C/G/T in upper case, every other byte (N, IUPAC
/// ambiguities) N. Source: METHODS 1.
void normalizeBases(std::string& bases);

/// Of A/C/G/T in either case; every other byte becomes N.
[[nodiscard]] std::string reverseComplement(std::string_view bases);

} // namespace diploscope
