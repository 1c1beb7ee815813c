// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requests/figure_request.h"

#include <filesystem>
#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace diploscope::cli {

/// `--verify FILE` and `--study STUDY` for verifyFigure(). The file says what is drawn: the command's options
/// so far are refused beside it.
void addVerifyOptions(CLI::App& command, FigureRequest& request);

/// Whether the file's name asks for a gene: "{gene}.pdf".
[[nodiscard]] bool namesGene(const std::filesystem::path& file);
/// \param stem of the gene's files
[[nodiscard]] std::filesystem::path withGene(const std::filesystem::path& file, const std::string& stem);

} // namespace diploscope::cli
