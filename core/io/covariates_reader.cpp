// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/covariates_reader.h"

#include "base/words.h"
#include "io/header_line.h"
#include "io/matrix_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace diploscope {

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const RowMajor> asRows(const std::vector<double>& values, size_t rows, size_t columns) {
    return {values.data(), Eigen::Index(rows), Eigen::Index(columns)};
}

/// Of the row that `table` stands at. \param covariate  and person: whose value it is
Result<double> valueAt(const MatrixTable& table, size_t column, std::string_view covariate,
                       std::string_view person, const NameSet& known) {
    const std::string_view text = table.fields()[column];
    double value = 0;
    if (parseNumber(text, value) && std::isfinite(value))
        return value;
    std::string where = fmt::format("{}, column {} ({})", table.where(), column + 1, table.header()[column]);
    if (known.contains(std::string(text)))
        return fail(ErrorKind::BadInput,
                    fmt::format("`{}` is a person, where a number belongs: people stand in the rows.", text),
                    std::move(where),
                    "Give one row for each covariate and one column for each person, or begin the header "
                    "with `FID IID`, as PLINK does.");
    return fail(
        ErrorKind::BadInput,
        fmt::format("`{}` is not a finite number, for covariate `{}` of `{}`.", text, covariate, person),
        std::move(where),
        "Covariates must be complete: fill or drop what is missing, and code groups as 0 and 1.");
}

Result<Covariates> readCovariateRows(MatrixTable& table, const NameSet& known) {
    const std::vector<std::string>& header = table.header();
    Covariates covariates;
    covariates.people.assign(header.begin() + 1, header.end());
    std::vector<double> values;
    for (;;) {
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        covariates.names.emplace_back(table.fields()[0]);
        for (size_t i = 1; i < header.size(); ++i) {
            DS_ASSIGN(const double value, valueAt(table, i, table.fields()[0], header[i], known));
            values.push_back(value);
        }
    }
    covariates.values = asRows(values, covariates.names.size(), covariates.people.size());
    return covariates;
}

/// Where ids and covariates stand in a table of people as PLINK and GCTA have it.
struct PlinkColumns {
    size_t person = 0;
    size_t firstValue = 1;
};

std::optional<PlinkColumns> plinkColumns(const std::vector<std::string>& header, const NameSet& known) {
    const auto is = [&](size_t column, std::string_view title) {
        return column < header.size() && lowerCase(behindHash(header[column])) == title;
    };
    PlinkColumns columns;
    if (is(0, "fid") && is(1, "iid"))
        columns.person = 1;
    else if (!is(0, "iid") || std::any_of(header.begin() + 1, header.end(), [&](const std::string& name) {
                 return known.contains(name); // `IID` is the title of people above
             }))
        return std::nullopt;
    columns.firstValue = columns.person + 1;
    while (is(columns.firstValue, "sid") || is(columns.firstValue, "pat") || is(columns.firstValue, "mat"))
        ++columns.firstValue;
    return columns;
}

Result<Covariates> readPlinkRows(MatrixTable& table, const PlinkColumns& columns, const NameSet& known) {
    constexpr double Missing = -9; // as PLINK and GCTA have it
    const std::vector<std::string>& header = table.header();
    if (columns.firstValue >= header.size())
        return fail(ErrorKind::BadInput, "The table names people, but has no covariate.", table.where(),
                    "Give one column of numbers for each covariate.");
    Covariates covariates;
    covariates.names.assign(header.begin() + std::ptrdiff_t(columns.firstValue), header.end());
    std::vector<double> values;
    for (;;) {
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        const std::string person(table.fields()[columns.person]);
        if (person.empty())
            return fail(ErrorKind::BadInput, "The row has no `IID`.", table.where(),
                        "Give every row its person's id.");
        for (size_t i = columns.firstValue; i < header.size(); ++i) {
            DS_ASSIGN(const double value, valueAt(table, i, header[i], person, known));
            if (value == Missing)
                return fail(
                    ErrorKind::BadInput,
                    fmt::format("`{}` stands for a missing value in a table with `IID`, for covariate "
                                "`{}` of `{}`.",
                                table.fields()[i], header[i], person),
                    fmt::format("{}, column {} ({})", table.where(), i + 1, header[i]),
                    "Covariates must be complete: fill what is missing, or leave the person out. Where "
                    "-9 was measured, give one row for each covariate and one column for each person.");
            values.push_back(value);
        }
        covariates.people.push_back(person);
    }
    covariates.values = asRows(values, covariates.people.size(), covariates.names.size()).transpose();
    return covariates;
}

} // namespace

Result<Covariates> readCovariates(const std::filesystem::path& file,
                                  const std::vector<std::string>& knownPeople) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    return readCovariates(std::move(reader), file, knownPeople);
}

Result<Covariates> readCovariates(TextReader reader, const std::filesystem::path& file,
                                  const std::vector<std::string>& knownPeople) {
    DS_ASSIGN(const std::optional<std::string> header, readHeaderLine(reader));
    if (!header)
        return fail(ErrorKind::BadInput, "The file holds comments and blank lines only.", file.string(),
                    "Give a table with sample ids in its first row.");
    const NameSet known(knownPeople.begin(), knownPeople.end());
    DS_ASSIGN(MatrixTable table, MatrixTable::open(std::move(reader), *header, &known));
    const std::optional<PlinkColumns> plink = plinkColumns(table.header(), known);
    DS_ASSIGN(Covariates covariates,
              plink ? readPlinkRows(table, *plink, known) : readCovariateRows(table, known));
    DS_TRY(refuseDuplicates(covariates.names, "covariate", file.string()));
    DS_TRY(refuseDuplicates(covariates.people, "person", file.string()));
    return covariates;
}

} // namespace diploscope
