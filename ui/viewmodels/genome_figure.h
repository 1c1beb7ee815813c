// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"

#include <QString>

#include <string>
#include <vector>

namespace diploscope::ui {

/// The figures of all genes (METHODS 11).
enum class GenomeFigure {
    ObservedPredicted, ///< 1B: mean observed expression against the prediction
    NullR,             ///< 2A: p of the chosen null against r
    PredixcanR,        ///< 2C: r of PrediXcan against the model's
    SupportedR,        ///< 2E: r against the fraction of drivers that eQTL slopes support
    DriverDistance,    ///< 2F: how far from the TSS drivers are
    NullHistogram,     ///< r of all genes, and what the genes' nulls expect of it
    LinearR,           ///< S5: how well SNVs' effects add up to the predictions
    DriverCount,       ///< S7: how many drivers a gene has
    ModelModel         ///< r under another model against r under this one
};

/// Bars of counts; the others are scatters of genes.
[[nodiscard]] bool isHistogram(GenomeFigure figure);

[[nodiscard]] constexpr const char* titleOf(GenomeFigure figure) {
    switch (figure) {
    case GenomeFigure::ObservedPredicted:
        return "Observed and predicted";
    case GenomeFigure::NullR:
        return "r against its own null";
    case GenomeFigure::PredixcanR:
        return "PrediXcan and model";
    case GenomeFigure::SupportedR:
        return "Supported drivers";
    case GenomeFigure::DriverDistance:
        return "Driver distance to TSS";
    case GenomeFigure::NullHistogram:
        return "r and what nulls expect";
    case GenomeFigure::LinearR:
        return "Sums of effects";
    case GenomeFigure::DriverCount:
        return "Number of drivers";
    case GenomeFigure::ModelModel:
        return "Two models";
    }
    return "";
}

/// What a person may choose of them.
struct GenomeFigureOptions {
    std::string otherModel = {}; ///< ModelModel: whose r is on the x axis; empty: the first of otherModels()
};

/// The models whose r stands beside the table's own for at least one gene.
[[nodiscard]] std::vector<std::string> otherModels(const GenomeTable& table);

/// What is said about a figure.
struct GenomeFigureText {
    QString title;   ///< "r against its own null"
    QString summary; ///< "599 of 6,808 genes at FDR 0.05, null as published"
    QString empty;   ///< why there is nothing to show, and what to do; empty where there is something
};
[[nodiscard]] GenomeFigureText genomeFigureText(GenomeFigure figure, const GenomeTable& table,
                                                const GenomeFigureOptions& options = {});

} // namespace diploscope::ui
