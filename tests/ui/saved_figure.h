// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figure/embedded_proof.h"
#include "figure/figure_file.h"
#include "figures/drawn_design.h"
#include "figures/figure_sources.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace diploscope::test {

/// A figure's file without a specification.
inline Result<void> saveFigure(QGraphicsWidget& figure, const ui::FigureSize& size,
                               const ui::FigureInfo& info, const std::filesystem::path& file) {
    DS_ASSIGN(const ui::FigureFormat format, ui::figureFormat(file));
    DS_ASSIGN(const ui::DrawnFigure drawn, ui::drawFigure(figure, size, info, format));
    return drawn.writeTo(file);
}

/// What the specification inside a figure's file makes of its study: the same bytes, where nothing has
/// changed. \param cache null: scores are computed anew
inline Result<std::string> madeAgain(const std::string& file, ui::FigureFormat format,
                                     std::shared_ptr<Workspace::Cache> cache = {}) {
    DS_ASSIGN(const std::string text, embeddedProof(file));
    DS_ASSIGN(const FigureProof proof, parseProof(text));
    DS_ASSIGN(const FigureDesign design, figureDesignOf(proof.figure, {}));
    ui::FigureSources sources({.cache = std::move(cache)});
    DS_ASSIGN(ui::DesignedFigure figure, sources.read(design, {}));
    figure.asWritten = proof.figure;
    DS_ASSIGN(const ui::DrawnFigure drawn, ui::drawDesign(figure, format));
    DS_ASSIGN(const QByteArray bytes, drawn.bytes());
    return bytes.toStdString();
}

} // namespace diploscope::test
