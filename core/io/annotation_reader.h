// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/annotation.h"

#include <filesystem>

namespace diploscope {

/// GENCODE/Ensembl GTF or GFF3 (`gene` and `exon` records), or a TSV `gene_id gene_name chrom tss strand`
/// (columns by name, tss 1-based); recognised by content; plain or gzip; LF or CRLF. \error NotFound,
/// BadInput with the line (too few columns, start > end, bad strand, no gene record, duplicate id). Source:
/// FORMATS, annotation row.
[[nodiscard]] Result<Annotation> readAnnotation(const std::filesystem::path& file);

} // namespace diploscope
