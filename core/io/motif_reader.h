// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

class TextReader;

/// What a factor binds, as its file has it.
struct Motif {
    std::string id;   ///< "MA0139.1"
    std::string name; ///< "CTCF"; the id where the file has none
    /// [width] of A, C, G, T. MEME's probabilities times its sites.
    std::vector<std::array<double, 4>> counts;
};

struct MotifFile {
    std::vector<Motif> motifs;
    /// Of A, C, G, T, from LeastBackground on; MEME's, uniform where the file names none.
    std::array<double, 4> background{0.25, 0.25, 0.25, 0.25};
};

inline constexpr size_t WidestMotif = 100;
inline constexpr size_t MostMotifs = 20'000;
/// Of one base at one position, and of MEME's sites. Log-odds have a table as long as their range.
inline constexpr double LargestCount = 1e9;
/// Of a base of the background.
inline constexpr double LeastBackground = 0.01;

/// MEME minimal format, or JASPAR's PFM (`>ID NAME`, then four rows of counts, with or without letters and
/// brackets). Told by content; plain or compressed. \error NotFound, Io; BadInput with the line: neither of
/// them, another alphabet, a matrix that is cut off, ragged, wider than WidestMotif, negative, without
/// counts or with more than LargestCount, probabilities that do not sum to 1; no motif. Source: FORMATS 14.
[[nodiscard]] Result<MotifFile> readMotifs(const std::filesystem::path& file);
/// Whether a file, or text, begins as one of them does.
[[nodiscard]] bool isMotifFile(const std::filesystem::path& file);
[[nodiscard]] bool areMotifs(TextReader reader);

} // namespace diploscope
