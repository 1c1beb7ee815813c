// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// What became of places that were lifted, each under one name.
struct LiftCounts {
    int64_t lifted = 0;
    int64_t turned = 0;  ///< of them: onto the other strand
    int64_t noChain = 0; ///< nothing of the other build lies there
    int64_t broken = 0;  ///< the bases do not stay together
    int64_t several = 0; ///< several places of the other build lie there
    int64_t noAnchor =
        0; ///< insertions and deletions on the other strand: the base before them is another one

    [[nodiscard]] int64_t leftOut() const { return noChain + broken + several + noAnchor; }
    LiftCounts& operator+=(const LiftCounts& other);
    friend bool operator==(const LiftCounts&, const LiftCounts&) = default;
};

/// "1,204 of 1,230 lifted (3 onto the other strand); 20: nothing lies there; 6: ...".
[[nodiscard]] std::string toText(const LiftCounts& counts);

/// A variant of one build in terms of another one. Positions are 0-based; contigs canonicalContig().
struct LiftedVariant {
    std::string_view contig; ///< looks into the Liftover
    int64_t position = 0;
    bool turned = false; ///< alleles are those of the other strand
};

/// Which bases of one build are which of another, as a chain file says. Immutable once made; safe to share.
/// Source: FORMATS 1 (chains), METHODS 14.
class Liftover {
public:
    /// Bases `from` of a contig to `from + length`, which lie side by side in both builds.
    struct Block {
        int64_t from = 0;
        int64_t length = 0;
        int64_t to = 0;      ///< its first base there, whichever way round
        uint32_t contig = 0; ///< of the other build, see contigs
        bool turned = false;
    };
    /// \param contigs of the other build, as the chain names them \param blocks by contig of the first one
    Liftover(const std::vector<std::string>& contigs,
             std::unordered_map<std::string, std::vector<Block>> blocks);

    /// Where REF lies in the other build, counted in `counts`; nothing where it cannot be told.
    /// \param contig canonicalContig(), or PLINK's number of it \param ref \param alt trimmed, as
    /// trimAlleles() leaves them
    [[nodiscard]] std::optional<LiftedVariant> lift(std::string_view contig, int64_t position,
                                                    std::string_view ref, std::string_view alt,
                                                    LiftCounts& counts) const;
    [[nodiscard]] size_t blockCount() const { return m_blockCount; }

private:
    struct Contig {
        std::vector<Block> blocks;  ///< by `from`
        std::vector<int64_t> reach; ///< [blocks] the furthest end of this and all before
    };
    std::vector<std::string> m_contigs;
    std::unordered_map<std::string, Contig> m_from;
    size_t m_blockCount = 0;
};

} // namespace diploscope
