// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/table_writer.h"
#include "viewmodels/before_after.h"
#include "viewmodels/carriers.h"
#include "viewmodels/genome_histogram.h"
#include "viewmodels/genome_scatter.h"
#include "viewmodels/ism_versus_eqtl.h"
#include "viewmodels/locus_tracks.h"
#include "viewmodels/observed_predicted.h"
#include "viewmodels/person_story.h"
#include "viewmodels/saturation_shown.h"

/// What a figure draws, as a table beside it: a row a mark, numbers as they were computed, positions 1-based.
/// Journals call it source data.
namespace diploscope::ui {

[[nodiscard]] TableWriter plottedPeople(const ObservedPredicted& shown);
[[nodiscard]] TableWriter plottedEffects(const IsmVersusEqtl& shown, const GeneReport& report);
[[nodiscard]] TableWriter plottedTrack(const IsmTrack& shown, const GeneReport& report);
/// Of ISM (or gradient), eQTL, fine mapping and other models, a row an SNV.
[[nodiscard]] TableWriter plottedLocus(const LocusTracks& shown, const GeneReport& report);
[[nodiscard]] TableWriter plottedAssociations(const LocusTracks& shown, const GeneReport& report);
[[nodiscard]] TableWriter plottedMeans(const Carriers& shown);
[[nodiscard]] TableWriter plottedGenes(const GenomeScatter& shown, const GenomeTable& table);
[[nodiscard]] TableWriter plottedBins(const GenomeHistogram& shown);
[[nodiscard]] TableWriter plottedHaplotypes(const PersonStory& shown);
[[nodiscard]] TableWriter plottedSteps(const PersonStory& shown);
[[nodiscard]] TableWriter plottedMoves(const BeforeAfter& shown);
[[nodiscard]] TableWriter plottedBases(const SaturationShown& shown);

} // namespace diploscope::ui
