// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/region.h"
#include "io/text_reader.h"

#include <Eigen/Core>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

enum class ExpressionTransform { None, Log2Plus1, RankNormal };

/// Observed expression, genes x people. NaN = not measured. Immutable by use.
struct ExpressionMatrix {
    std::vector<std::string> genes; ///< as written in the file: id (versioned or not) or symbol
    std::vector<std::string> people;
    Eigen::MatrixXd values; ///< [genes x people]
    std::string
        layout; ///< what was recognised: "BED", "GCT 1.2", "genes x people table", "people x genes table"

    /// Where a BED file says that its rows are, of genes usually the TSS base; empty for other layouts. Of
    /// genes only compared with the annotation: a BED of another build shows by it.
    std::vector<Region> positions{};
    /// Of each row `+`, `-`, or `.` where its BED file has a column `strand` that says neither; empty where
    /// it has none.
    std::string strands{};
};

/// Recognises by content: tensorQTL/QTLtools BED (any extra columns before the people are left out), GCT 1.2,
/// gene x sample or sample x gene TSV/CSV (which one: by `knownPeople` when given, else genes in rows).
/// Plain, gzip or bgzip; LF or CRLF. `NA`, `NaN`, empty = not measured. Rows one field longer than the header
/// stand under it only where a known person at its beginning shows that the corner cell was left out.
/// \error NotFound, BadInput with line and column (ragged row, text where a number should be, duplicate gene
/// or person, no data row, columns of statistics instead of people). Source: FORMATS 3, METHODS 17.
[[nodiscard]] Result<ExpressionMatrix> readExpression(const std::filesystem::path& file,
                                                      const std::vector<std::string>& knownPeople = {});
/// The same of text that was opened already.
[[nodiscard]] Result<ExpressionMatrix> readExpression(TextReader reader, const std::filesystem::path& file,
                                                      const std::vector<std::string>& knownPeople = {});

/// Whether a column of this name describes its row (`gene_id`, `strand`), so that it holds no person's
/// values.
[[nodiscard]] bool describesRow(std::string_view column);
/// Whether columns of these names hold results of a statistic (`slope`, `p-value`), not people's values.
[[nodiscard]] bool areStatistics(const std::vector<std::string>& columns);

/// The people of `columns` alone, in that order.
void keepPeople(ExpressionMatrix& matrix, const std::vector<int64_t>& columns);

/// z of every mean rank that `count` values can have: 1, 1.5, 2, ... at index 2 * rank. Genes mostly have as
/// many values as the gene before, so the quantiles, which cost most, are computed once. One thread.
class RankScores {
public:
    [[nodiscard]] const std::vector<double>& of(size_t count);

private:
    size_t m_count = 0;
    std::vector<double> m_scores;
};

/// A gene's values, transformed as transformExpression() does.
/// \return the index of the first one that cannot be, whose values are then of no use; nothing where all can
[[nodiscard]] std::optional<Eigen::Index> transformRow(Eigen::Ref<Eigen::VectorXd> values,
                                                       ExpressionTransform transform, RankScores& scores);
/// The error of such a value.
[[nodiscard]] Error untransformable(double value, const std::string& gene, const std::string& person);

/// Applies the study's `expression_transform` in place, gene by gene, over the people of the matrix: those
/// analysed (METHODS 17). log2p1 of a negative value is a BadInput. rank-normal: Blom offsets are not used; z
/// = Phi^-1(rank / (n + 1)), average ranks for ties.
[[nodiscard]] Result<void> transformExpression(ExpressionMatrix& matrix, ExpressionTransform transform);

} // namespace diploscope
