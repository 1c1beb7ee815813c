// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace diploscope {

/// Beyond the end of any contig, and far from where sums of positions overflow: what files and people say of
/// places is held against it.
inline constexpr int64_t LargestPosition = int64_t{1} << 40;

enum class Strand { Forward, Reverse };

[[nodiscard]] inline char strandSymbol(Strand strand) {
    return strand == Strand::Forward ? '+' : '-';
}

/// A stretch of one contig: int64, 0-based, half-open. `{"22", 0, 10}` holds the first ten bases, which a
/// person writes as `22:1-10`. `start` may be negative and `end` may pass the contig's end (METHODS 1: N
/// there).
struct Region {
    std::string contig; ///< named as in the reference FASTA
    int64_t start = 0;
    int64_t end = 0;

    [[nodiscard]] int64_t length() const { return end - start; }
    [[nodiscard]] bool contains(int64_t position) const { return position >= start && position < end; }
    friend bool operator==(const Region&, const Region&) = default;
};

/// As people write it: `22:1-10`, 1-based and closed.
[[nodiscard]] std::string toText(const Region& region);

} // namespace diploscope
