// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requests/drawn_figures.h"

#include "cli/options/console.h"

namespace diploscope::cli {

void tellFigures(const FigureFiles& files, bool quiet, std::FILE* stream) {
    if (!quiet)
        for (const std::filesystem::path& file : files.written)
            sayTo(stream, "  {}\n", shown(file.string()));
    for (const std::string& skipped : files.skipped)
        warn("Not drawn: {}\n", skipped);
}

} // namespace diploscope::cli
