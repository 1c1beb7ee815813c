// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/genome_figure.h"

#include <array>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// What a figure shows that counts genes or drivers in bins: 2F, r under the null, R_lin and the number of
/// drivers (METHODS 11). An immutable snapshot.
struct GenomeHistogram {
    struct Bin {
        double from = 0; ///< from <= value < to; the last bin holds its end too
        double to = 0;
        /// [strong, pale], stacked: main drivers and others; significant genes and others; genes by R_lin;
        /// genes of notable r and others.
        std::array<int, 2> counts{};
        int behind = 0; ///< all, those out of focus too
        [[nodiscard]] int total() const { return counts[0] + counts[1]; }
    };

    GenomeFigureText text;
    QString xTitle;
    QString yTitle;
    std::vector<Bin> bins; ///< side by side, of one width
    std::array<QString, 2> series;
    bool focused = false; ///< `behind` is more than the bars
    /// How many genes their nulls expect in a bin with its middle at x (stats/null_mixture.h), where that is
    /// more than a line along the axis; empty: nothing is expected.
    std::vector<std::pair<double, double>> expected;
    QString expectedName;
};

/// \param figure one that is a histogram
/// \param focus [rows], the genes that stand out; null: all
[[nodiscard]] GenomeHistogram genomeHistogram(GenomeFigure figure, const GenomeTable& table,
                                              const std::vector<bool>* focus = nullptr);

} // namespace diploscope::ui
