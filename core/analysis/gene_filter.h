// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A condition on the genes of a GenomeTable: `q < 0.05 and (r < -0.2 or abs(r) > 0.5)`, `gene_name = DDX11`,
/// `main_supported = 0`, `predixcan_r missing`.
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
class GeneFilter {
public:
    /// An empty expression keeps everything. \error BadInput: what was expected where (1-based column of the
    /// text), with the nearest column names.
    [[nodiscard]] static Result<GeneFilter> parse(std::string_view text, const GenomeTable& table);

    [[nodiscard]] bool matches(const GenomeTable& table, size_t row) const;
    /// All rows that match, ascending.
    [[nodiscard]] std::vector<size_t> rows(const GenomeTable& table) const;

    struct Node; ///< of the parsed expression

private:
    std::shared_ptr<const Node> m_root; ///< null: everything
};

} // namespace diploscope
