// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string>

namespace diploscope {

/// Makes the tables where there are none, checks that those that are there are ours, and brings those of
/// earlier versions up, which goes through batches, not scores: rows stay as they are. Throws
/// SQLite's exceptions. \error BadInput for a damaged file; Mismatch for another program's database or a
/// newer version's cache
[[nodiscard]] Result<void> prepareCacheSchema(SQLite::Database& database, const std::filesystem::path& file);

/// Whether the tables that are there are a cache's. Writes nothing. Throws SQLite's exceptions. \error as
/// prepareCacheSchema()
[[nodiscard]] Result<void> checkCacheSchema(SQLite::Database& database, const std::filesystem::path& file);

/// \param how "its end is missing"
[[nodiscard]] Failure cacheDamaged(const std::filesystem::path& file, const std::string& how);

} // namespace diploscope
