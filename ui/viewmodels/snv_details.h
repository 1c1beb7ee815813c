// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>

#include <optional>
#include <vector>

namespace diploscope::ui {

/// What the inspector says of one SNV. An immutable snapshot; plain text.
struct SnvDetails {
    QString name;  ///< "rs1332018"
    QString place; ///< "chr1:109,741,163 G>T"
    QString facts; ///< "MAF 0.41 · 480 carriers · +125 bp from TSS"
    /// What is known of it, in order: the model's effect, the observed one, the same given the lead variant,
    /// fine mapping, the study's tables, its part as a driver. Values break at commas only.
    struct Row {
        QString label; ///< "slope"
        QString value; ///< "0.438 [0.340, 0.536], p = 1×10⁻¹²"
    };
    std::vector<Row> rows;
    QString verdict;                   ///< "observed rises, predicted falls: wrong sign"
    Verdict sign = Verdict::Undefined; ///< undefined too where these people cannot decide it
};

[[nodiscard]] SnvDetails snvDetails(const GeneReport& report, size_t variant);

/// Why the sign of the SNV's observed effect cannot be decided by these people; empty where it can.
[[nodiscard]] QString doubtText(const GeneReport& report, size_t variant);

/// Rich text, escaped.
[[nodiscard]] QString snvToolTip(const GeneReport& report, size_t variant);
[[nodiscard]] QString personToolTip(const GeneReport& report, size_t person,
                                    std::optional<size_t> variant = std::nullopt);

/// "NA12878 · GT · observed 5.12 · predicted 0.0661"
[[nodiscard]] QString personText(const GeneReport& report, size_t person, std::optional<size_t> variant);

} // namespace diploscope::ui
