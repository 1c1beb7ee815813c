// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/annotation.h"
#include "io/text_reader.h"

#include <filesystem>

namespace diploscope {

/// GENCODE/Ensembl GTF or GFF3 (`gene` and `exon` records), or a TSV or CSV `gene_id gene_name chrom tss
/// strand` (columns by name, tss 1-based); recognised by content; plain or gzip; LF or CRLF. Genes without a
/// strand are left out and listed. \error NotFound, BadInput with the line (too few columns, start > end, bad
/// strand, no gene record, duplicate id). Source: FORMATS 4.
[[nodiscard]] Result<Annotation> readAnnotation(const std::filesystem::path& file);
/// Whether a row of names heads such a table.
[[nodiscard]] bool isTssHeader(const std::vector<std::string_view>& names);
/// The same of text that was opened already.
[[nodiscard]] Result<Annotation> readAnnotation(TextReader reader, const std::filesystem::path& file);

} // namespace diploscope
