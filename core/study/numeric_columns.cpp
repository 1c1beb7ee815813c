// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/numeric_columns.h"

#include "base/words.h"
#include "io/header_line.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

bool isNumber(std::string_view text) {
    double ignored = 0;
    return parseNumber(text, ignored);
}

NumericColumns numericColumns(const TableHead& table, size_t first) {
    NumericColumns numbers;
    numbers.first = first;
    const size_t columns = table.header.size();
    while (numbers.first < columns) {
        const bool numeric =
            std::all_of(table.rows.begin(), table.rows.end(), [&](const TableHead::Fields& row) {
                return numbers.first >= row.size() || isNumber(row[numbers.first]);
            });
        if (numeric && !describesRow(table.header[numbers.first]))
            break;
        ++numbers.first;
    }
    for (const TableHead::Fields& row : table.rows)
        for (size_t i = numbers.first; i < row.size(); ++i) {
            double value = 0;
            if (!parseNumber(row[i], value))
                numbers.numeric = false;
            else if (std::isfinite(value)) {
                numbers.smallest = std::min(numbers.smallest, value);
                numbers.largest = std::max(numbers.largest, value);
            }
        }
    if (numbers.first >= columns)
        numbers.numeric = false;
    return numbers;
}

ExpressionTransform transformFor(const NumericColumns& values) {
    // Expression as a sequencer counts it is never negative and reaches far beyond what a logarithm gives.
    return values.smallest >= 0 && values.largest > 30 ? ExpressionTransform::Log2Plus1
                                                       : ExpressionTransform::None;
}

} // namespace diploscope
