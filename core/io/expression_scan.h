// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "io/expression_reader.h"
#include "io/matrix_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

class ExpressionTable;

/// What a gene's values, of the people chosen and transformed, allow.
struct MeasuredValues {
    int32_t count = 0;     ///< people
    bool constant = false; ///< all the same; false of none
};
[[nodiscard]] MeasuredValues measuredIn(const Eigen::VectorXd& values);

/// What reading a whole table line by line found. Inside core/io only.
struct ExpressionScan {
    struct Fault {
        int64_t person = 0; ///< among those chosen
        int64_t gene = 0;
        double value = 0;
    };

    std::vector<std::string> genes;
    std::vector<Region> positions; ///< of a BED
    std::string strands;           ///< of a BED with a column of them, see ExpressionMatrix
    std::vector<LinePlace> places;
    std::vector<MeasuredValues> measured;
    int64_t missing = 0;        ///< values, of all people
    std::optional<Fault> fault; ///< the first person's first value that cannot be transformed
};

/// Reads all lines, holding one at a time. \param columns  of the people chosen, among the table's names
/// \error as readExpression, but for names that occur twice; Cancelled
[[nodiscard]] Result<ExpressionScan> scanLines(ExpressionTable& table, const std::vector<int64_t>& columns,
                                               ExpressionTransform transform, const RunContext& context);

/// To be kept, of a table without fault; and back. \return nothing where the bytes are of something else
[[nodiscard]] std::string bytesOf(const ExpressionScan& scan);
[[nodiscard]] std::optional<ExpressionScan> scanIn(std::string_view bytes);

} // namespace diploscope
