// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace diploscope::cli {

/// `cache merge`, `cache export` and `cache import`: scores from one file to another.
void addCacheExchange(CLI::App& command, int& exitCode);

} // namespace diploscope::cli
