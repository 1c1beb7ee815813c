// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace diploscope::cli {

/// Adds what `bench` measures of single steps, each against the plain way to the same numbers: genes, files,
/// susie, elastic-net.
void addStepBenchmarks(CLI::App& bench, int& exitCode);

} // namespace diploscope::cli
