// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "base/result.h"
#include "viewmodels/selection.h"

#include <QString>

#include <array>
#include <memory>
#include <optional>

namespace diploscope::ui {

/// How SNVs and people are chosen by saying what is meant.
struct SelectBy {
    enum class What {
        Variants, ///< by a condition on columns of `GENE.variants.tsv`
        People,   ///< the same of `GENE.people.tsv`
        Names,    ///< a list of ids, variants and samples (namedIn())
        Genotype  ///< people, by their copies of `variant`'s effect allele
    };
    What what = What::Variants;
    std::string text;               ///< a condition, or a list
    std::optional<Variant> variant; ///< of Genotype
    std::array<bool, 3> copies{};   ///< [copies], of Genotype
};

/// Who and what was meant. Of a condition or a genotype the other kind is not touched.
struct Chosen {
    std::optional<std::set<Variant>> variants;
    std::optional<std::set<std::string>> people;
    std::vector<std::string> unknown; ///< of a list

    /// What is selected then.
    [[nodiscard]] Selected joinedTo(const Selected& before, BrushMode mode) const;
};

/// Time O(rows x comparisons): for a worker. An empty condition chooses none.
/// \error BadInput: a condition that cannot be read; NotFound: the report lacks `variant`
[[nodiscard]] Result<Chosen> chosenBy(const SelectBy& by, const std::shared_ptr<const GeneReport>& report);

/// "12 SNVs · 3 people · 2 names are none of this gene's: rs1, rs2"
[[nodiscard]] QString chosenText(const Chosen& chosen);

} // namespace diploscope::ui
