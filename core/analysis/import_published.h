// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"
#include "results/published_tables.h"
#include "results/result_store.h"
#include "study/study_file.h"

#include <filesystem>

namespace diploscope {

/// Where a study's results lie: its `published` store, else `NAME.results.sqlite` beside the study file (or
/// beside what it is a link to, where they are there), or in the user's data folder where that place may not
/// be written to.
[[nodiscard]] std::filesystem::path resultStoreOf(const StudyFile& study);

/// Opens it to store in. Where the results that are there may not be written to, on a copy of them in the
/// user's data folder, which stands for them from then on. \error as ResultStore::open
[[nodiscard]] Result<ResultStore> openResultStore(const StudyFile& study);

/// Turns the paper's tables into `folder/published.study.json` and the result store beside it, which replaces
/// one that is there. \return the study file \error as readPublishedTables; Io; Cancelled. A failed import
/// leaves what was there.
[[nodiscard]] Result<std::filesystem::path> importPublished(const PublishedTables& tables,
                                                            const std::filesystem::path& folder,
                                                            const RunContext& context = {});

} // namespace diploscope
