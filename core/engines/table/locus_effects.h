// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/effect_table.h"
#include "model/listed_scores.h"
#include "sequence/reference_window.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// What a table of effects says of one gene in one window, by edits of that window. Alleles are the same
/// where they are once trimmed and left-aligned against the reference; REF and ALT may be swapped where the
/// reference has the edit's own REF, and not the row's, and the two are not each other's complement, and the
/// sign turns; no strand is guessed. Source: METHODS 14. One thread at a time.
class LocusEffects {
public:
    /// \param where the model's file, for errors \error NotFound where the table has no row of the gene;
    /// Unsupported for a window of no gene; Mismatch where most REFs in the window are not the reference's,
    /// and it is not that REF and ALT are swapped: one of both then is nearly everywhere
    [[nodiscard]] static Result<LocusEffects> of(std::shared_ptr<const EffectTable> table,
                                                 const ReferenceWindow& window, const std::string& where);

    /// An edit's effects: those of a row, turned or not, or of two rows where the edit is an indel joined
    /// with a change of its anchor.
    struct Effect {
        struct Part {
            const EffectTable::Row* row = nullptr; ///< null: none
            double sign = 1;
        };
        std::array<Part, 2> parts;
        [[nodiscard]] bool isKnown() const { return parts[0].row != nullptr; }
    };
    [[nodiscard]] Effect find(const Edit& edit) const;

    [[nodiscard]] const EffectTable& table() const { return *m_table; }
    /// Of each score, the reference's own.
    [[nodiscard]] const std::vector<double>& reference() const { return m_gene->reference; }
    /// \param variants of the window, named as its reference
    [[nodiscard]] ListedEffects listed(std::span<const Variant> variants) const;

private:
    /// An allele by where it is and what it changes.
    struct Allele {
        int64_t position = 0;
        std::string ref, alt;
        friend bool operator==(const Allele&, const Allele&) = default;
    };
    struct AlleleHash {
        size_t operator()(const Allele& allele) const;
    };
    LocusEffects(std::shared_ptr<const EffectTable> table, const EffectTable::GeneEffects& gene,
                 const ReferenceWindow& window);
    [[nodiscard]] std::string_view basesAt(int64_t position, size_t count) const;
    [[nodiscard]] bool fitsReference(const Allele& allele) const {
        return basesAt(allele.position, allele.ref.size()) == allele.ref;
    }
    [[nodiscard]] Allele leftAligned(TrimmedAlleles alleles) const;
    void take(const EffectTable::Row& row);
    [[nodiscard]] size_t snvIndex(int64_t position, char base) const;
    [[nodiscard]] Effect::Part findAllele(const Allele& allele) const;
    [[nodiscard]] Allele alleleOf(int64_t offset, int64_t refLength, std::string_view alt) const;
    [[nodiscard]] Result<void> check(const std::string& where) const;

    std::shared_ptr<const EffectTable> m_table;
    const EffectTable::GeneEffects* m_gene;
    Region m_region; ///< the window's, without flanks
    int64_t m_start; ///< of `m_context`, in the genome
    std::string m_context;
    std::unordered_map<Allele, const EffectTable::Row*, AlleleHash> m_rows;
    std::vector<Effect::Part> m_snvs; ///< of each base of the context, changed to A, C, G, T
    int64_t m_beyond = 0;
    int64_t m_repeated = 0;           ///< rows of an allele that another row has, written otherwise
    std::optional<Allele> m_conflict; ///< such a one with other scores
};

} // namespace diploscope
