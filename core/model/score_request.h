// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace diploscope {

/// How a model's outputs become a score, in a person's words: in a study file, on the command line, in the
/// window. What is empty is left to who speaks next: command line or window, study file, model.json.
struct ScoreRequest {
    std::string tracks{};                    ///< "4980,CAGE:brain*", see chooseTracks()
    std::string bins{};                      ///< "447-449"
    std::string aggregate{};                 ///< sum, sum-log1p, log2-of-sum
    std::filesystem::path head{};            ///< a fine-tuned head's CSV, in place of tracks and aggregate
    std::filesystem::path targets{};         ///< what the tracks are called
    std::optional<int> shifts{};             ///< n: mean over shifts -n..n bp
    std::optional<bool> reverseComplement{}; ///< mean over both strands
    bool ownScore = false;                   ///< what is empty is left to model.json, past the study file

    [[nodiscard]] bool empty() const { return *this == ScoreRequest{}; }
    friend bool operator==(const ScoreRequest&, const ScoreRequest&) = default;

    /// This, and where it says nothing, `other`; with `ownScore` this alone. A head and tracks exclude each
    /// other: this one's choice counts.
    [[nodiscard]] ScoreRequest orElse(const ScoreRequest& other) const;
};

/// Larger shifts are refused: they cost 2n + 1 predictions each and say no more.
inline constexpr int kMostShifts = 100;

} // namespace diploscope
