// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/simulate/random.h"

#include <cstdint>
#include <string>
#include <vector>

namespace diploscope::simulate {

/// Writes bases that look like a vertebrate genome: isochores of different GC content, a first-order Markov
/// chain in which CpG is rare outside of islands, interspersed repeats (diverged copies of a few families,
/// either strand, truncated) and short tandem repeats, both in lower case as repeat maskers leave them.
/// Immutable once built; safe to share.
class Composition {
public:
    /// The repeat families belong to the seed.
    explicit Composition(uint64_t seed);

    /// `length` bases, forward strand. [promoterStart, promoterEnd) gets no repeats, and a CpG island if
    /// `island`.
    [[nodiscard]] std::string segment(int64_t length, int64_t promoterStart, int64_t promoterEnd, bool island,
                                      Random& random) const;

private:
    void addRepeats(std::string& bases, int64_t promoterStart, int64_t promoterEnd, Random& random) const;
    std::vector<std::string> m_families;
};

} // namespace diploscope::simulate
