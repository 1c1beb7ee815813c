// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/region.h"

#include <Eigen/Core>

#include <filesystem>
#include <string>
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

    /// Where a BED file says that its genes are, usually the TSS base; empty for other layouts. Only compared
    /// with the annotation: a BED of another build shows by it.
    std::vector<Region> positions{};
};

/// Recognises by content: tensorQTL/QTLtools BED (any extra columns before the people are left out), GCT 1.2,
/// gene x sample or sample x gene TSV/CSV (which one: by `knownPeople` when given, else genes in rows).
/// Plain, gzip or bgzip; LF or CRLF. `NA`, `NaN`, empty = not measured.
/// \error NotFound, BadInput with line and column (ragged row, text where a number should be, duplicate gene
/// or person, no data row). Source: FORMATS, expression row.
[[nodiscard]] Result<ExpressionMatrix> readExpression(const std::filesystem::path& file,
                                                      const std::vector<std::string>& knownPeople = {});

/// Applies the study's `expression_transform` in place, gene by gene. log2p1 of a negative value is a
/// BadInput. rank-normal: Blom offsets are not used; z = Phi^-1(rank / (n + 1)), average ranks for ties.
[[nodiscard]] Result<void> transformExpression(ExpressionMatrix& matrix, ExpressionTransform transform);

/// Covariates, covariates x samples TSV (tab or space) with a header row of sample ids.
struct Covariates {
    std::vector<std::string> names;
    std::vector<std::string> people;
    Eigen::MatrixXd values; ///< [covariates x people], finite
};
/// \error as readExpression; BadInput for a missing or non-numeric value.
[[nodiscard]] Result<Covariates> readCovariates(const std::filesystem::path& file);

} // namespace diploscope
