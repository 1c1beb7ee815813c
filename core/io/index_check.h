// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

/// Whether an index may be handed to htslib, which believes every number in it: a wrong count or offset
/// crashes it, makes it spin, or hides records. Inside core/io only.
namespace diploscope {

/// How an indexed file says where its rows are: of text the index names the columns.
enum class IndexedLayout {
    Vcf,
    Bcf, ///< whose index has no names of its own
    Bed, ///< contig, start and end in columns 1 to 3, from 0
    Gff  ///< in columns 1, 4 and 5, from 1
};

/// What the data say that an index is for.
struct IndexedData {
    std::filesystem::path file;
    IndexedLayout layout = IndexedLayout::Vcf;
    std::vector<std::string> contigs; ///< of a BCF, by number: those of its header
};

/// A `.tbi` or `.csi`: magic, counts, bins and their chunks, names; every place lies in the file, those
/// looked at (each contig's first, of some hundred) begin a record of that contig, and behind the last one
/// the data hold nothing more. So an index of a longer, shorter or otherwise compressed file does not pass.
/// \error BadInput: what does not fit
[[nodiscard]] Result<void> checkIndex(const std::filesystem::path& index, const IndexedData& data);

} // namespace diploscope
