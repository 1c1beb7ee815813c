// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/genome_figure.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// What a figure shows in which each gene is a point: 1B, 2A, 2C, 2E and model against model (METHODS 11). An
/// immutable snapshot.
struct GenomeScatter {
    /// Significant at FDR 0.05 with r > 0, with r < 0, or neither; in 2E, where all are notable, the sign.
    /// All Other where genes are not told apart (`kinds` is empty).
    enum class Kind : uint8_t { Other, Positive, Negative };
    struct Gene {
        double x = 0;
        double y = 0;
        Kind kind = Kind::Other;
        double shade = 0;   ///< 0 to 1 on the colour scale
        double drivers = 0; ///< the mark's area, up to mostDriversShown; 0: as others
        size_t row = 0;     ///< of the table
    };
    static constexpr int mostDriversShown = 25; ///< more would hide whatever is near

    struct Line {
        bool vertical = false;
        double value = 0;
        bool threshold = false; ///< dashed, in the thresholds' colour
        QString word = {};      ///< at the end of a vertical one
    };
    struct Label {
        size_t gene = 0; ///< index into `genes`
        QString name;
    };
    /// What `shade` stands for.
    enum class Shading { None, Density, Prediction };
    struct ScaleTick {
        double fraction = 0; ///< 0 to 1
        QString text;
    };

    GenomeFigureText text;
    QString xTitle;
    QString yTitle;
    std::vector<Gene> genes;  ///< those that have all numbers that the figure needs
    std::vector<bool> behind; ///< [genes], out of focus
    std::vector<Line> lines;
    std::vector<Label> labels; ///< the most telling first
    /// Of x and y over `genes`, where the figure marks them.
    std::optional<std::pair<double, double>> means;
    bool diagonal = false;
    std::vector<double> leastX, leastY; ///< values that the axes show, whatever the data

    Shading shading = Shading::None;
    QString scaleTitle;
    std::vector<ScaleTick> scaleTicks;
    std::vector<std::pair<Kind, QString>> kinds; ///< what the kinds are called; empty: not told apart
    std::vector<int> sizes;                      ///< numbers of drivers that the legend shows marks of
};

/// \param figure one that is no histogram
/// \param focus [rows], the genes that stand out; null: all
[[nodiscard]] GenomeScatter genomeScatter(GenomeFigure figure, const GenomeTable& table,
                                          const std::vector<bool>* focus = nullptr,
                                          const GenomeFigureOptions& options = {});

/// −log10 p of the genes where Benjamini-Hochberg finds FDR 0.05, halfway between the last gene that is below
/// it and the first that is not; empty where no gene is. \param minusLogP, q [genes], without NaN
[[nodiscard]] std::optional<double> fdrLine(const std::vector<double>& minusLogP,
                                            const std::vector<double>& q);

} // namespace diploscope::ui
