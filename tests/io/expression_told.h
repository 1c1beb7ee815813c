// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/expression_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

/// All that a table of expression says, as text: of the whole matrix, and of ExpressionRows.
namespace diploscope::test {

/// The people of `wanted` that the table has, in that order.
inline ExpressionRequest requestOf(std::vector<std::string> wanted,
                                   ExpressionTransform transform = ExpressionTransform::None) {
    const auto choose = [wanted](const std::vector<std::string>& people) {
        std::vector<int64_t> columns;
        for (const std::string& person : wanted)
            if (const auto found = std::find(people.begin(), people.end(), person); found != people.end())
                columns.push_back(found - people.begin());
        return columns;
    };
    return {std::move(wanted), choose, transform};
}

inline std::string toldOfRow(const std::string& gene, const Eigen::VectorXd& values) {
    std::string text = gene;
    for (const double value : values)
        text += fmt::format(" {}", value);
    const Eigen::Index count = values.size() - values.array().isNaN().count();
    const bool constant =
        count > 0 &&
        ((values.array() == values.array().minCoeff<Eigen::PropagateNumbers>()) || values.array().isNaN())
            .all();
    return text + fmt::format("; {} measured{}\n", count, constant ? ", constant" : "");
}

inline std::string toldOfHead(const std::string& layout, const std::vector<std::string>& people,
                              const std::vector<Region>& positions, const std::string& strands,
                              int64_t missing) {
    std::string text = fmt::format("{}, {} missing, strands {}, of", layout, missing, strands);
    for (const std::string& person : people)
        text += " " + person;
    for (const Region& position : positions)
        text += " " + toText(position);
    return text + "\n";
}

/// By readExpression(), keepPeople() and transformExpression().
inline std::string toldOfMatrix(const std::filesystem::path& file, const ExpressionRequest& request) {
    Result<ExpressionMatrix> matrix = readExpression(file, request.knownPeople);
    if (!matrix)
        return matrix.error().message();
    std::string text = toldOfHead(matrix->layout, matrix->people, matrix->positions, matrix->strands,
                                  matrix->values.array().isNaN().count());
    keepPeople(*matrix, request.choose(matrix->people));
    if (const Result<void> done = transformExpression(*matrix, request.transform); !done)
        return text + done.error().message();
    for (size_t i = 0; i < matrix->genes.size(); ++i)
        text += toldOfRow(matrix->genes[i], matrix->values.row(Eigen::Index(i)));
    return text;
}

inline std::string toldOfRows(const Result<ExpressionRows>& rows) {
    if (!rows)
        return rows.error().message();
    std::string text =
        toldOfHead(rows->layout(), rows->people(), rows->positions(), rows->strands(), rows->missing());
    if (!rows->transformed())
        return text + rows->transformed().error().message();
    for (size_t i = 0; i < rows->genes().size(); ++i) {
        const Result<Eigen::VectorXd> values = rows->row(int64_t(i));
        if (!values)
            return text + values.error().message();
        const std::string row = toldOfRow(rows->genes()[i], *values);
        const MeasuredValues& measured = rows->measured()[i];
        text += row;
        if (!row.ends_with(
                fmt::format("; {} measured{}\n", measured.count, measured.constant ? ", constant" : "")))
            text += fmt::format("but {} {}\n", measured.count, measured.constant);
    }
    return text;
}

} // namespace diploscope::test
