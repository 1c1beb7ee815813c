// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/expression_reader.h"
#include "study/table_head.h"

#include <cstddef>
#include <string_view>

namespace diploscope {

[[nodiscard]] bool isNumber(std::string_view text);

/// The values of a table of numbers: from which column on, and what they look like.
struct NumericColumns {
    size_t first = 1;    ///< column
    bool numeric = true; ///< all values looked at are numbers
    double smallest = 0;
    double largest = 0;
};

/// Columns before the first value describe the row: named so, or not numbers in every row.
/// \param first column that could hold values
[[nodiscard]] NumericColumns numericColumns(const TableHead& table, size_t first);

/// What expression of such values seems to need.
[[nodiscard]] ExpressionTransform transformFor(const NumericColumns& values);

} // namespace diploscope
