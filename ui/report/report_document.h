// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/figure_export.h"
#include "figures/drawn_design.h"

#include <QString>

#include <variant>
#include <vector>

namespace diploscope::ui {

/// What a report may hold, top to bottom. Texts are plain: whoever draws them reads no markup in them. In
/// paragraphs and captions the letters of statistics and the gene's symbol are set in italics.
struct ReportHeading {
    QString text;
    int level = 2; ///< 1: the report's title, of which there is one
};
struct ReportParagraph {
    QString text;
    bool isSmall = false;    ///< notes, references
    bool isVerbatim = false; ///< a command, a reference: its letters are no statistics
};
struct ReportTable {
    struct Column {
        QString title;
        double share = 1; ///< of the width
        bool isNumber = false;
    };
    QString caption; ///< above it; may be empty
    std::vector<Column> columns;
    std::vector<std::vector<QString>> rows; ///< [rows][columns]; at least one
};
/// Side by side.
struct ReportFigures {
    std::vector<DesignedFigure> figures; ///< one, or two that are a column wide each
    QString caption;
};
using ReportBlock = std::variant<ReportHeading, ReportParagraph, ReportTable, ReportFigures>;

/// A report before anybody lays it out: a plain value, which any thread may make.
struct ReportDocument {
    QString subject; ///< at the head of every page: gene and study
    QString symbol;  ///< of the gene, as texts name it; empty: it has none, or the report is of all
    std::vector<ReportBlock> blocks;
    FigureInfo info; ///< of the file
};

} // namespace diploscope::ui
