// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/locus_layout.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {
struct GeneReport;
}

namespace diploscope::ui {

inline constexpr std::string_view EffectsTrack = "ism";
inline constexpr std::string_view FineMappingTrack = "pip";
inline constexpr std::string_view MissingTrack = "missing";
inline constexpr std::string_view FileTrackPrefix = "file:"; ///< of the key of a file's track

/// A track that any gene's locus may have: all there is to say of it but its data and its chart. Other
/// models' tracks and those of files are not among them: there are as many as a person wishes.
struct TrackKind {
    std::string_view key; ///< in layouts, sessions, figures and options; stays as it is once there are such
    const char* title;    ///< in menus; for QObject::tr()
    bool (*isIn)(const GeneReport&); ///< whether the report has something for it
    bool shownAtFirst = true;        ///< else a person, or --locus-track, asks for it
    double share = 1;                ///< height of its plot in a stack, as a share of an ordinary track's
    double room = 1.2;               ///< in ordinary tracks, what a figure of many grows by for it
};

/// All of them, top to bottom as the program stacks them.
[[nodiscard]] std::span<const TrackKind> trackKinds();
/// Null for a model's or a file's track, and for none.
[[nodiscard]] const TrackKind* findTrackKind(std::string_view key);
[[nodiscard]] std::vector<std::string> trackKeys();
/// Of those that wait to be asked for.
[[nodiscard]] std::vector<std::string> askedTrackKeys();

} // namespace diploscope::ui
