// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace diploscope::cli {

/// Adds `bench growth`: what powers of their size measured steps grow with.
void addGrowthBenchmark(CLI::App& bench, int& exitCode);

} // namespace diploscope::cli
