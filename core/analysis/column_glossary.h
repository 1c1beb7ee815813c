// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/column.h"

#include <string_view>
#include <vector>

namespace diploscope {

/// A table that is written, and all columns that it may have, in its order.
struct GlossaryTable {
    std::string_view name; ///< "GENE.variants.tsv", GENE standing for the gene's name
    std::vector<ColumnText> columns;
};
/// Those of `analyze`.
[[nodiscard]] std::vector<GlossaryTable> columnGlossary();
/// Those of `susie`, `predixcan` and `train`.
[[nodiscard]] std::vector<GlossaryTable> toolGlossary();

} // namespace diploscope
