// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/table_predictor.h"

#include "engines/table/locus_effects.h"

#include <utility>

namespace diploscope {

namespace {

class TableLocus final : public LocusPredictor {
public:
    TableLocus(std::optional<LocusEffects> effects, std::vector<int> tracks, size_t bins, double copies)
        : m_effects(std::move(effects)), m_tracks(std::move(tracks)), m_bins(bins), m_copies(copies) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override {
        const auto tracks = static_cast<Eigen::Index>(m_tracks.size());
        Eigen::MatrixXd scores(static_cast<Eigen::Index>(sequences.size()), tracks);
        scores.setZero();
        for (Eigen::Index i = 0; m_effects && i < scores.rows(); ++i) {
            DS_TRY(context.checkpoint());
            Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(tracks);
            for (const Edit& edit : sequences[static_cast<size_t>(i)])
                for (const LocusEffects::Effect::Part& part : m_effects->find(edit).parts)
                    if (part.row != nullptr)
                        add(part, sum);
            for (Eigen::Index t = 0; t < tracks; ++t)
                sum(t) += m_effects->reference()[static_cast<size_t>(m_tracks[static_cast<size_t>(t)])];
            scores.row(i) = sum;
        }
        return Eigen::MatrixXd(scores.replicate(1, static_cast<Eigen::Index>(m_bins)));
    }
    int64_t batchSize() const override { return 64; }

private:
    void add(const LocusEffects::Effect::Part& part, Eigen::RowVectorXd& sum) const {
        const std::span<const double> scores = m_effects->table().scoresOf(*part.row);
        for (Eigen::Index t = 0; t < sum.size(); ++t)
            sum(t) += m_copies * part.sign * scores[static_cast<size_t>(m_tracks[static_cast<size_t>(t)])];
    }

    std::optional<LocusEffects> m_effects; ///< none: every sequence is the reference, and no score is shown
    std::vector<int> m_tracks;
    size_t m_bins;
    double m_copies;
};

} // namespace

TablePredictor::TablePredictor(ModelInfo info, ModelTables tables)
    : m_info(std::move(info)), m_tables(std::move(tables)) {}

Result<std::optional<LocusEffects>> TablePredictor::effectsIn(const ReferenceWindow& window) const {
    const bool mayLack = m_tables.predictions != nullptr;
    if (mayLack && (!m_tables.effects || m_tables.effects->find(window.geneId, window.geneName) == nullptr))
        return std::optional<LocusEffects>();
    DS_ASSIGN(LocusEffects effects, LocusEffects::of(m_tables.effects, window, m_tables.file.string()));
    return std::optional(std::move(effects));
}

Result<std::unique_ptr<LocusPredictor>> TablePredictor::prepare(const ReferenceWindow& window,
                                                                const OutputChoice& output, Method) const {
    DS_TRY(checkRequest(m_info, window, output));
    DS_ASSIGN(std::optional<LocusEffects> effects, effectsIn(window));
    return std::unique_ptr<LocusPredictor>(
        std::make_unique<TableLocus>(std::move(effects), output.tracks, output.bins.size(), m_tables.copies));
}

Result<ListedEffects> TablePredictor::listedEffects(const ReferenceWindow& window,
                                                    std::span<const Variant> variants) const {
    DS_ASSIGN(const std::optional<LocusEffects> effects, effectsIn(window));
    return effects ? effects->listed(variants) : ListedEffects{std::vector<bool>(variants.size()), {}, 0};
}

Result<std::optional<ListedPredictions>>
TablePredictor::listedPredictions(const ReferenceWindow& window, std::span<const std::string> people) const {
    if (!m_tables.predictions)
        return std::optional<ListedPredictions>();
    DS_ASSIGN(PredictionsOfGene found, m_tables.predictions->find(window.geneId, window.geneName, people));
    ListedPredictions listed{std::move(found.haplotypes), std::move(found.predicted), 0, found.others};
    listed.lacking = listed.predicted.array().isNaN().count();
    return std::optional(std::move(listed));
}

} // namespace diploscope
