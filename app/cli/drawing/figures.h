// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {
struct GeneReport;
}

namespace diploscope::cli {

/// Draws a gene's figures into `folder`: `GENE.observed-predicted`, `GENE.ism` and, where eQTL slopes are
/// known, `GENE.ism-eqtl`, each as `.svg` and `.png`. GENE is the symbol, with `_` for whatever no file name
/// should hold. Needs no display: where the program has no QApplication yet, one is made on Qt's offscreen
/// platform and kept, because Qt allows a process only one life of it. To be called from the main thread.
/// Built only with the option DIPLOSCOPE_UI. \return the files, in order of writing. \error NotFound where no
/// font is installed; Io.
[[nodiscard]] Result<std::vector<std::filesystem::path>>
writeGeneFigures(const GeneReport& report, const std::filesystem::path& folder, const std::string& stem);

} // namespace diploscope::cli
