// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace diploscope {

/// Puts bases into the program's alphabet, in place: A/C/G/T in upper case, U (RNA) as T, every other byte
/// (N, IUPAC ambiguities) N. Source: METHODS 1.
void normalizeBases(std::string& bases);

/// Whether a base of a VCF's REF may be what a FASTA has there. N in the FASTA fits any: IUPAC codes are read
/// as N, and VCF writes a plain base for them. N and IUPAC codes in REF fit the bases that they stand for.
/// \param ref upper case. \param reference A/C/G/T/N.
[[nodiscard]] bool mayBeBase(char ref, char reference);

/// Whether a text is of A, C, G and T alone, in upper case, and at least one.
[[nodiscard]] bool isPlainBases(std::string_view text);

/// Of A/C/G/T in either case, U as T; every other byte becomes N.
[[nodiscard]] std::string reverseComplement(std::string_view bases);

} // namespace diploscope
