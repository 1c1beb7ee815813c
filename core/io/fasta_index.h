// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "io/bgzf_blocks.h"
#include "io/htslib_files.h"

#include <filesystem>
#include <string>
#include <vector>

/// The index of a FASTA, read and checked here: htslib believes what a `.fai` and a `.gzi` say, and ends the
/// program where they are wrong. Inside core/io only.
namespace diploscope {

/// One row of a `.fai`. Offsets are of the decompressed text.
struct FastaIndexRow {
    std::string name;
    int64_t length = 0; ///< bases
    int64_t offset = 0; ///< of the first base
    int64_t basesPerLine = 0;
    int64_t bytesPerLine = 0; ///< with the line's end

    /// The place of a base, counted from 0.
    [[nodiscard]] int64_t byteOf(int64_t base) const {
        return offset + base / basesPerLine * bytesPerLine + base % basesPerLine;
    }
};

/// An index that fits its FASTA, with the text that it leads into.
struct FastaIndex {
    std::filesystem::path file; ///< `.fai`
    std::vector<FastaIndexRow> rows;
    BlockText text;
};

/// `.fai`, and `.gzi` for bgzip.
[[nodiscard]] std::vector<std::string> fastaIndexSuffixes(Compression compression);

/// Reads and checks: every number against the others and the size of the text; the contigs (some of many)
/// begin where a row says, under the name that it says, and end with their last base.
/// \error BadInput: the index is broken or of another file; Mismatch: the FASTA ends before its index does
[[nodiscard]] Result<FastaIndex> openFastaIndex(const std::filesystem::path& fasta, const IndexFiles& index);

/// The one that is there already, beside the FASTA or in the cache. \error NotFound when none fits; Mismatch
/// as above: then the FASTA may be cut off, and a new index would hide that
[[nodiscard]] Result<FastaIndex> findFastaIndex(const std::filesystem::path& fasta, Compression compression);

} // namespace diploscope
