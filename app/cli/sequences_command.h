// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace diploscope::cli {

/// `import scores`, the way back from `sequences`
void addImportScores(CLI::App& import, int& exitCode);

} // namespace diploscope::cli
