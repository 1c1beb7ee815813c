// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/locus_layout.h"

#include "figure/figure_names.h"
#include "viewmodels/track_kinds.h"

#include <QObject>

#include <algorithm>

namespace diploscope::ui {
namespace {

/// What is arranged becomes what is said; places of tracks that this locus lacks stay behind what they were
/// behind.
LocusLayout saidBy(const std::vector<PlacedTrack>& tracks, LocusLayout layout) {
    std::vector<LocusLayout::Place> places;
    for (const PlacedTrack& track : tracks)
        places.push_back({track.key, track.height, track.shown});
    const auto placeOf = [&places](const std::string& key) {
        return std::find_if(places.begin(), places.end(),
                            [&key](const LocusLayout::Place& place) { return place.track == key; });
    };
    for (size_t i = 0; i < layout.places.size(); ++i) {
        if (placeOf(layout.places[i].track) != places.end())
            continue;
        const auto before = i == 0 ? places.end() : placeOf(layout.places[i - 1].track);
        places.insert(before == places.end() ? places.begin() : before + 1, layout.places[i]);
    }
    layout.places = std::move(places);
    return layout;
}

template <class Change>
LocusLayout withChanged(const std::vector<LocusTrack>& tracks, LocusLayout layout, std::string_view key,
                        const Change& change) {
    std::vector<PlacedTrack> placed = arranged(tracks, layout);
    for (PlacedTrack& track : placed)
        if (track.key == key)
            change(track);
    return saidBy(placed, std::move(layout));
}

} // namespace

const std::vector<std::string>& rowOrderWords() {
    static const std::vector<std::string> words = textsOf(rowOrderNames);
    return words;
}

std::string wordOf(RowOrder order) {
    return rowOrderWords()[static_cast<size_t>(order)];
}

QString titleOf(RowOrder order) {
    switch (order) {
    case RowOrder::Similarity:
        return QObject::tr("similarity");
    case RowOrder::Prediction:
        return QObject::tr("prediction");
    case RowOrder::Expression:
        return QObject::tr("expression");
    case RowOrder::SelectedSnv:
        break;
    }
    return QObject::tr("the selected SNV");
}

std::vector<PlacedTrack> arranged(const std::vector<LocusTrack>& tracks, const LocusLayout& layout) {
    std::vector<PlacedTrack> placed;
    const auto trackOf = [&tracks](const std::string& key) {
        return std::find_if(tracks.begin(), tracks.end(),
                            [&key](const LocusTrack& track) { return track.key == key; });
    };
    const auto placeOf = [&placed](const std::string& key) {
        return std::find_if(placed.begin(), placed.end(),
                            [&key](const PlacedTrack& track) { return track.key == key; });
    };
    for (const LocusLayout::Place& place : layout.places)
        if (const auto track = trackOf(place.track);
            track != tracks.end() && placeOf(place.track) == placed.end())
            placed.push_back({*track, place.height, place.shown});
    for (size_t i = 0; i < tracks.size(); ++i) {
        if (placeOf(tracks[i].key) != placed.end())
            continue;
        const auto before = i == 0 ? placed.end() : placeOf(tracks[i - 1].key);
        placed.insert(before == placed.end() ? placed.begin() : before + 1,
                      PlacedTrack{tracks[i], 1, isShownAtFirst(tracks[i].key)});
    }
    if (!placed.empty() && std::none_of(placed.begin(), placed.end(), [](const auto& t) { return t.shown; }))
        placed.front().shown = true;
    return placed;
}

bool isShownAtFirst(std::string_view key) {
    const TrackKind* kind = findTrackKind(key);
    return kind == nullptr ? !key.starts_with(ModelTrackPrefix) : kind->shownAtFirst;
}

bool isShown(const LocusLayout& layout, std::string_view key) {
    const auto place = std::find_if(layout.places.begin(), layout.places.end(),
                                    [key](const LocusLayout::Place& said) { return said.track == key; });
    return place == layout.places.end() ? isShownAtFirst(key) : place->shown;
}

LocusLayout withMoved(const std::vector<LocusTrack>& tracks, LocusLayout layout, std::string_view key,
                      size_t to) {
    std::vector<PlacedTrack> placed = arranged(tracks, layout);
    const auto found =
        std::find_if(placed.begin(), placed.end(), [key](const PlacedTrack& t) { return t.key == key; });
    if (found == placed.end())
        return layout;
    const PlacedTrack moved = *found;
    placed.erase(found);
    auto at = placed.begin();
    for (size_t before = to; at != placed.end(); ++at)
        if (at->shown && before-- == 0)
            break;
    placed.insert(at, moved);
    return saidBy(placed, std::move(layout));
}

LocusLayout withShown(const std::vector<LocusTrack>& tracks, LocusLayout layout, std::string_view key,
                      bool shown) {
    return withChanged(tracks, std::move(layout), key, [shown](PlacedTrack& track) { track.shown = shown; });
}

LocusLayout withHeight(const std::vector<LocusTrack>& tracks, LocusLayout layout, std::string_view key,
                       double height) {
    return withChanged(tracks, std::move(layout), key, [height](PlacedTrack& track) {
        track.height = std::clamp(height, LocusLayout::LeastHeight, LocusLayout::MostHeight);
    });
}

} // namespace diploscope::ui
