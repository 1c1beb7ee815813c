// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/track_list.h"

#include <Eigen/Core>

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// A linear head on log2 of a model's tracks: score = sum_k weight_k * log2(sum of bins of track k) + offset
/// (METHODS 3). Tracks of weight 0 are left out: the model need not be asked for them. Immutable.
struct TunedHead {
    std::string name;        ///< the file's, for people
    std::vector<int> tracks; ///< ascending, of the model
    Eigen::VectorXd weights; ///< [tracks]
    double offset = 0;
    std::string digest; ///< of tracks, weights and offset
    /// In words, that tracks are called otherwise than the model's; empty where they are not, or where one of
    /// the two has no names.
    std::string note;

    /// \param sums [tracks] each track's bins added up; not positive: the score is no number
    [[nodiscard]] double score(const Eigen::Ref<const Eigen::RowVectorXd>& sums) const;
    /// d score / d sums
    [[nodiscard]] Eigen::RowVectorXd gradient(const Eigen::Ref<const Eigen::RowVectorXd>& sums) const;
};

/// Reads CSV `tracks,weights`: a row for each of the model's tracks, in its order, then `offset`. Names may
/// hold commas, quoted or not. Letters and digits are compared alone: published heads write `;` where targets
/// files have commas.
/// \param names  what the model calls its tracks; null where that is not known
/// \error NotFound, Io; BadInput with file and line; Mismatch when it has not `trackCount` tracks, or a row
/// has the name of another of them: the rows are in another order. Source: FORMATS 5.
[[nodiscard]] Result<TunedHead> readTunedHead(const std::filesystem::path& file, int trackCount,
                                              const TrackList* names = nullptr);

} // namespace diploscope
