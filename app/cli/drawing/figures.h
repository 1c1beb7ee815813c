// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"
#include "base/result.h"
#include "viewmodels/snv_colour.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {
struct GeneReport;
}

namespace diploscope::cli {

/// Draws a gene's figures into `folder`: `GENE.observed-predicted`, `GENE.ism` and, where eQTL slopes are
/// known, `GENE.ism-eqtl`, SNVs coloured as asked, each as `.svg` and `.png`. GENE is the symbol, with `_`
/// for whatever no file name should hold. Needs no display: where the program has no QApplication yet, one is
/// made on Qt's offscreen platform and kept, because Qt allows a process only one life of it. To be called
/// from the main thread. Built only with the option DIPLOSCOPE_UI. \return the files, in order of writing.
/// \error NotFound where no font is installed; Io.
[[nodiscard]] Result<std::vector<std::filesystem::path>> writeGeneFigures(const GeneReport& report,
                                                                          const std::filesystem::path& folder,
                                                                          const std::string& stem,
                                                                          ui::SnvColour colour);

/// What became of the figures of all genes.
struct GenomeFigureFiles {
    std::vector<std::filesystem::path> written;
    std::vector<std::string> skipped; ///< "figure_2C: No PrediXcan database: ..."
};

/// Draws the figures of all genes (METHODS 11) into `folder`, which is made where it is missing: `figure_1B`,
/// `figure_2A`, `figure_2C`, `figure_2E`, `figure_2F`, `r-histogram` and `model-model`, each as `.svg`,
/// `.pdf` and `.png` with the run's provenance and the null chosen inside. Those with nothing to show are
/// left out. Otherwise as writeGeneFigures().
[[nodiscard]] Result<GenomeFigureFiles> writeGenomeFigures(const std::shared_ptr<const GenomeTable>& table,
                                                           const std::filesystem::path& folder);

} // namespace diploscope::cli
