// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "io/text_reader.h"

#include <Eigen/Core>

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope {

/// Covariates, covariates x samples TSV (tab, comma or space) with a header row of sample ids; or people in
/// rows as PLINK and GCTA have it, told by a header that begins with `FID IID` or `IID`.
struct Covariates {
    std::vector<std::string> names;
    std::vector<std::string> people;
    Eigen::MatrixXd values; ///< [covariates x people], finite
};

/// \param knownPeople  by whom is told whether the corner cell was left out, as readExpression() does
/// \error as readExpression; BadInput for a missing or non-numeric value, -9 of PLINK's too.
[[nodiscard]] Result<Covariates> readCovariates(const std::filesystem::path& file,
                                                const std::vector<std::string>& knownPeople = {});
/// The same of text that was opened already.
[[nodiscard]] Result<Covariates> readCovariates(TextReader reader, const std::filesystem::path& file,
                                                const std::vector<std::string>& knownPeople = {});

} // namespace diploscope
