// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/score_request.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// What one panel of a figure shows: which figure of the registry, of which data, and what was chosen of it.
/// Names of figures, tracks, genes and SNVs are text here; who draws knows them. Empty, unless it says
/// otherwise: as the figure is without a choice.
struct PanelDesign {
    struct Track {
        std::string track;
        double height = 1; ///< times its own
        bool shown = true;
        friend bool operator==(const Track&, const Track&) = default;
    };
    struct Mark {
        std::string region; ///< "22:19.92M-19.94M"
        std::string name;   ///< may be empty
        friend bool operator==(const Mark&, const Mark&) = default;
    };
    using Limits = std::optional<std::pair<double, double>>;
    /// Of one chart of a figure that has several.
    struct ChartLimits {
        Limits x = {}, y = {};
        friend bool operator==(const ChartLimits&, const ChartLimits&) = default;
    };

    std::string figure = {};                        ///< "ism", "figure_2A"; never empty
    int row = 1, column = 1, rows = 1, columns = 1; ///< of the grid, from 1, and over how many cells

    std::filesystem::path study = {}; ///< empty: the whole figure's, as model and gene
    std::string model = {};
    std::string gene = {};

    // Of a gene.
    std::vector<std::string> variants = {};        ///< tell people apart: the first, and the second beside it
    std::vector<std::string> people = {};          ///< are marked
    std::string region = {};                       ///< that is seen; empty: the whole window
    std::optional<int64_t> aroundTss = {};         ///< bp to both sides, in place of a region
    std::vector<Track> tracks = {};                ///< top to bottom; of others nothing is said
    std::vector<std::filesystem::path> files = {}; ///< shown as tracks, beside the study's
    std::string haplotypeOrder = {};
    bool sharedScale = false;
    std::vector<Mark> marks = {};
    std::string attribution = {};
    std::string colour = {};
    std::vector<std::string> ldReferences = {};
    std::string eqtlGiven = {};
    std::string otherModel = {};
    // Of all genes; `otherModel` too.
    std::string null = {};
    std::string condition = {};
    // Of a person.
    std::string sample = {}, against = {};
    // Of an experiment.
    std::vector<std::string> ablate = {}; ///< SNVs, or one word for many: "drivers", "unsupported"
    bool keepOnly = false;
    std::vector<std::string> edits = {}; ///< "22:120:A:G", put into everybody
    std::string saturate = {};           ///< "tss", an SNV, or a region
    std::optional<int64_t> saturateBp = {};
    std::string background = {};
    std::string logo = {};

    // How it is drawn. Labels are markup (label_markup.h).
    std::string title = {}, xLabel = {}, yLabel = {}; ///< empty: the figure's own
    Limits xLimits = {}, yLimits = {};
    std::vector<ChartLimits> chartLimits = {}; ///< of its charts, top to bottom and left to right
    bool showsTitle = true, showsLegend = true, showsColourBar = true, showsStatistics = true;

    friend bool operator==(const PanelDesign&, const PanelDesign&) = default;
};

/// A figure as it is specified: size, panels on a grid, type and lines, and where its data come from. Window,
/// command, templates and the proof inside a figure's file all hold this one value. Source: FORMATS 15.
struct FigureDesign {
    enum class Letters { Automatic, None, Lower, Upper }; ///< automatic: lower case, where there are several
    /// Which axes of panels that are of the same quantity have one range: x of a column, y of a row.
    enum class SharedAxes { None, X, Y, Both };
    /// Widths in pt; empty: the program's.
    struct Lines {
        std::optional<double> axis, line, rule, stem, ring;
        friend bool operator==(const Lines&, const Lines&) = default;
    };
    /// What is asked of a report's statistics; empty: as everywhere.
    struct Statistics {
        std::optional<int64_t> nullPredictors, resamples;
        std::optional<uint64_t> seed;
        std::optional<bool> fineMapping;
        bool backwardDrivers = false;
        /// Thresholds of drivers: least R of the linear model, least gain, p of the SNV itself.
        std::optional<double> driverR, driverGain, driverP;
        std::string effectAllele = {}; ///< "alt" or "minor"; empty: as the study says
        friend bool operator==(const Statistics&, const Statistics&) = default;
    };

    std::string name;                        ///< title of the file; empty: what its panels are called
    std::string description;                 ///< for whoever chooses among templates
    std::optional<double> widthMm, heightMm; ///< empty: as the panels ask for
    int dpi = 300;                           ///< of PNG alone
    bool transparent = false;
    std::string font;  ///< a family; empty: the program's
    double fontPt = 7; ///< of axis titles and labels; headings are a seventh larger
    Lines lines;
    Letters letters = Letters::Automatic;
    char firstLetter = 'a';
    double letterPt = 8;
    std::vector<double> columnWidths; ///< shares; empty: equal, as many as the panels need
    std::vector<double> rowHeights;   ///< the same; empty: as the panels ask for
    double gapMm = 3;
    SharedAxes sharedAxes = SharedAxes::None;
    std::filesystem::path study; ///< of panels that name none
    std::string model;           ///< a folder, absolute, or a name; empty: the study's first
    std::string gene;            ///< empty: of a template, which is used with one
    /// How models' outputs become scores, by model as in `model`; of others as their study says.
    std::map<std::string, ScoreRequest> scores;
    Statistics statistics;
    std::vector<PanelDesign> panels; ///< at least one

    friend bool operator==(const FigureDesign&, const FigureDesign&) = default;

    [[nodiscard]] int columnCount() const;
    [[nodiscard]] int rowCount() const;
    /// "a", "b", ..., "z", "aa" of the panel's place in the list, in the design's case; empty without
    /// letters.
    [[nodiscard]] std::string letterOf(size_t panel) const;

    [[nodiscard]] const std::filesystem::path& studyOf(const PanelDesign& panel) const {
        return panel.study.empty() ? study : panel.study;
    }
    [[nodiscard]] const std::string& modelOf(const PanelDesign& panel) const {
        return panel.model.empty() ? model : panel.model;
    }
    [[nodiscard]] const std::string& geneOf(const PanelDesign& panel) const {
        return panel.gene.empty() ? gene : panel.gene;
    }
};

/// A figure by itself: one panel, no letter. Study, model and gene are the whole figure's.
[[nodiscard]] FigureDesign designOf(PanelDesign panel);

} // namespace diploscope
