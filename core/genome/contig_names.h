// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// The name among `available` that means the same contig as `name`: itself, else an alias: with or without
/// `chr` in any case, `M`/`MT`/`chrM` for the mitochondrion, `XY` for X, the accession of a human chromosome
/// (RefSeq `NC_000022.11`, GenBank `CM000684.2`, of GRCh37 and GRCh38), and, where nothing else fits and the
/// others are named as PLINK does, 23 and 25 for X, 24 for Y, 26 for MT. Nothing when there is none. Source:
/// FORMATS 1.
[[nodiscard]] std::optional<std::string> matchingContig(std::string_view name,
                                                        const std::vector<std::string>& available);

/// All of them, in their order: one file may name a contig in two ways.
[[nodiscard]] std::vector<std::string> matchingContigs(std::string_view name,
                                                       const std::vector<std::string>& available);

/// A name to compare contigs of different files by: without `chr`, accessions as the chromosome, `M` as `MT`,
/// `XY` as `X`.
[[nodiscard]] std::string canonicalContig(std::string_view name);

} // namespace diploscope
