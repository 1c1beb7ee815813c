// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/track_reader.h"

namespace diploscope {

/// Values of a bigWig's region that are held as they are: as many as half a million bases may have, each its
/// own. Of more, means of equal stretches are held, so that memory and drawing do not grow with the region.
inline constexpr int64_t MostSignalValues = 500'000;

/// readTrack() of a bigWig. \param most held \error as readTrack, BigWigFile::open; BadInput: more values
/// than `most` that lie on one another
[[nodiscard]] Result<FileTrack> readBigWigTrack(const std::filesystem::path& file, const Region& region,
                                                const RunContext& context, int64_t most = MostSignalValues);

/// Whether it can be read as one, as far as header, contigs and index tell.
[[nodiscard]] Result<void> checkBigWig(const std::filesystem::path& file);

} // namespace diploscope
