// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_fields.h"
#include "io/effect_table.h"
#include "model/model_manifest.h"

#include <memory>
#include <string>
#include <vector>

namespace diploscope {

/// What model.json says of a table of effects. Inside engines/table only.
struct EffectsColumns {
    std::vector<std::string> scores; ///< columns, each a track
    bool perPerson = false;
    std::string
        chain; ///< a file beside the table, by which its places are lifted; empty: they are as they are

    /// The keys that it reads.
    static std::vector<std::string> keys() { return {"scores", "per", "chain"}; }
    /// \error as readModelManifest
    [[nodiscard]] static Result<EffectsColumns> parse(const JsonFields& fields);
    /// Of an effect, as often as an allele adds it to its haplotype's score.
    [[nodiscard]] double copies() const { return perPerson ? 2.0 : 1.0; }
    /// What the columns are called as tracks; null where there is one.
    [[nodiscard]] std::shared_ptr<const TrackList> tracks() const;
};

/// A table of effects, in the build that the model is used in.
struct LiftedEffects {
    EffectTable table;
    std::string lifted; ///< how its places came there, for the model's note; empty: as they are
};
/// \param file the table's \error as EffectTable::read, readChain; Mismatch: its chain lifts none of its
/// places
[[nodiscard]] Result<LiftedEffects> readLiftedEffects(const ModelManifest& model,
                                                      const std::filesystem::path& file,
                                                      const EffectsColumns& columns);

} // namespace diploscope
