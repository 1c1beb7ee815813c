// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "stats/genotype_means.h"

#include <QString>

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// Observed expression and prediction by genotype, side by side (METHODS 7): of one SNV, with the straight
/// line through the means; of two, with a line for each genotype of the second. Of people for whom both
/// numbers are known. An immutable snapshot; plain text.
struct Carriers {
    struct Series {
        std::array<GroupMean, 3> means;              ///< by copies of the first SNV's effect allele
        std::vector<std::pair<double, double>> line; ///< copies and value, ascending; empty: none
    };
    struct Measure {
        QString title;              ///< "Observed, log₂ TPM"
        std::vector<Series> series; ///< one; of two SNVs three, by copies of the second one's effect allele
    };
    QString gene;
    QString variant;                  ///< "rs1332018 G/T"
    std::array<QString, 3> genotypes; ///< "GG", "GT", "TT"
    QString second;                   ///< the same of the other SNV; empty: there is none
    std::array<QString, 3> secondGenotypes;
    Measure observed, predicted;
    QString caption; ///< "Means by genotype, 95 % intervals", of what while scores still come
    QString summary; ///< of one SNV the verdict in words; of two the people, "n = 380"
    QString empty;   ///< why there is nothing to show; empty where there is something

    /// "GT: 378 people, observed 5.12 [5.01, 5.23], predicted 0.066 [0.06, 0.07]"
    [[nodiscard]] QString groupText(size_t copies, size_t series = 0) const;
};

/// What a genotype is called where there is little room: "GT"; "1" of "1 copy".
[[nodiscard]] QString shortGenotype(const QString& genotype);

/// \param variant index into the report's; empty: the main driver, if there is one
[[nodiscard]] Carriers carriers(const GeneReport& report, std::optional<size_t> variant = std::nullopt);

/// \param first, second indices into the report's variants. Empty: the main driver, and the driver of largest
/// gain besides the first.
[[nodiscard]] Carriers carriersOfTwo(const GeneReport& report, std::optional<size_t> first = std::nullopt,
                                     std::optional<size_t> second = std::nullopt);

} // namespace diploscope::ui
