// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/figure.h"
#include "viewmodels/genome_figure.h"

#include <memory>
#include <vector>

namespace diploscope::ui {

/// One of the figures of all genes; what it says of itself is genomeFigureText(). Where there is nothing to
/// show, axes without data. On screen without the header, which the card around it has.
/// \param focus [rows], genes that stand out, the others faint behind them; null: all
/// \return FigureTrack::datum holds rows of the table; the bars of a histogram stand for none
[[nodiscard]] FigureMaker genomeFigure(GenomeFigure figure, const std::shared_ptr<const GenomeTable>& table,
                                       const std::shared_ptr<const std::vector<bool>>& focus = nullptr,
                                       const GenomeFigureOptions& options = {});

} // namespace diploscope::ui
