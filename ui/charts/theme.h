// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "base/result.h"
#include "charts/colour_scale.h"
#include "charts/mark_shape.h"
#include "charts/own_font.h"
#include "charts/rich_label.h"
#include "charts/ticks.h"

#include <QColor>
#include <QFont>
#include <QString>

#include <array>
#include <optional>

namespace diploscope::ui {

/// How one category is told apart: by colour and, for those who do not see it, by shape.
struct MarkLook {
    QColor colour;
    MarkShape shape = MarkShape::Circle;
};

/// Colours of everything that is drawn. Plain values; a chart keeps its own copy.
struct Theme {
    QColor ground;    ///< behind the cards of the window
    QColor card;      ///< behind a chart
    QColor text;      ///< titles, axis titles, labels of marks
    QColor muted;     ///< tick labels, summaries
    QColor axis;      ///< axis lines and ticks
    QColor rule;      ///< zero lines and other quiet reference lines
    QColor accent;    ///< the one accent: selection, plain marks
    QColor line;      ///< fit lines
    QColor threshold; ///< dashed lines that data are held against, and their words
    QColor quiet;     ///< marks that a figure is not about: genes that are not significant
    QColor faint;     ///< marks and bars out of focus
    QColor pale;      ///< beside accent: the other part of a bar
    MarkLook supported;
    MarkLook unsupported;
    MarkLook undecided;
    double tintOpacity = 0.1;          ///< of the verdict colours behind the quadrants
    std::array<MarkLook, 3> genotypes; ///< by copies of the effect allele
    ColourScale frequency;             ///< of SNVs (SnvColour); density of marks
    ColourScale prediction;            ///< mean prediction: inferno without what the ground would swallow
    std::array<QColor, 5> sets;        ///< credible sets, in turn
    std::array<QColor, 4> bases;       ///< A, C, G, T
    ColourScale change;                ///< from what lowers (0) over nothing (0.5) to what raises

    [[nodiscard]] const MarkLook& verdict(Verdict verdict) const;
    /// The first five differ in shape, twenty in colour or shape. \param number from 1
    [[nodiscard]] MarkLook credibleSet(int64_t number) const;
};
[[nodiscard]] Theme lightTheme();
[[nodiscard]] Theme darkTheme();

/// What a person chose of a chart's surroundings; by itself everything is there, and as the chart has it. A
/// title also stands in the place of the gene's name.
struct ChartParts {
    bool title = true;
    bool statistics = true; ///< the line that sums up, and notes
    bool legend = true;
    bool colourBar = true;
    std::optional<RichLabel> titleText;
    std::optional<RichLabel> xLabel; ///< without what axes add: Mb, a power of ten
    std::optional<RichLabel> yLabel;
    std::optional<AxisRange> x; ///< what is seen at first
    std::optional<AxisRange> y;
};

/// How a figure is printed. Empty: as journals take it.
struct PrintedLook {
    QString family = {};
    double pt = 7;      ///< of axis titles and labels, in whole scene units; headings are a seventh larger
    double leastPt = 5; ///< that journals take, in scene units; what makes room is set no smaller
    std::optional<double> axisWidth = {}, lineWidth = {}, ruleWidth = {}, stemWidth = {}, ringWidth = {};
    bool transparent = false;
};

/// Colours, fonts and sizes of one chart. All sizes are scene units: device-independent pixels on screen,
/// points on paper.
struct ChartStyle {
    Theme theme;
    QString fontFamily;
    double titleSize = 0; ///< chart title
    double textSize = 0;  ///< axis titles, labels of marks
    double smallSize = 0; ///< tick labels, summary, legend
    /// Of print: what does not fit is set in smaller letters, down to these. Sub- and superscripts are
    /// smaller.
    double leastSize = 0;
    double axisWidth = 0;
    double lineWidth = 0; ///< fit line
    double ruleWidth = 0; ///< reference lines
    double stemWidth = 0;
    double ringWidth = 0;
    double markSize = 0;      ///< diameter
    double driverSize = 0;    ///< diameter of a driver's mark at gain 0
    double driverGrowth = 0;  ///< added to it at gain 1; area grows linearly
    double gap = 0;           ///< between the parts of a chart
    bool printed = false;     ///< nobody can point at what is cut: nothing is
    bool transparent = false; ///< charts and stacks fill no ground
    ChartParts parts = {};

    [[nodiscard]] QFont font(double size, QFont::Weight weight = QFont::Normal, bool italic = false) const;
    [[nodiscard]] QFont titleFont() const { return font(titleSize); }
    [[nodiscard]] QFont textFont() const { return font(textSize); }
    [[nodiscard]] QFont smallFont() const { return font(smallSize); }

    /// For the window. \error as chartFontFamily()
    [[nodiscard]] static Result<ChartStyle> screen(const Theme& theme);
    /// For a journal: white, 7 to 8 pt type, thin lines. \error NotFound where a family is asked for that is
    /// not installed
    [[nodiscard]] static Result<ChartStyle> paper(const PrintedLook& look = {});
};

} // namespace diploscope::ui
