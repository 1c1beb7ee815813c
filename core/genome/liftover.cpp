// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/liftover.h"

#include "genome/contig_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace diploscope {

LiftCounts& LiftCounts::operator+=(const LiftCounts& other) {
    for (const auto count : {&LiftCounts::lifted, &LiftCounts::turned, &LiftCounts::noChain,
                             &LiftCounts::broken, &LiftCounts::several, &LiftCounts::noAnchor})
        this->*count += other.*count;
    return *this;
}

std::string toText(const LiftCounts& counts) {
    std::string text = fmt::format("{} of {} lifted", counts.lifted, counts.lifted + counts.leftOut());
    if (counts.turned > 0)
        text += fmt::format(" ({} onto the other strand)", counts.turned);
    for (const auto& [count, why] :
         {std::pair(counts.noChain, "nothing of the study's build lies there"),
          std::pair(counts.broken, "their bases do not stay together"),
          std::pair(counts.several, "several places lie there"),
          std::pair(counts.noAnchor, "insertions or deletions on the other strand")})
        if (count > 0)
            text += fmt::format("; {} left out: {}", count, why);
    return text;
}

Liftover::Liftover(const std::vector<std::string>& contigs,
                   std::unordered_map<std::string, std::vector<Block>> blocks) {
    for (const std::string& contig : contigs)
        m_contigs.push_back(canonicalContig(contig));
    for (auto& [name, unsorted] : blocks) {
        // Two names of one contig are one.
        std::vector<Block>& all = m_from[canonicalContig(name)].blocks;
        all.insert(all.end(), unsorted.begin(), unsorted.end());
    }
    for (auto& [name, contig] : m_from) {
        std::sort(contig.blocks.begin(), contig.blocks.end(), [](const Block& a, const Block& b) {
            return std::tie(a.from, a.length, a.contig, a.to, a.turned) <
                   std::tie(b.from, b.length, b.contig, b.to, b.turned);
        });
        int64_t end = 0;
        for (const Block& block : contig.blocks)
            contig.reach.push_back(end = std::max(end, block.from + block.length));
        m_blockCount += contig.blocks.size();
    }
    // What PLINK's numbers mean follows from all of the chain's names.
    std::vector<std::string> names;
    for (const auto& [name, contig] : m_from)
        names.push_back(name);
    for (const char* number : {"23", "24", "25", "26"})
        if (const auto known = matchingContig(number, names); known && *known != number) {
            Contig same = m_from.at(*known);
            m_from.emplace(number, std::move(same));
        }
}

std::optional<LiftedVariant> Liftover::lift(std::string_view contig, int64_t position, std::string_view ref,
                                            std::string_view alt, LiftCounts& counts) const {
    // An insertion or deletion is between two bases, which have to lie side by side there, too.
    const auto length = static_cast<int64_t>(ref.size()) + (ref.size() != alt.size() ? 1 : 0);
    const auto there = m_from.find(std::string(contig));
    std::optional<LiftedVariant> found;
    bool isTouched = false;
    if (there != m_from.end()) {
        const std::vector<Block>& blocks = there->second.blocks;
        // Backwards from the last block that begins before the end of REF, as long as one may reach to it.
        auto block = std::lower_bound(blocks.begin(), blocks.end(), position + length,
                                      [](const Block& one, int64_t end) { return one.from < end; });
        while (block != blocks.begin() &&
               there->second.reach[static_cast<size_t>(block - blocks.begin()) - 1] > position) {
            --block;
            if (block->from + block->length <= position)
                continue;
            isTouched = true;
            if (position < block->from || position + length > block->from + block->length)
                continue;
            const int64_t into = position - block->from;
            const LiftedVariant place{
                m_contigs[block->contig],
                block->turned ? block->to + block->length - into - length : block->to + into, block->turned};
            if (found && (found->contig != place.contig || found->position != place.position)) {
                ++counts.several;
                return std::nullopt;
            }
            found = place;
        }
    }
    if (!found) {
        ++(isTouched ? counts.broken : counts.noChain);
        return std::nullopt;
    }
    if (found->turned && ref.size() != alt.size()) {
        ++counts.noAnchor;
        return std::nullopt;
    }
    ++counts.lifted;
    counts.turned += found->turned ? 1 : 0;
    return found;
}

} // namespace diploscope
