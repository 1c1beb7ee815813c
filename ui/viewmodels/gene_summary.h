// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>
#include <QStringList>

namespace diploscope::ui {

/// The gene page's headline. Plain text.
struct GeneSummary {
    enum class Tone { Good, Bad, Neutral, Busy };

    QString symbol;
    QString facts; ///< "ENSG00000134202 · chr1:109,741,038 (−) · 839 people · 706 SNVs, without 83 indels"
    QStringList genotypeNotes; ///< what the window's records hold beside these SNVs, one kind a line; then
                               ///< what tables of others have for them, one table a line
    QString nulls; ///< "null p: 0.003 (published, K = 50) · 0.02 (calibrated) · 0.018 (empirical, K = 1,000)"
    QStringList nullsMeaning; ///< what each of them is, in words
    QString verdict;          ///< "anti-correlated · drivers unsupported, 1 undecidable"
    Tone tone = Tone::Neutral;
};

/// Over people, an association counts as clear below this p: one gene that a person looks at, not a hit among
/// thousands, which is the gene list's business.
inline constexpr double clearP = 0.05;
/// Below this |r| a clear association is still a weak one: the paper's threshold, the lines of its figure 2C
/// (METHODS 11).
inline constexpr double strongR = 0.2;

/// \param report null while nothing is known
[[nodiscard]] GeneSummary geneSummary(const Gene& gene, const GeneReport* report);

} // namespace diploscope::ui
