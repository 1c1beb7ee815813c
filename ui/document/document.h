// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/ticks.h"
#include "figure/figure_design.h"
#include "viewmodels/asked_scores.h"
#include "viewmodels/experiment_requests.h"
#include "viewmodels/genome_choices.h"
#include "viewmodels/ism_track.h"
#include "viewmodels/locus_layout.h"
#include "viewmodels/region_of_interest.h"
#include "viewmodels/selection.h"
#include "viewmodels/snv_colour.h"
#include "viewmodels/snv_references.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// What a window shows of which data: everything that undo takes back and a session file keeps. An immutable
/// value; a change of the window is another one (DocumentStack). Results are no part of it, they follow from
/// it; nor are the window's size and the user's settings.
struct Document {
    enum class Page { Gene, Genome, Experiments, Figures };

    std::filesystem::path study; ///< its file, absolute; empty: none is open
    std::string model;           ///< a folder, absolute, or a name; empty: none
    AskedScores scores;
    std::string gene; ///< its id; empty: none
    /// What is seen of the locus, in bases from 1 as its axis counts, fractions included; empty: all of it.
    std::optional<AxisRange> region;
    LocusLayout tracks; ///< of the locus
    std::vector<RegionOfInterest> regions;
    Selected selected;
    SnvReferences references; ///< of the gene
    /// What the gene page holds `model` against, the same, or AgainstReads; empty: what is observed.
    std::string against;
    Attribution attribution = Attribution::Ism;
    SnvColour colour = SnvColour::Maf;
    std::string filter; ///< as typed above the gene list
    GenomeChoices genome;
    Page page = Page::Gene;
    ExperimentRequests experiments; ///< on the gene
    FigureDesign figure;            ///< that is being composed; no panels: none

    friend bool operator==(const Document&, const Document&) = default;
};

/// With another model, and what was asked of it before: what is asked for then are its current results, and
/// no stored run.
inline void chooseModel(Document& document, const std::string& model, const AskedScores& asked) {
    if (document.model == model)
        return;
    document.model = model;
    document.genome.run.reset();
    if (const std::optional<ScoreRequest> score = asked.of(model))
        document.scores.set(model, score);
}

/// With what is asked of a model's score; of the model shown the same holds. \param asked empty: nothing is
inline void askScore(Document& document, const std::string& model, const std::optional<ScoreRequest>& asked) {
    if (document.scores.of(model) == asked)
        return;
    document.scores.set(model, asked);
    if (model == document.model)
        document.genome.run.reset();
}

/// Of no gene: none is zoomed into, and nothing of one is selected, pinned or tried.
inline void forgetGene(Document& document) {
    document.gene.clear();
    document.region.reset();
    document.selected = {};
    document.references = {};
    const ExperimentKind shown = document.experiments.shown;
    document.experiments = {};
    document.experiments.shown = shown;
}

/// The same with another gene, and nothing of the one before.
[[nodiscard]] inline Document ofGene(Document document, std::string gene) {
    if (document.gene == gene)
        return document;
    forgetGene(document);
    document.gene = std::move(gene);
    return document;
}

} // namespace diploscope::ui
