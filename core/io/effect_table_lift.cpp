// SPDX-License-Identifier: GPL-3.0-or-later
#include "genome/variant_name.h"
#include "io/effect_table.h"
#include "io/text_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace diploscope {

LiftCounts EffectTable::lift(const Liftover& chain) {
    LiftCounts counts;
    TextIndex names;
    for (auto& [gene, effects] : m_genes) {
        std::vector<Row> lifted;
        for (Row row : effects.rows) {
            const TrimmedAlleles own = allelesOf(row);
            const auto place = chain.lift(contigOf(row), row.position, own.ref, own.alt, counts);
            if (!place)
                continue;
            // Before anything is named: `own` looks into the names. One name an allele, so that equal rows
            // are equal.
            std::string alleles = place->turned ? fmt::format("{}\t{}", reverseComplementAllele(own.ref),
                                                              reverseComplementAllele(own.alt))
                                                : fmt::format("{}\t{}", own.ref, own.alt);
            row.position = place->position;
            if (place->contig != contigOf(row))
                row.contig = names.add(m_texts, std::string(place->contig));
            row.alleles = names.add(m_texts, std::move(alleles));
            lifted.push_back(row);
        }
        const auto isBefore = [](const Row& a, const Row& b) {
            return std::tie(a.contig, a.position, a.alleles) < std::tie(b.contig, b.position, b.alleles);
        };
        std::stable_sort(lifted.begin(), lifted.end(), isBefore);
        const auto end = std::unique(lifted.begin(), lifted.end(), [&](const Row& a, const Row& b) {
            return !isBefore(a, b) && !isBefore(b, a);
        });
        counts.several += lifted.end() - end;
        counts.lifted -= lifted.end() - end;
        lifted.erase(end, lifted.end());
        effects.rows = std::move(lifted);
    }
    listContigs();
    return counts;
}

} // namespace diploscope
