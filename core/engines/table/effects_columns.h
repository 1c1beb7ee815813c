// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_fields.h"
#include "model/model_manifest.h"

#include <memory>
#include <string>
#include <vector>

namespace diploscope {

/// What model.json says of a table of effects. Inside engines/table only.
struct EffectsColumns {
    std::vector<std::string> scores; ///< columns, each a track
    bool perPerson = false;

    /// The keys that it reads.
    static std::vector<std::string> keys() { return {"scores", "per"}; }
    /// \error as readModelManifest
    [[nodiscard]] static Result<EffectsColumns> parse(const JsonFields& fields);
    /// Of an effect, as often as an allele adds it to its haplotype's score.
    [[nodiscard]] double copies() const { return perPerson ? 2.0 : 1.0; }
    /// What the columns are called as tracks; null where there is one.
    [[nodiscard]] std::shared_ptr<const TrackList> tracks() const;
};

} // namespace diploscope
