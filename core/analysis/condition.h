// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Rows of named columns that conditions look into: all genes (GenomeTable), a gene's SNVs or people
/// (ReportTable).
class ConditionTable {
public:
    virtual ~ConditionTable() = default;

    [[nodiscard]] virtual size_t rowCount() const = 0;
    /// By name, upper and lower case being equal.
    [[nodiscard]] virtual std::optional<size_t> findColumn(std::string_view name) const = 0;
    [[nodiscard]] virtual bool isText(size_t column) const = 0;
    /// NaN where there is no value.
    [[nodiscard]] virtual double number(size_t row, size_t column) const = 0;
    /// Empty where there is none.
    [[nodiscard]] virtual std::string textIn(size_t row, size_t column) const = 0;

    // For whoever typed one that cannot be read.
    [[nodiscard]] virtual std::vector<std::string> columnNames() const = 0;
    [[nodiscard]] virtual std::string_view example() const = 0; ///< "q < 0.05 and r < -0.2"
};

/// A condition on the rows of a table: of genes `q < 0.05 and (r < -0.2 or abs(r) > 0.5)`,
/// `gene_name = DDX11`, `main_supported = 0`, `predixcan_r missing`; of SNVs `maf > 0.05 and pip > 0.1`.
///
///     expression := term { "or" term }
///     term       := factor { "and" factor }
///     factor     := "not" factor | "(" expression ")" | comparison
///     comparison := operand ( "<" | "<=" | ">" | ">=" | "=" | "!=" ) operand | column "missing"
///     operand    := number | column | "abs(" column ")" | text; names with blanks in "double quotes"
///
/// Words in any case; `==` and `<>` too. A comparison with a missing value is false, so `not` of it is true.
/// Text compares without case; `=` is equality, `<` and the like are for numbers.
/// Immutable; made for the columns of one table, good for others with the same columns.
class Condition {
public:
    /// An empty expression keeps everything. \error BadInput: what was expected where (1-based column of the
    /// text), with the nearest column names.
    [[nodiscard]] static Result<Condition> parse(std::string_view text, const ConditionTable& table);

    [[nodiscard]] bool matches(const ConditionTable& table, size_t row) const;
    /// All rows that match, ascending.
    [[nodiscard]] std::vector<size_t> rows(const ConditionTable& table) const;

    struct Node; ///< of the parsed expression

private:
    std::shared_ptr<const Node> m_root; ///< null: everything
};

} // namespace diploscope
