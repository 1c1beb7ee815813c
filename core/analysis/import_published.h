// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"
#include "results/published_tables.h"
#include "results/result_store.h"
#include "study/study_file.h"

#include <filesystem>

namespace diploscope {

/// Turns the paper's tables into `folder/published.study.json` and the result store beside it, which replaces
/// one that is there. \return the study file \error as readPublishedTables; Io; Cancelled. A failed import
/// leaves what was there.
[[nodiscard]] Result<std::filesystem::path> importPublished(const PublishedTables& tables,
                                                            const std::filesystem::path& folder,
                                                            const RunContext& context = {});

} // namespace diploscope
