// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_statistics.h"

namespace CLI {
class App;
}

namespace diploscope::cli {

/// `--drivers`
void addDriverMethodOption(CLI::App& command, StatisticsOptions& options);
/// `--bootstrap`
void addBootstrapOption(CLI::App& command, StatisticsOptions& options);
/// `--drivers`, `--null-predictors`, `--bootstrap`, `--no-fine-mapping` and `--seed`, read into `options`,
/// which must outlive the command.
void addStatisticsOptions(CLI::App& command, StatisticsOptions& options);

} // namespace diploscope::cli
