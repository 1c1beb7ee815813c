// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/score_cache.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// How the scores of a batch lie in the file, and how some are found among them. Knows no SQLite.
namespace diploscope {

/// One score in a block. A block is all of a batch's, sorted, each sequence once.
struct BatchEntry {
    Digest sequence{};
    int64_t bits = 0;  ///< of the double
    int64_t check = 0; ///< ScoreChecksum
};
static_assert(sizeof(BatchEntry) == 32, "this is what lies in files");

/// Most scores in one batch: three at each base of a window half as long again as the longest. 64 MiB.
inline constexpr size_t MostInBatch = size_t{1} << 21;

/// What a file says of a batch's size, as far as a batch can have it.
[[nodiscard]] inline int64_t plausibleCount(int64_t count) {
    return std::clamp<int64_t>(count, 1, MostInBatch);
}

/// The check value of one score. Holds the scope's words, not its number, so that a score that came under
/// another scope is found out too.
class ScoreChecksum {
public:
    explicit ScoreChecksum(const ScoreScope& scope);
    [[nodiscard]] int64_t operator()(const void* sequence, size_t size, int64_t bits);
    [[nodiscard]] bool fits(const BatchEntry& entry) {
        return entry.check == (*this)(entry.sequence.data(), entry.sequence.size(), entry.bits);
    }

private:
    std::string m_bytes;
    size_t m_head = 0;
};

/// The order within a block: that of the digests' halves as numbers, which is quick to compare.
[[nodiscard]] bool comesBefore(const Digest& a, const Digest& b);

/// A block of these scores; of a sequence that is given twice the last one counts.
[[nodiscard]] std::vector<BatchEntry> packBatch(const ScoreScope& scope, std::span<const Digest> sequences,
                                                std::span<const double> scores);

/// Reads a block's bytes into `entries`. \return whether they are what a batch of `count` scores has
[[nodiscard]] bool readBlock(const void* bytes, int64_t size, int64_t count,
                             std::vector<BatchEntry>& entries);

/// A score in a batch that should not be there: its check value fails, or a later batch has it, too.
struct StaleEntry {
    int64_t batch = 0;
    Digest sequence{};
};

/// What is asked for at once, and what has been found of it. Of several scores of one sequence that of the
/// latest batch counts.
class LookUp {
public:
    explicit LookUp(std::span<const Digest> asked);

    /// Looks for all that is asked among the entries of one batch.
    void search(std::span<const BatchEntry> entries, int64_t batch, bool checked, ScoreChecksum& checksum);
    /// Places of what is not found yet, each sequence once: for sequenceAt() and take().
    [[nodiscard]] std::vector<size_t> missing() const;
    [[nodiscard]] const Digest& sequenceAt(size_t place) const { return m_asked[place].first; }
    void take(size_t place, const StoredScore& score);

    std::vector<std::optional<StoredScore>> scores; ///< in the order asked for
    std::vector<StaleEntry> stale;

private:
    void meet(size_t place, const BatchEntry& entry, int64_t batch, bool checked, ScoreChecksum& checksum);

    std::vector<std::pair<Digest, size_t>> m_asked; ///< sorted, with the index in `scores`
};

} // namespace diploscope
