// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eqtl_given.h"

#include "analysis/effects_given_table.h"
#include "analysis/gene_statistics.h"
#include "analysis/report_table.h"
#include "cli/options/console.h"

#include <fmt/format.h>

#include <optional>

namespace diploscope::cli {

Result<void> writeEqtlGiven(const std::string& name, const Study& study, const GeneReport& report,
                            const std::filesystem::path& folder, const std::string& stem) {
    if (name.empty())
        return {};
    const Result<size_t> given = genotypedSnv(report, name);
    if (!given) {
        warn("{}\n", given.error().message());
        return {};
    }
    DS_TRY(writeEffectsGiven(report, effectsGiven(report, study.covariates(), *given), *given, folder, stem));
    return {};
}

} // namespace diploscope::cli
