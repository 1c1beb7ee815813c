// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/table/locus_effects.h"
#include "io/effect_table.h"
#include "io/prediction_table.h"
#include "model/predictor.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace diploscope {

/// What a model that is a table is made of.
struct ModelTables {
    std::shared_ptr<const EffectTable> effects; ///< may be null beside predictions
    /// Of an effect that an allele adds to its haplotype's score: 2 where the table's are of a person's,
    /// which is the mean of both.
    double copies = 1;
    std::shared_ptr<const PredictionTable> predictions; ///< null: people's scores are sums of effects
    std::filesystem::path file;                         ///< the model's, for errors
};

/// Tables as a model. Of effects: a haplotype's score is the reference's and what its alleles add to it.
/// Alleles that the table does not have add nothing; which these are says listedEffects(). Of predictions:
/// people's scores are listedPredictions(), and effects are those of a table beside, or none. Source:
/// METHODS 14. Immutable; safe to share between threads.
class TablePredictor final : public Predictor {
public:
    TablePredictor(ModelInfo info, ModelTables tables);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    /// \error also NotFound for a gene of which the table has nothing, Unsupported for a window of none
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override;
    /// A few sums: the same everywhere, and nothing to check them by.
    [[nodiscard]] std::string computation(Method) const override { return {}; }
    [[nodiscard]] Result<ListedEffects> listedEffects(const ReferenceWindow& window,
                                                      std::span<const Variant> variants) const override;

    [[nodiscard]] Result<std::optional<ListedPredictions>>
    listedPredictions(const ReferenceWindow& window, std::span<const std::string> people) const override;

private:
    /// Nothing where the model has predictions, and no effects on the gene.
    [[nodiscard]] Result<std::optional<LocusEffects>> effectsIn(const ReferenceWindow& window) const;

    ModelInfo m_info;
    ModelTables m_tables;
};

} // namespace diploscope
