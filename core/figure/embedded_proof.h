// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

/// Where in a figure's file its proof stands: an element `diploscope:proof` in the `<metadata>` of SVG and
/// the XMP of PDF, a text chunk (iTXt) of that name in PNG.
namespace diploscope {

/// The XML element, for SVG and XMP.
[[nodiscard]] std::string proofElement(std::string_view text);

/// The same of a report, which is no figure: its name is `diploscope:report`.
[[nodiscard]] std::string reportElement(std::string_view text);

/// `png` with the text in a chunk behind its head. \error Internal: it is no PNG
[[nodiscard]] Result<std::string> withProofChunk(std::string_view png, std::string_view text);

/// What proofElement() or withProofChunk() put into a file, of anybody's. \error NotFound: there is none;
/// BadInput: cut off
[[nodiscard]] Result<std::string> embeddedProof(std::string_view file);

/// What reportElement() put into a file. \error as embeddedProof()
[[nodiscard]] Result<std::string> embeddedReport(std::string_view file);

/// `text` as it stands in XML.
[[nodiscard]] std::string xmlEscaped(std::string_view text);

} // namespace diploscope
