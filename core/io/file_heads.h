// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What the beginning of a file tells, without reading or indexing the rest: for telling files apart.
namespace diploscope {

/// The first bytes of a file, decompressed where it is gzip or bgzip.
struct FileHead {
    std::string bytes;
    bool compressed = false;
    bool whole = false; ///< there is nothing behind `bytes`
    /// The content is there, but the file was cut off or is damaged behind it.
    std::optional<Error> damage;
};
/// \param bytes at most so many. \error NotFound, Io; BadInput for a folder, an empty file, or damage that
/// leaves nothing.
[[nodiscard]] Result<FileHead> readFileHead(const std::filesystem::path& file, size_t bytes);

struct ContigLength {
    std::string name;
    int64_t length = 0; ///< bp; 0 where the file does not say
};

/// Contigs of a FASTA from an index that is there already, in its order. \error NotFound when there is none
/// that fits; Mismatch when the FASTA ends before its index does.
[[nodiscard]] Result<std::vector<ContigLength>> readFastaContigs(const std::filesystem::path& file);

/// What a VCF or BCF shows at its beginning.
struct VariantHead {
    std::vector<std::string> people;
    std::vector<ContigLength> declared; ///< of the header, which often names contigs without records
    /// That have records: from an index that is there already, else those of the first records.
    std::vector<std::string> contigs;
    bool contigsAreComplete = false; ///< they come from an index
    int64_t heterozygotes = 0;       ///< genotypes of the first records with two different alleles
    int64_t phased = 0;              ///< of these
};
/// Also of files that cannot be opened as genotypes (not compressed, gzip): those tell what they are, too.
/// \param records how many to look at, from the beginning. \error BadInput when the header cannot be read.
[[nodiscard]] Result<VariantHead> readVariantHead(const std::filesystem::path& file, int records = 200);

/// Why the file could not be opened as a study's genotypes, as far as its beginning tells.
[[nodiscard]] Result<void> checkVariantFile(const std::filesystem::path& file);

} // namespace diploscope
