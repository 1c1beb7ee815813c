// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What a scatter of a gene's people shows: predicted against observed expression (METHODS 4), against what
/// another model predicts (METHODS 6), or against what SNVs' effects add up to (METHODS 8); or of people's
/// two copies (METHODS 19). An immutable snapshot.
struct ObservedPredicted {
    struct Person {
        QString sample;
        double x = 0; ///< observed, predicted by the other model, or a sum of effects
        double y = 0; ///< predicted
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
        /// Per copy of the effect allele: of x (of observed expression the eQTL slope) and of y. A wrong sign
        /// is seen where they differ.
        std::optional<double> xSlope;
        std::optional<double> ySlope;
        bool undecidable = false; ///< these people cannot tell the sign of x's
    };

    QString gene;
    QString title; ///< "observed and predicted"
    QString xName; ///< "observed", the other model's name, or "sum of effects"
    QString yName; ///< "predicted", or the model's
    QString summary; ///< "r = −0.49 [−0.54, −0.44], p = 1×10⁻⁵², n = 839"; how many people while it grows
    QStringList null; ///< for paper, the gene-specific null in lines: "of 50 random predictors, …"
    QString xTitle;   ///< with its unit
    QString yTitle;   ///< the same
    std::vector<Person> people; ///< those with both numbers
    std::optional<Line> fit;    ///< least squares of y on x
    bool zeroIsEqual = false;   ///< on both axes, of two copies
    std::optional<Split> split;
};

/// \param variant index of the SNV that tells people apart; empty: the main driver, if there is one
[[nodiscard]] ObservedPredicted observedPredicted(const GeneReport& report,
                                                  std::optional<size_t> variant = std::nullopt);

/// The same people's predictions by another model instead of what is observed. \param other of the same gene
/// and study \param variant as above, of `report`
[[nodiscard]] ObservedPredicted predictedByTwo(const GeneReport& report, const GeneReport& other,
                                               std::optional<size_t> variant = std::nullopt);

/// Whether the model adds up its effects: of each person the sum of the SNVs' effects on both copies, and the
/// prediction. Who lacks a genotype has the SNV's mean, as in R_lin (METHODS 8, 17), which the summary tells.
/// Time O(people x variants). \param variant as above
[[nodiscard]] ObservedPredicted sumsAndPredictions(const GeneReport& report,
                                                   std::optional<size_t> variant = std::nullopt);

/// People's two copies: the log2 ratio of their reads against the difference of their scores (METHODS 19).
/// Who is heterozygous at the splitting SNV is told as the copy with its effect allele against the other,
/// else the first against the second. \param report with `allelic` \param variant as above
[[nodiscard]] ObservedPredicted copiesCompared(const GeneReport& report,
                                               std::optional<size_t> variant = std::nullopt);

} // namespace diploscope::ui
