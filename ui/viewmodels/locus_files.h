// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/track_reader.h"
#include "viewmodels/locus_layout.h"

#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// What is read of a file for a locus, with what every figure of it asks of all features: these may be a
/// million, and figures are built on the GUI thread. An immutable snapshot.
struct LaidOutTrack : FileTrack {
    static constexpr int MostRows = 12;

    std::vector<int64_t> furthestEnds; ///< [features] of those up to each
    std::vector<int> rows;             ///< [features] as packedRows(); empty of signals
    int rowCount = 1;                  ///< of stretches, at least 1
    int64_t hidden = 0;                ///< stretches without a row
    /// Of a signal, from 0 or below to the largest value; empty where there is none.
    std::optional<std::pair<double, double>> range;
};
/// For a worker. \return never null
[[nodiscard]] std::shared_ptr<const LaidOutTrack> laidOut(FileTrack track);

/// A file that a locus shows as a track.
struct ShownFile {
    std::string key; ///< "file:peaks.bed"; a second one of that name is "file:peaks.bed (2)"
    QString title;   ///< "peaks.bed"
    std::filesystem::path file;
    std::shared_ptr<const LaidOutTrack> data; ///< null: not read yet
};

/// The study's and those that a person added, in this order and each once, without those that were removed;
/// not read.
[[nodiscard]] std::vector<ShownFile> shownFiles(const std::vector<std::filesystem::path>& ofStudy,
                                                const LocusLayout& layout);
/// Without the file of a track: no more added, or removed from the study's.
[[nodiscard]] LocusLayout withoutFile(const std::vector<std::filesystem::path>& ofStudy, LocusLayout layout,
                                      const std::string& key);
/// What is read of files for a gene: its window and half as much on both sides, where a person may pan.
[[nodiscard]] Region regionForFiles(const Region& window);

/// LaidOutTrack::range of all of them that are read; empty where none has one.
[[nodiscard]] std::optional<std::pair<double, double>> signalRange(const std::vector<ShownFile>& files);

/// Rows for features that would lie on one another, at most `most`; -1: no row is left.
/// \param features by start
[[nodiscard]] std::vector<int> packedRows(const std::vector<TrackFeature>& features, int most);

/// Rich text, escaped.
[[nodiscard]] QString featureToolTip(const FileTrack& track, const TrackFeature& feature);

} // namespace diploscope::ui
