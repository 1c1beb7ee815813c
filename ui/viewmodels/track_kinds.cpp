// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/track_kinds.h"

#include "analysis/gene_report.h"
#include "figure/figure_names.h"

#include <QObject>

#include <algorithm>
#include <array>

namespace diploscope::ui {
namespace {

bool isAlways(const GeneReport&) {
    return true;
}

bool hasProbabilities(const GeneReport& report) {
    return std::any_of(report.variants.begin(), report.variants.end(),
                       [](const VariantResult& variant) { return variant.prunedPip.has_value(); }) ||
           std::any_of(report.imported.begin(), report.imported.end(),
                       [](const ImportedEffect& imported) { return imported.pip.has_value(); });
}

bool leavesOut(const GeneReport& report) {
    return std::any_of(report.variants.begin(), report.variants.end(),
                       [](const VariantResult& variant) { return variant.poorlyGenotyped; });
}

bool hasGenotypes(const GeneReport& report) {
    return !report.people.empty() &&
           std::any_of(report.variants.begin(), report.variants.end(),
                       [](const VariantResult& variant) { return !variant.genotypes.empty(); });
}

constexpr std::array locusTrackKinds{
    TrackKind{
        .key = EffectsTrack, .title = QT_TRANSLATE_NOOP("QObject", "Model's effects"), .isIn = isAlways},
    TrackKind{.key = EqtlTrack, .title = QT_TRANSLATE_NOOP("QObject", "eQTL"), .isIn = isAlways},
    // Low, because its values crowd at 0 and at 1.
    TrackKind{.key = FineMappingTrack,
              .title = QT_TRANSLATE_NOOP("QObject", "Fine mapping"),
              .isIn = hasProbabilities,
              .share = 0.5},
    // Low, because it says why others are empty and no more.
    TrackKind{.key = MissingTrack,
              .title = QT_TRANSLATE_NOOP("QObject", "Missing genotypes"),
              .isIn = leavesOut,
              .share = 0.5},
    // High: hundreds of rows.
    TrackKind{.key = GenotypesTrack,
              .title = QT_TRANSLATE_NOOP("QObject", "Genotypes"),
              .isIn = hasGenotypes,
              .shownAtFirst = false,
              .share = 2,
              .room = 2.2},
    TrackKind{.key = LinkageTrack,
              .title = QT_TRANSLATE_NOOP("QObject", "LD of pairs"),
              .isIn = hasGenotypes,
              .shownAtFirst = false,
              .share = 1.2},
};
static_assert(std::all_of(locusTrackKinds.begin(), locusTrackKinds.end(),
                          [](const TrackKind& kind) {
                              const auto& asked = askedTrackNames;
                              return kind.shownAtFirst ==
                                     (std::find(asked.begin(), asked.end(), kind.key) == asked.end());
                          }),
              "core/figure/figure_names.h has other names of tracks that are asked for");

} // namespace

std::span<const TrackKind> trackKinds() {
    return locusTrackKinds;
}

const TrackKind* findTrackKind(std::string_view key) {
    const auto* found = std::find_if(locusTrackKinds.begin(), locusTrackKinds.end(),
                                     [key](const TrackKind& kind) { return kind.key == key; });
    return found == locusTrackKinds.end() ? nullptr : found;
}

std::vector<std::string> trackKeys() {
    std::vector<std::string> keys;
    for (const TrackKind& kind : locusTrackKinds)
        keys.emplace_back(kind.key);
    return keys;
}

std::vector<std::string> askedTrackKeys() {
    std::vector<std::string> keys;
    for (const TrackKind& kind : locusTrackKinds)
        if (!kind.shownAtFirst)
            keys.emplace_back(kind.key);
    return keys;
}

} // namespace diploscope::ui
