// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/text_reader.h"

#include <optional>
#include <string>
#include <string_view>

namespace diploscope {

/// A line behind its `#` and blanks: `chr` of `# chr`; a line without `#` as it is.
[[nodiscard]] std::string_view behindHash(std::string_view line);

/// Whether a table of numbers is a BED of expression: its first name is `#chr` or `#chrom`, whatever
/// separates the names.
[[nodiscard]] bool isBedHeader(std::string_view line);

/// Whether a line that begins with `#` before a table of numbers is a comment. It is none where it names the
/// columns, as BED's `#chr`, PLINK's `#FID` or `#gene_id` do: told by its first name, and by whether it is as
/// long as the row below. A blank behind `#` begins a sentence sooner than a header, which must then stand
/// right above a row of numbers. \param next  the next line that is not blank; empty at the end
[[nodiscard]] bool isComment(std::string_view line, std::string_view next);

/// Passes over comments and blank lines. \return the line with the names, without blanks behind a `#`;
/// `reader` stands behind it. Nothing at the end. \error as TextReader::next
[[nodiscard]] Result<std::optional<std::string>> readHeaderLine(TextReader& reader);

} // namespace diploscope
