// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>
#include <tuple>

namespace diploscope {

Result<GeneShare> parseGeneShare(std::string_view text) {
    constexpr int Most = 1'000'000;
    GeneShare share{0, 0};
    const char* const end = text.data() + text.size();
    std::from_chars_result read = std::from_chars(text.data(), end, share.index);
    if (read.ec == std::errc() && read.ptr != end && *read.ptr == '/')
        read = std::from_chars(read.ptr + 1, end, share.of);
    if (read.ec != std::errc() || read.ptr != end || share.index < 1 || share.of < share.index ||
        share.of > Most)
        return fail(ErrorKind::BadInput, fmt::format("\"{}\" is no share.", text), "--shard",
                    "Give which one of how many, from 1: --shard 3/200.");
    return share;
}

std::vector<int> sharesOf(const std::vector<const StudyGene*>& genes, int shares, int shifts) {
    const auto placeOf = [&](size_t i) {
        const Gene& gene = genes[i]->gene;
        return std::tuple(std::string_view(gene.region.contig), gene.tss(), std::string_view(gene.id));
    };
    std::vector<size_t> order(genes.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return placeOf(a) < placeOf(b); });

    std::vector<int64_t> load(static_cast<size_t>(shares), 0);
    std::vector<int> shareOf(genes.size(), 0);
    for (size_t from = 0, to = 0; from < order.size(); from = to) {
        const auto isNext = [&](size_t i) {
            const Gene& before = genes[order[i - 1]]->gene;
            const Gene& gene = genes[order[i]]->gene;
            return gene.region.contig == before.region.contig &&
                   gene.tss() - before.tss() <= 2 * int64_t{shifts};
        };
        const auto least = std::min_element(load.begin(), load.end()) - load.begin();
        do
            shareOf[order[to++]] = static_cast<int>(least) + 1;
        while (to < order.size() && isNext(to));
        load[static_cast<size_t>(least)] += static_cast<int64_t>(to - from);
    }
    return shareOf;
}

} // namespace diploscope
