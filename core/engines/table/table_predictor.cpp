// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/table_predictor.h"

#include "engines/table/locus_effects.h"

#include <utility>

namespace diploscope {

namespace {

class TableLocus final : public LocusPredictor {
public:
    TableLocus(LocusEffects effects, std::vector<int> tracks, size_t bins, double copies)
        : m_effects(std::move(effects)), m_tracks(std::move(tracks)), m_bins(bins), m_copies(copies) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override {
        const auto tracks = static_cast<Eigen::Index>(m_tracks.size());
        Eigen::MatrixXd scores(static_cast<Eigen::Index>(sequences.size()), tracks);
        for (Eigen::Index i = 0; i < scores.rows(); ++i) {
            DS_TRY(context.checkpoint());
            Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(tracks);
            for (const Edit& edit : sequences[static_cast<size_t>(i)])
                for (const LocusEffects::Effect::Part& part : m_effects.find(edit).parts)
                    if (part.row != nullptr)
                        add(part, sum);
            for (Eigen::Index t = 0; t < tracks; ++t)
                sum(t) += m_effects.reference()[static_cast<size_t>(m_tracks[static_cast<size_t>(t)])];
            scores.row(i) = sum;
        }
        return Eigen::MatrixXd(scores.replicate(1, static_cast<Eigen::Index>(m_bins)));
    }
    int64_t batchSize() const override { return 256; }

private:
    void add(const LocusEffects::Effect::Part& part, Eigen::RowVectorXd& sum) const {
        const std::span<const double> scores = m_effects.table().scoresOf(*part.row);
        for (Eigen::Index t = 0; t < sum.size(); ++t)
            sum(t) += m_copies * part.sign * scores[static_cast<size_t>(m_tracks[static_cast<size_t>(t)])];
    }

    LocusEffects m_effects;
    std::vector<int> m_tracks;
    size_t m_bins;
    double m_copies;
};

} // namespace

TablePredictor::TablePredictor(ModelInfo info, std::filesystem::path file,
                               std::shared_ptr<const EffectTable> effects, double copies)
    : m_info(std::move(info)), m_file(std::move(file)), m_effects(std::move(effects)), m_copies(copies) {}

Result<std::unique_ptr<LocusPredictor>> TablePredictor::prepare(const ReferenceWindow& window,
                                                                const OutputChoice& output, Method) const {
    DS_TRY(checkRequest(m_info, window, output));
    DS_ASSIGN(LocusEffects effects, LocusEffects::of(m_effects, window, m_file.string()));
    return std::unique_ptr<LocusPredictor>(
        std::make_unique<TableLocus>(std::move(effects), output.tracks, output.bins.size(), m_copies));
}

Result<ListedEffects> TablePredictor::listedEffects(const ReferenceWindow& window,
                                                    std::span<const Variant> variants) const {
    DS_ASSIGN(const LocusEffects effects, LocusEffects::of(m_effects, window, m_file.string()));
    return effects.listed(variants);
}

} // namespace diploscope
