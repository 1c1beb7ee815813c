// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What the scatter of observed against predicted expression shows (METHODS 4). An immutable snapshot.
struct ObservedPredicted {
    struct Person {
        QString sample;
        double observed = 0;
        double predicted = 0;
        /// Copies of the splitting SNV's effect allele, 0 to 2; empty where there is no split, or no
        /// genotype.
        std::optional<uint8_t> dosage;
        size_t person = 0; ///< index into the report's
    };
    struct Line {
        double slope = 0;
        double intercept = 0;
    };
    /// People told apart by their genotype at one SNV.
    struct Split {
        QString variant;                  ///< "rs1332018 G/T"
        std::array<QString, 3> genotypes; ///< "GG", "GT", "TT", by dosage
        QString copy;                     ///< what slopes count: "T"; "copy" of an indel's effect allele
        std::array<int, 3> people{};      ///< how many of those shown
        int withoutGenotype = 0;          ///< the rest of those shown
        /// Per copy of the effect allele: of observed expression (the eQTL slope) and of the prediction. A
        /// wrong sign is seen where they differ.
        std::optional<double> observedSlope;
        std::optional<double> predictedSlope;
        bool undecidable = false; ///< these people cannot tell the observed one's sign
    };

    QString gene;
    QString summary; ///< "r = −0.49 [−0.54, −0.44], p = 1e−52, n = 839"; how many people while it grows
    QStringList null; ///< for paper, the gene-specific null in lines: "of 50 random predictors, …"
    QString xTitle;   ///< observed, with its unit
    QString yTitle;   ///< predicted, with its unit
    std::vector<Person> people; ///< those with both numbers
    std::optional<Line> fit;    ///< least squares of predicted on observed
    std::optional<Split> split;
};

/// \param variant index of the SNV that tells people apart; empty: the main driver, if there is one
[[nodiscard]] ObservedPredicted observedPredicted(const GeneReport& report,
                                                  std::optional<size_t> variant = std::nullopt);

} // namespace diploscope::ui
