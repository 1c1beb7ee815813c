// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>

#include <array>
#include <optional>

namespace diploscope::ui {

/// What the inspector says of one SNV. An immutable snapshot; plain text.
struct SnvDetails {
    /// People of one genotype. Means are over those for whom both numbers are known.
    struct Group {
        QString genotype; ///< "GT"
        int people = 0;
        std::optional<double> observed; ///< empty for nobody
        std::optional<double> predicted;
        double observedShare = 0; ///< where the mean lies between the lowest and the highest person, 0 to 1
        double predictedShare = 0;
    };
    QString name;    ///< "rs1332018"
    QString place;   ///< "chr1:109,741,163 G→T"
    QString facts;   ///< "MAF 0.41 · 480 carriers · +125 bp from TSS"
    QString effects; ///< "ISM −0.086 · slope 0.438 ± 0.050 · p = 1e−12"
    QString driver;  ///< "main driver, gain 60 %"; empty where it is none
    QString verdict; ///< "observed rises, predicted falls: wrong sign"
    Verdict sign = Verdict::Undefined;
    std::array<Group, 3> groups; ///< by copies of the effect allele
};

[[nodiscard]] SnvDetails snvDetails(const GeneReport& report, size_t variant);

/// Do the model's and the observed effect have one sign (METHODS 8)?
[[nodiscard]] Verdict signVerdict(const VariantResult& variant);
/// "observed rises, predicted falls: wrong sign"
[[nodiscard]] QString signWords(const VariantResult& variant);

/// Rich text, escaped.
[[nodiscard]] QString snvToolTip(const GeneReport& report, size_t variant);
[[nodiscard]] QString personToolTip(const GeneReport& report, size_t person,
                                    std::optional<size_t> variant = std::nullopt);

/// "NA12878 · GT · observed 5.12 · predicted 0.0661"
[[nodiscard]] QString personText(const GeneReport& report, size_t person, std::optional<size_t> variant);

} // namespace diploscope::ui
