// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "io/expression_scan.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace diploscope {

/// What is wanted of a table of expression.
struct ExpressionRequest {
    std::vector<std::string> knownPeople; ///< as readExpression() takes them
    /// Columns of the people to be analysed, in their order, among those that the table names; none where
    /// nobody can be.
    std::function<std::vector<int64_t>(const std::vector<std::string>& people)> choose;
    ExpressionTransform transform = ExpressionTransform::None;
};

/// Observed expression, genes x people, whose values are asked for gene by gene. A small table is held; of a
/// large one a gene's line is read when it is asked for, since a table of a genome and a cohort has hundreds
/// of megabytes. Every line is checked once, as readExpression() does; where they stand and what was found is
/// kept in the user's cache by the table's content and by what was asked, as annotations are. Held are also
/// tables of any size that are gzipped and not bgzipped, or that have people in their rows: no gene of them
/// stands by itself. Immutable; any thread.
class ExpressionRows {
public:
    /// \param folder  the user's cache \param largeBytes  of the file; smaller ones are held
    /// \error as readExpression; Cancelled; Mismatch where the file is written to meanwhile
    [[nodiscard]] static Result<ExpressionRows> open(const std::filesystem::path& file,
                                                     const ExpressionRequest& request,
                                                     const std::filesystem::path& folder,
                                                     const RunContext& context = {},
                                                     int64_t largeBytes = int64_t{4} << 20);

    [[nodiscard]] const std::vector<std::string>& genes() const { return m_table.genes; }
    /// All whom the table names.
    [[nodiscard]] const std::vector<std::string>& people() const { return m_table.people; }
    [[nodiscard]] const std::string& layout() const { return m_table.layout; }
    [[nodiscard]] const std::vector<Region>& positions() const { return m_table.positions; }
    [[nodiscard]] const std::string& strands() const { return m_table.strands; }
    /// Values that were not measured, of all people.
    [[nodiscard]] int64_t missing() const { return m_missing; }
    /// Of each gene.
    [[nodiscard]] const std::vector<MeasuredValues>& measured() const { return m_measured; }
    /// Whether all values of the people chosen could be transformed. \error as transformExpression
    [[nodiscard]] const Result<void>& transformed() const { return m_transformed; }

    /// A gene's values of the people chosen, in their order, transformed. Not where transformed() is an
    /// error. \error Mismatch where the file is no longer as it was
    [[nodiscard]] Result<Eigen::VectorXd> row(int64_t gene) const;

private:
    struct Lines;
    [[nodiscard]] static Result<ExpressionRows> held(const std::filesystem::path& file,
                                                     const ExpressionRequest& request);
    void take(ExpressionScan scan);

    ExpressionMatrix m_table; ///< with values where they are held
    int64_t m_missing = 0;
    std::vector<MeasuredValues> m_measured;
    Result<void> m_transformed;
    std::shared_ptr<Lines> m_lines; ///< null where values are held
};

/// So many tables' lines are kept, of some 50 bytes a gene.
inline constexpr size_t MostKeptExpressionTables = 16;

} // namespace diploscope
