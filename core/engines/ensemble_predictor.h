// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"

namespace diploscope {

/// Several models of equal input and output, to be averaged. Who scores (core/scoring) asks the members(),
/// so that each one's scores are cached as its own and their spread is known; a LocusPredictor made here
/// gives the mean of the members' values. Safe to share between threads.
class EnsemblePredictor final : public Predictor {
public:
    /// \param info its checksum is made from the members'. \param members at least one
    EnsemblePredictor(ModelInfo info, std::vector<std::shared_ptr<const Predictor>> members);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override;
    [[nodiscard]] std::string computation(Method method) const override;
    [[nodiscard]] std::vector<std::shared_ptr<const Predictor>> members() const override { return m_members; }

private:
    ModelInfo m_info;
    std::vector<std::shared_ptr<const Predictor>> m_members;
};

} // namespace diploscope
