// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/recognise.h"

#include <string_view>

namespace diploscope {

// What stands along a locus and is none of a study's tables. Each fills kind, description and facts of
// `found`.

/// A track of text. \param text complete lines from the beginning of the file; what its reader says against
/// them is the problem
void takeTrack(std::string_view text, RecognisedFile& found);
/// Rows of a BED, bedGraph or narrowPeak. Numbers that merely look like places, such as people's in a header,
/// are on no contig. \return whether they are rows
[[nodiscard]] bool takeRows(std::string_view text, RecognisedFile& found);
/// A bigWig, by its own path.
void takeSignal(RecognisedFile& found);
/// A file of motifs, which are read: they are small.
void takeMotifs(RecognisedFile& found);

} // namespace diploscope
