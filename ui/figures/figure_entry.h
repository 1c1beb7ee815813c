// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "charts/figure.h"
#include "export/figure_export.h"
#include "figure/figure_design.h"
#include "figure/figure_proof.h"
#include "io/table_writer.h"
#include "viewmodels/before_after.h"
#include "viewmodels/genome_figure.h"
#include "viewmodels/locus_tracks.h"
#include "viewmodels/person_story.h"
#include "viewmodels/saturation_shown.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace diploscope::ui {

/// What a figure of one gene is made of: the data, and what a person chose.
struct GeneFigureSpec {
    std::shared_ptr<const GeneReport> report;      ///< never null
    std::vector<GeneModel> genes = {};             ///< those near it, for the locus
    std::shared_ptr<const Linkages> linkages = {}; ///< null: LD is not known
    std::shared_ptr<const EqtlGiven> given = {};   ///< null: eQTL effects of each SNV alone
    std::optional<size_t> variant = {}; ///< of the report, tells people apart; empty: the main driver
    /// Tells people apart beside it; empty: the driver of largest gain but for that one.
    std::optional<size_t> second = {};
    Attribution attribution = Attribution::Ism;
    SnvColour colour = SnvColour::Maf;
    LocusLayout layout = {};                              ///< of the locus' tracks
    std::shared_ptr<const HaplotypeRows> haplotypes = {}; ///< null: not asked for, or not there yet
    std::shared_ptr<const LinkageTriangle> triangle = {}; ///< null as above
    /// Other models, whose tracks the layout may show.
    std::vector<ShownModel> models = {};
    /// Of these, by ShownModel::model, what a figure of two holds the report's model against; empty: the
    /// first that has a report.
    std::string otherModel = {};
    std::vector<ShownFile> files = {};          ///< tracks of the user's; those without data are left out
    std::vector<RegionOfInterest> regions = {}; ///< of any contig
    std::vector<Error> leftOut = {};            ///< files that could not be read
    std::set<size_t> people = {};       ///< of the report, marked on paper; on screen its view does it
    std::optional<AxisRange> seen = {}; ///< of the locus, in bases from 1; empty: the whole window
};

/// Whom a figure of two models holds the report's model against. \return null where it has no report
[[nodiscard]] const ShownModel* otherModelOf(const GeneFigureSpec& spec);

/// What a figure of many genes is made of.
struct GenomeFigureSpec {
    std::shared_ptr<const GenomeTable> table;            ///< never null
    std::shared_ptr<const std::vector<bool>> focus = {}; ///< [rows], genes that stand out; null: all
    QString condition = {};                              ///< that put them in focus, for the provenance
    GenomeFigureOptions options = {};
};

/// What a figure of one person, or of the difference of two, is made of.
struct PersonFigureSpec {
    std::shared_ptr<const PersonStory> story; ///< never null
    std::vector<std::pair<std::string, std::string>> provenance = {};
    PanelDesign design = {}; ///< gene, model and whom it is of
};

/// What a figure of an experiment on one gene is made of: what has come of it.
struct ExperimentFigureSpec {
    QString gene = {}; ///< as titles call it
    std::vector<std::pair<std::string, std::string>> provenance = {};
    std::shared_ptr<const BeforeAfter> moves = {};          ///< null: nothing was done to everybody
    std::shared_ptr<const SaturationShown> saturation = {}; ///< null: nothing was saturated
    PanelDesign design = {};                                ///< gene, model and what was tried
};

using FigureSpec = std::variant<GeneFigureSpec, GenomeFigureSpec, PersonFigureSpec, ExperimentFigureSpec>;

/// A figure that was worked out and is still to be drawn, in any style. A plain value: any thread may make
/// it.
struct ReadyFigure {
    FigureInfo info;        ///< for its file
    QString summary;        ///< "3 drivers · 1 supported · 2 unsupported"
    QString empty;          ///< why there is nothing to show; empty where there is something
    FigureMaker draw;       ///< GUI thread; where there is nothing to show, axes without data
    TrackMaker redraw = {}; ///< GUI thread; null: the figure is drawn as a whole
    double taller = 1;      ///< times the entry's height, where there is more to stack than usual
    std::function<TableWriter()> values = {}; ///< what is drawn, as a table; null where there is nothing
    std::optional<AxisRange> seen = {};       ///< what its x axis shows, where not all of it is to be seen
    PanelDesign design = {};                  ///< what it would be specified as: shownDesign()
    /// What was read for it besides a study's own files; null: nothing. For a worker, or a command.
    std::function<Result<std::vector<FigureProof::Input>>(const RunContext&)> inputs = {};

    [[nodiscard]] FigureSize sized(FigureSize size) const {
        size.heightMm *= taller;
        return size;
    }
};

enum class FigureKind {
    Gene,      ///< of one gene, from a GeneFigureSpec
    Genome,    ///< of many genes, from a GenomeFigureSpec
    Person,    ///< of one gene's person, from a PersonFigureSpec
    Experiment ///< of what was tried on one gene, from an ExperimentFigureSpec
};

/// Which choices of a specification make another picture of a figure.
struct FigureChoices {
    bool variant = false;
    bool second = false;
    bool attribution = false;
    bool colour = false;
    bool references = false; ///< what LD is with, and eQTL effects beside
    bool layout = false;     ///< and what goes with it: rows of alleles, LD of pairs, files
    bool otherModel = false; ///< of GeneFigureSpec, or of GenomeFigureOptions
    bool region = false;     ///< its x axis has places
    bool moves = false;      ///< what is done to everybody, which it cannot be without
    bool stretch = false;    ///< what is saturated, which it cannot be without
};

/// A figure as the window, the export menu and commands know it: all there is to say of it before there are
/// data. Registered in gene_figures.cpp, genome_figures.cpp, person_figures.cpp or experiment_figures.cpp;
/// lives as long as the program.
struct FigureEntry {
    const char* name; ///< of its file, behind the gene's name where it is of one: "ism-eqtl", "figure_2A"
    FigureKind kind;
    const char* title;  ///< behind the gene's name where it is of one
    FigureSize size;    ///< of commands, and of all figures saved together
    FigureSize offered; ///< where the window asks, and of what it copies
    FigureChoices choices;
    ReadyFigure (*maker)(const FigureSpec&); ///< all but the info

    /// \param spec of this kind
    [[nodiscard]] ReadyFigure make(const FigureSpec& spec) const;
};

} // namespace diploscope::ui
