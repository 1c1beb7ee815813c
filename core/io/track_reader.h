// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "genome/region.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

class TextReader;

/// What is drawn along a locus beside what the program computes. Told by content.
enum class TrackFormat {
    Bed,        ///< BED3 to BED12
    NarrowPeak, ///< ENCODE's BED6+4
    BedGraph,   ///< four columns, the last a number
    BigWig,     ///< values by region, binary
    VcfSites,   ///< VCF, genotypes or not
    Transcripts ///< GTF or GFF3: exons by transcript
};
[[nodiscard]] std::string_view toText(TrackFormat format);
/// Whether it is a number along the axis; else stretches.
[[nodiscard]] constexpr bool isSignal(TrackFormat format) {
    return format == TrackFormat::BedGraph || format == TrackFormat::BigWig;
}

struct TrackFeature {
    int64_t start = 0; ///< 0-based, half-open; of no length: between two bases
    int64_t end = 0;
    std::string name;            ///< at most MostNameBytes of it; may be empty
    std::optional<double> value; ///< bedGraph's and bigWig's, BED's score, narrowPeak's signal
    std::optional<Strand> strand;
    std::optional<int64_t> summit;                   ///< 0-based, of narrowPeak
    std::vector<std::pair<int64_t, int64_t>> blocks; ///< BED12's, exons; sorted, as start and end; empty: one
};

/// A file's features in one region.
struct FileTrack {
    std::filesystem::path file;
    TrackFormat format = TrackFormat::Bed;
    std::vector<TrackFeature> features; ///< that overlap the region, by start; equal starts as in the file
    /// Of the whole file; of a bigWig, and where an index tells where the region is, those that were read.
    int64_t records = 0;
    bool hasContig = false; ///< the region's, whatever the file calls it
    int64_t binBases = 0;   ///< bases that a value is the mean of; 0: values are as the file has them
};

inline constexpr size_t MostNameBytes = 200;
/// Features of one region that are held, and their blocks.
inline constexpr size_t MostFeatures = 1'000'000;
/// Values are drawn, and what is beyond this leaves no room for the difference of two of them.
inline constexpr double LargestTrackValue = 1e300;

/// Reads a file to its end and keeps what overlaps `region`, whose contig goes by alias. Rows may be in any
/// order; `track` and `browser` lines and comments are passed over. Of a bigWig, and of a bgzipped file with
/// a tabix index that fits, that region alone is read (of transcripts its contig), or all of it, for its
/// faults, where the region names no contig. \error NotFound, Io, Cancelled; BadInput with the line: of no
/// known format, columns missing or too many, no number, start behind end, blocks beyond their feature; more
/// than MostFeatures in the region; damaged or cut-off compression, a damaged bigWig, a bigBed. Source:
/// FORMATS 13.
[[nodiscard]] Result<FileTrack> readTrack(const std::filesystem::path& file, const Region& region,
                                          const RunContext& context = {});

/// Tabix indexes beside the file that readTrack() does not use: they are older than it, damaged, or of
/// another file. \param format its own
[[nodiscard]] std::vector<std::filesystem::path> unusedTrackIndexes(const std::filesystem::path& file,
                                                                    TrackFormat format);

/// Its format, by its first records. \error as readTrack, of those
[[nodiscard]] Result<TrackFormat> trackFormat(const std::filesystem::path& file);

/// What the first records tell.
struct TrackHead {
    TrackFormat format = TrackFormat::Bed;
    std::string contig; ///< of the first one that is drawn; empty: there is none among them
};
/// Of text, or its beginning up to the end of a line. \param file that it is of \error as readTrack
[[nodiscard]] Result<TrackHead> readTrackHead(TextReader reader, const std::filesystem::path& file);

} // namespace diploscope
