// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/table_writer.h"
#include "results/column.h"

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/// Tables that are written once and read by nobody here, as lists of columns, each with what a row has there.
namespace diploscope {

/// How a table was made, in order.
using Provenance = std::vector<std::pair<std::string, std::string>>;

/// One column of a table of `Row`s.
template <class Row>
struct TableColumn : ColumnText {
    std::function<Cell(const Row&)> value;
    bool ofMeansAlone = false; ///< only where a score is the mean of several predictions
};
template <class Row>
using TableColumns = std::vector<TableColumn<Row>>;

template <class Row>
[[nodiscard]] std::vector<ColumnText> textsOf(const TableColumns<Row>& columns) {
    return {columns.begin(), columns.end()};
}

/// \param ofMeans whether scores are means of several predictions
template <class Row>
[[nodiscard]] TableWriter tableOfRows(const TableColumns<Row>& all, const std::vector<Row>& rows,
                                      const Provenance& provenance, bool ofMeans = false) {
    std::vector<const TableColumn<Row>*> shown;
    std::vector<std::string> names;
    for (const TableColumn<Row>& column : all)
        if (ofMeans || !column.ofMeansAlone) {
            shown.push_back(&column);
            names.emplace_back(column.name);
        }
    TableWriter table(names);
    for (const auto& [key, value] : provenance)
        table.comment(key, value);
    for (const Row& row : rows) {
        table.row();
        for (const TableColumn<Row>* column : shown)
            column->value(row).writeTo(table);
    }
    return table;
}

/// Nothing for NaN.
[[nodiscard]] inline Cell tableCell(double value) {
    return std::isnan(value) ? Cell() : Cell(value);
}

} // namespace diploscope
