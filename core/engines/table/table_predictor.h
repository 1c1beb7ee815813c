// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/effect_table.h"
#include "model/predictor.h"

#include <filesystem>
#include <memory>

namespace diploscope {

/// A table of effects as a model: a haplotype's score is the reference's and what its alleles add to it.
/// Alleles that the table does not have add nothing; which these are says listedEffects(). Source:
/// METHODS 14. Immutable; safe to share between threads.
class TablePredictor final : public Predictor {
public:
    /// \param copies of an effect that an allele adds to its haplotype's score: 2 where the table's are of a
    /// person's, which is the mean of both
    TablePredictor(ModelInfo info, std::filesystem::path file, std::shared_ptr<const EffectTable> effects,
                   double copies);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    /// \error also NotFound for a gene of which the table has nothing, Unsupported for a window of none
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override;
    /// A few sums: the same everywhere, and nothing to check them by.
    [[nodiscard]] std::string computation(Method) const override { return {}; }
    [[nodiscard]] Result<ListedEffects> listedEffects(const ReferenceWindow& window,
                                                      std::span<const Variant> variants) const override;

private:
    ModelInfo m_info;
    std::filesystem::path m_file;
    std::shared_ptr<const EffectTable> m_effects;
    double m_copies;
};

} // namespace diploscope
