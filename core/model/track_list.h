// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// What a model's track is called.
struct TrackInfo {
    std::string identifier;  ///< "CNhs10617"; may be empty
    std::string description; ///< "CAGE:brain, adult,"

    /// For a person: the description without Basenji's trailing comma, else the identifier.
    [[nodiscard]] std::string label() const;
};
/// In model order.
using TrackList = std::vector<TrackInfo>;

/// Reads a targets file: TSV whose header names `index`, `identifier`, `description` among others (at least
/// one of the last two), as Basenji's and Enformer's `targets_human.txt`; or a plain list, one name a line.
/// \param trackCount of the model: as many names there must be
/// \error NotFound, Io; BadInput with file and line; Mismatch when the counts differ.
[[nodiscard]] Result<TrackList> readTrackList(const std::filesystem::path& file, int trackCount);

/// Tracks as a person writes them: "4980", "10-20", "CAGE:brain*", or several of these between commas. A name
/// may hold `*` and `?`, is compared with identifiers and descriptions without regard to case, and may stand
/// in quotes; one that holds commas needs none when it is alone.
/// \param names may be null: then only numbers are understood. \return sorted, each once; 0-based
/// \error BadInput for a number out of range, or a name without `names`; NotFound with the nearest names.
[[nodiscard]] Result<std::vector<int>> chooseTracks(std::string_view text, int trackCount,
                                                    const TrackList* names);

/// "447-449" or "3,5". \error BadInput
[[nodiscard]] Result<std::vector<int>> chooseBins(std::string_view text, int binCount);

/// Sorted numbers in a person's way: "447-449", "3,5-7".
[[nodiscard]] std::string rangesText(const std::vector<int>& numbers);

} // namespace diploscope
