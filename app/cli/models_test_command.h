// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace diploscope::cli {

/// `diploscope models test`, as commands.h says of commands.
void addModelsTest(CLI::App& models, int& exitCode);

} // namespace diploscope::cli
