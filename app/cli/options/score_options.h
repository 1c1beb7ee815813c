// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/score_request.h"

namespace CLI {
class App;
}

namespace diploscope::cli {

/// `--tracks`, `--bins`, `--aggregate`, `--head`, `--targets`, `--shifts`, `--reverse-complement`,
/// `--own-score`: one set of options for every command that scores. \param request is written to when the
/// command line is parsed
void addScoreOptions(CLI::App& command, ScoreRequest& request);

/// `--self-check N|off`
void addSelfCheckOption(CLI::App& command, int& every);

} // namespace diploscope::cli
