// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

namespace diploscope {

/// What all kinds of models have in common that are tables. Inside engines/table only. Source: METHODS 14.
class TableKind : public ModelKind {
public:
    /// As the paper's window, 98,304 bp on both sides of the TSS.
    std::optional<InputShape> defaultInput() const final;
    bool isTable() const final { return true; }
    bool hasRandomWeights() const final { return false; }
    Gradients gradients() const final { return Gradients::Never; }

protected:
    /// What is said of a model whose scores are listed. \param digests of its files
    [[nodiscard]] static Result<ModelInfo> listedInfo(const ModelManifest& model, const std::string& digests);
};

} // namespace diploscope
