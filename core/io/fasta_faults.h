// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <vector>

/// What is wrong with a FASTA file or its index, in words: htslib says so only on stderr. Inside core/io
/// only.
namespace diploscope {

/// The file, decompressed, begins as FASTA does. \error BadInput
[[nodiscard]] Result<void> checkFastaStart(const std::filesystem::path& file);

/// Why htslib could not index the file: reads it through to the first faulty line.
[[nodiscard]] Error describeFastaFault(const std::filesystem::path& file);

/// The index fits the file: the first and the last contig begin where it says, under the name it says, and
/// the last one's end is there. \param index `.fai`, and `.gzi` for bgzip. \error BadInput
[[nodiscard]] Result<void> checkFastaIndex(const std::filesystem::path& file,
                                           const std::vector<std::filesystem::path>& index);

} // namespace diploscope
