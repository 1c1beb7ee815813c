// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/covariates_reader.h"

#include "io/header_line.h"
#include "io/matrix_table.h"

#include <fmt/format.h>

#include <cmath>

namespace diploscope {

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
    Covariates covariates;
    covariates.people.assign(table.header().begin() + 1, table.header().end());

    std::vector<double> values;
    for (;;) {
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        const std::vector<std::string_view>& fields = table.fields();
        covariates.names.emplace_back(fields[0]);
        for (size_t i = 1; i < fields.size(); ++i) {
            double value = 0;
            if (!parseNumber(fields[i], value) || !std::isfinite(value))
                return fail(
                    ErrorKind::BadInput,
                    fmt::format("`{}` is not a finite number, for covariate `{}`.", fields[i], fields[0]),
                    fmt::format("{}, column {} ({})", table.where(), i + 1, table.header()[i]),
                    "Covariates must be complete: fill or drop what is missing, and code groups as 0 and 1.");
            values.push_back(value);
        }
    }
    DS_TRY(refuseDuplicates(covariates.names, "covariate", file.string()));
    DS_TRY(refuseDuplicates(covariates.people, "person", file.string()));
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    covariates.values = Eigen::Map<const RowMajor>(values.data(), Eigen::Index(covariates.names.size()),
                                                   Eigen::Index(covariates.people.size()));
    return covariates;
}

} // namespace diploscope
