// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eqtl_given.h"

#include "analysis/effects_given_table.h"
#include "analysis/gene_statistics.h"
#include "analysis/report_table.h"
#include "cli/console.h"

#include <fmt/format.h>

#include <optional>

namespace diploscope::cli {

Result<size_t> genotypedSnv(const GeneReport& report, const std::string& name) {
    const NamedInReport named = namedIn(report, name);
    if (named.variants.size() != 1)
        return fail(ErrorKind::NotFound,
                    fmt::format("{} of the SNVs in its window is {}.",
                                named.variants.empty() ? "None" : "More than one", name),
                    report.gene.name, "GENE.variants.tsv lists those there are.");
    const std::optional<size_t> at = report.find(*named.variants.begin());
    if (!at || !report.isGenotyped(*at))
        return fail(ErrorKind::NotFound, fmt::format("Too few people have a genotype of {}.", name),
                    report.gene.name);
    return *at;
}

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
