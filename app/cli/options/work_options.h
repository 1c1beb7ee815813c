// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/score_cache.h"
#include "model/predictor.h"
#include "scoring/self_check.h"
#include "workflow/workspace.h"

#include <filesystem>
#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace diploscope::cli {

/// Where and how models run, and where their scores are kept.
struct WorkRequest {
    std::string device = "cpu";
    std::string precision = "fp32";
    int threads = 0;
    bool plain = false;
    bool trust = false;
    int selfCheckEvery = kSelfCheckEvery;
    std::filesystem::path cacheFile = ScoreCache::defaultFile();
    bool noCache = false;
    bool quiet = false;
};

/// `--device`, `--trust`, `--precision`, `--threads`, `--plain`, `--self-check`, `--cache`, `--no-cache` and
/// `--quiet`. \param request is written to when the command line is parsed
void addWorkOptions(CLI::App& command, WorkRequest& request);

/// \error of `--device`
[[nodiscard]] Result<PredictorOptions> predictorOptionsOf(const WorkRequest& request);
[[nodiscard]] Method methodOf(const WorkRequest& request);
/// How the workspace's scores are computed and kept. Opens the cache, of which a note goes to stderr.
/// \error as Workspace::scores
[[nodiscard]] Result<void> applyWork(const WorkRequest& request, Workspace& workspace,
                                     const RunContext& context);

} // namespace diploscope::cli
