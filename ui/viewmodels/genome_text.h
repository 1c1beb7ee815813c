// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_summary.h"
#include "analysis/genome_table.h"

#include <QString>
#include <QStringList>

#include <vector>

/// Words about all genes, or about one of them by its row.
namespace diploscope::ui {

/// "as published", "calibrated"
[[nodiscard]] QString nullText(NullChoice null);

/// A number of the genome page's headline and what it is.
struct HeadlineNumber {
    QString number;  ///< "599"
    QString caption; ///< "significant, FDR 0.05"
};
/// What is not known is left out.
[[nodiscard]] std::vector<HeadlineNumber> headline(const GenomeSummary& summary);

/// The gene under the pointer, a line each; escaped for rich text.
[[nodiscard]] QStringList geneToolTip(const GenomeTable& table, size_t row);

/// All that a table says of a gene that has no report: label and value, in groups.
struct GeneFacts {
    QString title;
    std::vector<std::pair<QString, QString>> lines;
};
[[nodiscard]] std::vector<GeneFacts> geneFacts(const GenomeTable& table, size_t row);

} // namespace diploscope::ui
