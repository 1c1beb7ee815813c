// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "figures/drawn_design.h"
#include "study/study.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::ui {

/// One figure of many genes, each in a file of its own. A plain value.
struct FiguresOfGenes {
    FigureDesign design; ///< what in it is of its own gene alone is left out
    std::shared_ptr<const Study> study;
    std::vector<std::string> genes; ///< ids, in this order
    std::filesystem::path folder;
    std::string name = "figure"; ///< of files, behind the gene's: "GSTM3.figure.pdf"
    FigureFormat format = FigureFormat::Pdf;
    bool withData = false; ///< what is plotted, beside each
};

/// What became of them.
struct FiguresMade {
    int64_t files = 0;
    std::vector<Error> failed; ///< of genes that have no figure
};

/// As FigureSources::read().
using DesignSource = std::function<Result<DesignedFigure>(const FigureDesign&, const RunContext&)>;

/// Writes them, one after the other: for a worker. A gene that has no figure stops no other.
/// \error Cancelled; Io of reading or writing any
[[nodiscard]] Result<FiguresMade> saveForGenes(const FiguresOfGenes& figures, const DesignSource& read,
                                               const FigureDrawer& draw, const RunContext& context);

} // namespace diploscope::ui
