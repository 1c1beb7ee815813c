// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace diploscope::cli {

/// `models background`
void addModelsBackground(CLI::App& models, int& exitCode);

} // namespace diploscope::cli
