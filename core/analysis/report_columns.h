// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "results/column.h"

#include <functional>
#include <string_view>
#include <vector>

namespace diploscope {

/// A column of a gene's people, variants or drivers, and how its values are taken from the report: its files,
/// the window's list and tips, and rows of the result store all ask here. A new number is one entry.
struct ReportColumn : ColumnText {
    std::function<Cell(const GeneReport&, size_t row)> value;
    bool (*isIn)(const GeneReport&) = nullptr; ///< whether the report's files have it; null: always
    bool told = false; ///< of a variant: where it is known, in a row of its own in the inspector and in tips
};

/// `GENE.people.tsv`; rows are indexes into GeneReport::people.
[[nodiscard]] const std::vector<ReportColumn>& personColumns();
/// `GENE.variants.tsv`; rows are indexes into GeneReport::variants.
[[nodiscard]] const std::vector<ReportColumn>& variantColumns();
/// `GENE.drivers.tsv`; rows are indexes into GeneReport::drivers.
[[nodiscard]] const std::vector<ReportColumn>& reportDriverColumns();

/// Null where none has the name.
[[nodiscard]] const ReportColumn* findColumn(const std::vector<ReportColumn>& columns, std::string_view name);
/// \param name one that is among them
[[nodiscard]] const ReportColumn& columnNamed(const std::vector<ReportColumn>& columns,
                                              std::string_view name);

} // namespace diploscope
