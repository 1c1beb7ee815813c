// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requests/figure_request.h"
#include "figure/figure_proof.h"
#include "figures/figure_sources.h"

#include <filesystem>
#include <string>

namespace diploscope::cli {

/// What a figure's file says of itself. \error as embeddedProof and parseProof, with the file; NotFound, Io
[[nodiscard]] Result<FigureProof> proofIn(const std::filesystem::path& file);
/// The same of a figure's file or a report's, which are told apart by `isReport`.
struct StoredProof {
    FigureProof proof;
    bool isReport = false;
};
/// \param content of the file
[[nodiscard]] Result<StoredProof> storedProofIn(const std::string& content,
                                                const std::filesystem::path& file);

/// The specification that is meant, with what options say of it. Of no gene where several are asked for.
/// \error NotFound: no such figure, template or file; BadInput: options that the figure does not have
[[nodiscard]] Result<FigureDesign> requestedDesign(const FigureRequest& request);

/// Of which study, model and gene something is asked for, and how its numbers come about; no panels. Of no
/// gene where several are asked for.
[[nodiscard]] FigureDesign requestedSubject(const FigureRequest& request);

/// How scores come about; notes go to stderr. \error of the cache's file
[[nodiscard]] Result<ui::SourceSettings> sourceSettings(const FigureRequest& request);

} // namespace diploscope::cli
