// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/program/program_pool.h"
#include "model/predictor.h"

#include <memory>

namespace diploscope {

/// A model that is a program of the user's. It has no faster way: Fast and Plain are the same whole passes.
/// Nothing is started before the first sequence is predicted. Safe to share between threads.
class ProgramPredictor final : public Predictor {
public:
    ProgramPredictor(ModelInfo info, std::shared_ptr<ProgramPool> pool);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override;
    [[nodiscard]] std::string computation(Method method) const override;

private:
    ModelInfo m_info;
    std::shared_ptr<ProgramPool> m_pool;
};

} // namespace diploscope
