// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope::ui {

/// What rows of the genotype track are sorted by. Equals stand as similarity has them.
enum class RowOrder { Similarity, Prediction, Expression, SelectedSnv };
/// Its word in sessions and commands: "similarity", "prediction", "expression", "snv".
[[nodiscard]] std::string wordOf(RowOrder order);
[[nodiscard]] const std::vector<std::string>& rowOrderWords(); ///< in the order of RowOrder
/// As a menu says it.
[[nodiscard]] QString titleOf(RowOrder order);

/// How a person arranged a gene's locus. It is the same for every gene: a track that one lacks keeps its
/// place for the next. A value of the document.
struct LocusLayout {
    static constexpr double LeastHeight = 0.3;
    static constexpr double MostHeight = 6;
    struct Place {
        std::string track;
        double height = 1; ///< times what the track has by itself
        bool shown = true;
        friend bool operator==(const Place&, const Place&) = default;
    };

    std::vector<Place>
        places; ///< top to bottom; tracks of which nothing is said stand where they do at first
    RowOrder rows = RowOrder::Similarity;
    std::vector<std::filesystem::path> files = {};   ///< shown as tracks, beside the study's own; absolute
    std::vector<std::filesystem::path> removed = {}; ///< the study's own that are not to be read
    std::vector<std::filesystem::path> motifs = {};  ///< files, beside the study's own; absolute
    bool sharedScale = false;                        ///< tracks of signals have one y axis

    friend bool operator==(const LocusLayout&, const LocusLayout&) = default;
};

inline constexpr std::string_view EqtlTrack = "eqtl";
inline constexpr std::string_view GenotypesTrack = "genotypes";
inline constexpr std::string_view LinkageTrack = "ld";
inline constexpr std::string_view ModelTrackPrefix = "model:"; ///< of the key of another model's effects

/// Whether a track is shown before a person, or an option of a command, says so.
[[nodiscard]] bool isShownAtFirst(std::string_view key);
/// Whether a track is among those shown.
[[nodiscard]] bool isShown(const LocusLayout& layout, std::string_view key);

/// A track that a locus has, as the program would stack it.
struct LocusTrack {
    std::string key; ///< in LocusLayout: "ism"
    QString title;   ///< in menus: "ISM"
};
struct PlacedTrack : LocusTrack {
    double height = 1;
    bool shown = true;
};

/// All tracks as they are arranged, also the hidden ones. At least one of them is shown.
[[nodiscard]] std::vector<PlacedTrack> arranged(const std::vector<LocusTrack>& tracks,
                                                const LocusLayout& layout);
/// Puts a track before another one (in front of the `to`th of those shown, counted without itself).
[[nodiscard]] LocusLayout withMoved(const std::vector<LocusTrack>& tracks, LocusLayout layout,
                                    std::string_view key, size_t to);
[[nodiscard]] LocusLayout withShown(const std::vector<LocusTrack>& tracks, LocusLayout layout,
                                    std::string_view key, bool shown);
[[nodiscard]] LocusLayout withHeight(const std::vector<LocusTrack>& tracks, LocusLayout layout,
                                     std::string_view key, double height);

} // namespace diploscope::ui
