// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/score_request.h"

namespace diploscope {

ScoreRequest ScoreRequest::orElse(const ScoreRequest& other) const {
    if (ownScore)
        return *this;
    ScoreRequest both = *this;
    const auto fill = [](auto& mine, const auto& theirs) {
        if (mine == std::remove_cvref_t<decltype(mine)>{})
            mine = theirs;
    };
    if (head.empty()) {
        if (tracks.empty() && aggregate.empty())
            both.head = other.head;
        fill(both.tracks, other.tracks);
        fill(both.aggregate, other.aggregate);
    }
    fill(both.bins, other.bins);
    fill(both.targets, other.targets);
    fill(both.shifts, other.shifts);
    fill(both.reverseComplement, other.reverseComplement);
    fill(both.ownScore, other.ownScore);
    return both;
}

} // namespace diploscope
