// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/site.h"

#include "genome/bases.h"

#include <algorithm>
#include <cctype>

namespace diploscope {

namespace {

bool isLetters(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
}

AlleleKind kindOf(std::string_view ref, std::string_view alt) {
    if (ref == alt)
        return AlleleKind::Same;
    if (!isPlainBases(alt))
        return AlleleKind::UnknownAlt;
    if (!isPlainBases(ref))
        return AlleleKind::UnknownRef;
    if (ref.size() != alt.size())
        return AlleleKind::Indel;
    return ref.size() == 1 ? AlleleKind::Snv : AlleleKind::Mnv;
}

} // namespace

AlleleChange Site::change(int allele) const {
    const std::string& alt = alts[static_cast<size_t>(allele) - 1];
    if (alt == "*")
        return {{position, ref, alt}, AlleleKind::Spanning};
    if (!isLetters(alt) || ref.empty())
        return {{position, ref, alt}, AlleleKind::Symbolic};
    const TrimmedAlleles trimmed = trimAlleles(position, ref, alt);
    return {trimmed, kindOf(trimmed.ref, trimmed.alt)};
}

bool Site::isSequence(int allele) const {
    return allele >= 1 && static_cast<size_t>(allele) <= alts.size() &&
           diploscope::isSequence(change(allele).kind);
}

bool Site::isSnv(int allele) const {
    return allele >= 1 && static_cast<size_t>(allele) <= alts.size() &&
           change(allele).kind == AlleleKind::Snv;
}

} // namespace diploscope
