// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random_access_file.h"
#include "base/run_context.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// A stretch of a bigWig's contig with one value. Places are 0-based, half-open, at least one base.
struct BigWigValue {
    uint32_t contig = 0; ///< BigWigContig::id
    int64_t start = 0;
    int64_t end = 0;
    float value = 0; ///< may be NaN or endless
};

struct BigWigContig {
    std::string name; ///< UTF-8
    uint32_t id = 0;
    int64_t length = 0; ///< bp, as the file says
};

/// A bigWig, read by region through its own index. What the file says of itself is not believed: counts and
/// places are held against its size, trees that lead in a circle and blocks that hold less than they promise
/// are damage, and memory is bounded whatever it holds. Summaries for zooming (its reductions) are passed
/// over. Inside core/io only. Any thread, several at a time. Source: FORMATS 13; Kent et al. 2010,
/// doi:10.1093/bioinformatics/btq351, tables 5 to 15 of its supplement.
class BigWigFile {
public:
    /// Reads header and contigs. \error NotFound, Io; BadInput: neither version 1 to 4 nor of this byte
    /// order, a bigBed, cut off, damaged
    [[nodiscard]] static Result<BigWigFile> open(const std::filesystem::path& file);

    /// In the order of the file.
    [[nodiscard]] const std::vector<BigWigContig>& contigs() const { return m_contigs; }

    struct Stretch {
        uint32_t contig = 0;
        int64_t start = 0, end = 0;
    };
    using Sink = std::function<Result<void>(const BigWigValue&)>;
    /// Hands over values in the order of the file: those that overlap `where`, or all of them.
    /// \error Cancelled; BadInput: damaged; what `sink` gives
    [[nodiscard]] Result<void> read(const std::optional<Stretch>& where, const Sink& sink,
                                    const RunContext& context = {}) const;

private:
    BigWigFile(RandomAccessFile file, std::string path) : m_file(std::move(file)), m_path(std::move(path)) {}
    [[nodiscard]] Result<void> readHeader();
    [[nodiscard]] Result<void> readContigs(uint64_t at);

    RandomAccessFile m_file;
    std::string m_path;
    uint64_t m_index = 0; ///< where its head stands
    bool m_isCompressed = false;
    std::vector<BigWigContig> m_contigs;
};

/// Whether a file begins as a bigWig or a bigBed does, in either order of bytes: open() tells what is wrong
/// with those that are not read. False where it cannot be opened.
[[nodiscard]] bool beginsAsBigWig(const std::filesystem::path& file);

} // namespace diploscope
