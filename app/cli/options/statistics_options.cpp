// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/statistics_options.h"
#include "cli/options/unsigned_options.h"

#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace diploscope::cli {

void addDriverMethodOption(CLI::App& command, StatisticsOptions& options) {
    const std::map<std::string, DriverMethod> methods{{"forward", DriverMethod::Forward},
                                                      {"backward", DriverMethod::Backward}};
    command.add_option("--drivers", options.driverMethod, "How drivers are found (default: forward)")
        ->transform(CLI::CheckedTransformer(methods).description(""))
        ->type_name("forward|backward");
}

void addBootstrapOption(CLI::App& command, StatisticsOptions& options) {
    command.add_option("--bootstrap", options.resamples, "Resamples of people behind intervals; 0: none")
        ->capture_default_str()
        ->check(CLI::Range(0, 100'000))
        ->type_name("B");
}

void addStatisticsOptions(CLI::App& command, StatisticsOptions& options) {
    addDriverMethodOption(command, options);
    command
        .add_option("--null-predictors", options.nullPredictors,
                    "Random predictors of the calibrated null and the empirical p; the published null has 50")
        ->capture_default_str()
        ->check(CLI::Range(PublishedNullPredictors, int64_t{10'000}))
        ->type_name("K");
    addBootstrapOption(command, options);
    command.add_flag("!--no-fine-mapping", options.fineMapping, "No SuSiE");
    addSeedOption(command, options.seed, "Of the random predictors and resamples");
}

} // namespace diploscope::cli
