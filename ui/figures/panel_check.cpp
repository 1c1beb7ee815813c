// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/panel_check.h"

#include "base/suggestion.h"
#include "viewmodels/track_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {
namespace {

/// A key that a panel may have, whether it has it, and whether the figure takes it.
struct PanelKey {
    const char* key;
    bool isSet;
    bool isTaken;
};

std::vector<PanelKey> keysOf(const FigureEntry& entry, const PanelDesign& panel) {
    const FigureChoices& choices = entry.choices;
    const bool ofGenome = entry.kind == FigureKind::Genome, ofPerson = entry.kind == FigureKind::Person;
    return {{"variants", !panel.variants.empty(), choices.variant || choices.layout},
            {"people", !panel.people.empty(), choices.layout},
            {"region", !panel.region.empty(), choices.region},
            {"around_tss", panel.aroundTss.has_value(), choices.region},
            {"tracks", !panel.tracks.empty(), choices.layout},
            {"files", !panel.files.empty(), choices.layout},
            {"haplotype_order", !panel.haplotypeOrder.empty(), choices.layout},
            {"shared_scale", panel.sharedScale, choices.layout},
            {"marks", !panel.marks.empty(), choices.layout},
            {"attribution", !panel.attribution.empty(), choices.attribution},
            {"colour", !panel.colour.empty(), choices.colour},
            {"ld_references", !panel.ldReferences.empty(), choices.references},
            {"eqtl_given", !panel.eqtlGiven.empty(), choices.references},
            {"other_model", !panel.otherModel.empty(), choices.otherModel},
            {"null", !panel.null.empty(), ofGenome},
            {"condition", !panel.condition.empty(), ofGenome},
            {"sample", !panel.sample.empty(), ofPerson},
            {"against", !panel.against.empty(), ofPerson},
            {"ablate", !panel.ablate.empty(), choices.moves},
            {"keep_only", panel.keepOnly, choices.moves},
            {"edits", !panel.edits.empty(), choices.moves},
            {"saturate", !panel.saturate.empty(), choices.stretch},
            {"saturate_bp", panel.saturateBp.has_value(), choices.stretch},
            {"background", !panel.background.empty(), choices.stretch},
            {"logo", !panel.logo.empty(), choices.stretch}};
}

Result<void> checkWord(const char* key, const std::string& word, const std::vector<std::string>& known) {
    if (word.empty() || std::find(known.begin(), known.end(), word) != known.end())
        return {};
    return fail(ErrorKind::BadInput, fmt::format("`{}` is no {}.", word, key), key,
                fmt::format("Choose one of {}.", listed(known, known.size())));
}

Result<void> checkTracks(const PanelDesign& panel) {
    const std::vector<std::string> known = trackKeys();
    for (const PanelDesign::Track& track : panel.tracks) {
        const bool isNamed =
            track.track.starts_with(ModelTrackPrefix) || track.track.starts_with(FileTrackPrefix);
        if (isNamed || std::find(known.begin(), known.end(), track.track) != known.end())
            continue;
        const std::vector<std::string> near = nearestNames(track.track, known, 1);
        return fail(ErrorKind::BadInput, fmt::format("The locus has no track `{}`.", track.track), "tracks",
                    near.empty()
                        ? fmt::format("There are {}, model:NAME and file:NAME.", listed(known, known.size()))
                        : fmt::format("Did you mean `{}`?", near.front()));
    }
    return {};
}

Failure missing(const FigureEntry& entry, const char* key, const char* what) {
    return fail(ErrorKind::BadInput, fmt::format("`{}` needs to know {}.", entry.name, what), key,
                fmt::format("Give `{}`.", key));
}

/// What a figure cannot be without.
Result<void> checkNeeds(const FigureEntry& entry, const PanelDesign& panel) {
    if (entry.kind == FigureKind::Person && panel.sample.empty())
        return missing(entry, "sample", "whose haplotypes it is of");
    if (entry.choices.stretch && panel.saturate.empty())
        return missing(entry, "saturate", "what is saturated");
    if (entry.choices.moves && panel.ablate.empty() && panel.edits.empty())
        return missing(entry, "ablate", "what is done to everybody, by `ablate` or `edits`");
    if (!panel.ablate.empty() && !panel.edits.empty())
        return fail(ErrorKind::BadInput, "Ablations and changes exclude each other.", "edits",
                    "Leave `ablate` or `edits` out.");
    return {};
}

} // namespace

Result<void> checkPanel(const FigureEntry& entry, const PanelDesign& panel) {
    for (const PanelKey& key : keysOf(entry, panel))
        if (key.isSet && !key.isTaken)
            return fail(ErrorKind::BadInput,
                        fmt::format("`{}` does not make another picture of `{}`.", key.key, entry.name),
                        key.key, "Leave it out.");
    const size_t mostVariants = entry.choices.second ? 2 : 1;
    if (panel.variants.size() > mostVariants)
        return fail(ErrorKind::BadInput,
                    fmt::format("`{}` tells people apart by {} SNV{}, and {} are given.", entry.name,
                                mostVariants, mostVariants == 1 ? "" : "s", panel.variants.size()),
                    "variants");
    DS_TRY(checkWord("attribution", panel.attribution, {"ism", "gradient"}));
    DS_TRY(checkWord("colour", panel.colour, {wordOf(SnvColour::Maf), wordOf(SnvColour::CarrierFraction)}));
    DS_TRY(checkWord("haplotype_order", panel.haplotypeOrder, rowOrderWords()));
    DS_TRY(checkWord("null", panel.null, {"published", "calibrated", "empirical"}));
    DS_TRY(checkWord("logo", panel.logo, {"raw", "centred"}));
    DS_TRY(checkTracks(panel));
    return checkNeeds(entry, panel);
}

} // namespace diploscope::ui
