// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/memory_file.h"
#include "engines/torch/torch_backend.h"
#include "model/predictor.h"

#include <filesystem>

namespace diploscope {

/// A TorchScript module of any make. It has no faster way: Fast and Plain are the same forward pass, in the
/// module's own precision. The module is opened when the first sequence is predicted. Safe to share between
/// threads.
class ScriptPredictor final : public Predictor {
public:
    /// \param program  what the user has allowed; \param file  where it came from
    ScriptPredictor(ModelInfo info, std::filesystem::path file, MemoryFile program, ScriptShape shape,
                    PredictorOptions options);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const override;
    [[nodiscard]] std::string computation(Method method) const override;

private:
    ModelInfo m_info;
    std::filesystem::path m_file; ///< for errors
    MemoryFile m_program;
    ScriptShape m_shape;
    PredictorOptions m_options;
};

} // namespace diploscope
