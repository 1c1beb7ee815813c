// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/region.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace diploscope {

/// Why a file could not be opened as a reference, as far as its beginning tells. \error as FastaReader::open
[[nodiscard]] Result<void> checkFastaFile(const std::filesystem::path& file);

/// A reference genome: FASTA with `.fai` (bgzipped: `.gzi` too). A missing index is built by htslib beside
/// the file, or in the user's cache where that folder cannot be written or holds one that does not fit. Owns
/// its file handle; one object may be used from several threads (calls are serialised).
class FastaReader {
public:
    /// \error NotFound, BadInput (empty, not FASTA, plain gzip instead of bgzip, stale index), Io
    [[nodiscard]] static Result<FastaReader> open(const std::filesystem::path& file);
    FastaReader(FastaReader&&) noexcept;
    FastaReader& operator=(FastaReader&&) noexcept;
    ~FastaReader();

    [[nodiscard]] const std::vector<std::string>& contigs() const;
    /// Indexes beside the file that are older than it or of another; one from the user's cache is read
    /// instead.
    [[nodiscard]] const std::vector<std::filesystem::path>& passedOverIndexes() const;
    /// Length in bp, -1 for an unknown contig.
    [[nodiscard]] int64_t contigLength(const std::string& contig) const;

    /// The bases of `region`, length exactly region.length(): upper case A/C/G/T, everything else N, N
    /// outside the contig. \error NotFound for an unknown contig, BadInput when the file ends early.
    [[nodiscard]] Result<std::string> fetch(const Region& region) const;

private:
    struct Impl;
    explicit FastaReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace diploscope
