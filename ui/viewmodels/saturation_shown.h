// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/experiment_work.h"

#include <QString>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::ui {

using BaseMask = Eigen::Array<bool, Eigen::Dynamic, 4>; ///< [L x 4] of A, C, G, T

/// What every base of a stretch does, on one sequence or on two above each other. An immutable snapshot.
struct SaturationShown {
    struct Row {
        QString background;      ///< "reference", "22:120 A>G", "HG00096, haplotype 1"
        std::string bases;       ///< [L] that stand there; N: unknown
        Eigen::MatrixXd effects; ///< [L x 4] of A, C, G, T; NaN: not known
        BaseMask coarse;         ///< which of them are the gradient's, and no predictions; empty: none
        /// [L x 4] heights of letters: the effects, or where the logo is centred less their mean over the
        /// four bases. NaN as effects; all of a position that lacks one, where it is centred.
        Eigen::MatrixXd letters;
        [[nodiscard]] bool isCoarse(Eigen::Index place, Eigen::Index base) const {
            return coarse.rows() > 0 && coarse(place, base);
        }
    };
    QString gene;
    QString title;   ///< "saturation of 22:100–140, logo of effects"
    QString summary; ///< "123 mutants, largest 22:120 A>G −0.0123"
    QString xTitle;
    QString effectTitle; ///< "Effect, log expression"
    std::string contig;
    int64_t first = 0;            ///< 1-based place of the first base
    std::optional<int64_t> focus; ///< 1-based place that it is round
    bool centred = false;
    int64_t coarse = 0; ///< effects that the gradient stands in for, as title, summary and cells then say
    std::vector<Row> rows;

    /// Cells are counted row after row of the table: `4 (row L + place) + base`.
    [[nodiscard]] QString cellText(size_t cell) const;
    [[nodiscard]] double largestEffect() const; ///< in size; 0 where none is known
};

/// What is said of effects that are the gradient's: "gradient, exact pending".
[[nodiscard]] QString coarseText();

[[nodiscard]] SaturationShown saturationShown(const ExperimentSubject& subject,
                                              const SaturationOutcome& outcome, bool centred);

/// From what anybody has found. \param backgrounds, rows of equal length; the region is the first's
/// \param gradients as SaturationOutcome::gradients
[[nodiscard]] SaturationShown saturationShown(const QString& gene, const QString& effectTitle,
                                              const QStringList& backgrounds,
                                              const std::vector<Saturation>& rows,
                                              std::optional<int64_t> focus, bool centred,
                                              const std::vector<Eigen::MatrixXd>& gradients = {});

/// Table S3 of rows: heads and cells, a line a threshold and background; empty where there is none.
[[nodiscard]] std::vector<std::array<QString, 5>>
coherenceLines(const QStringList& backgrounds, const std::vector<std::optional<Coherence>>& coherence);

} // namespace diploscope::ui
