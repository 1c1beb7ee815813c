// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string_view>

/// The tables of a result store's file, and whose file it is. Columns of genes and drivers are added by
/// RowTable.
namespace diploscope {

/// Of the keys of runs; those of version 1 were digests of paths and times of change.
constexpr int RunKeyVersion = 2;

/// \param how  what is wrong with it, as the end of a sentence
[[nodiscard]] Error storeDamaged(std::string_view how, const std::filesystem::path& file);

/// What SQLite's exception about the store `file` means for its user.
/// \return BadInput: damaged; Io: locked, or not to be used
[[nodiscard]] Error storeError(const SQLite::Exception& exception, const std::filesystem::path& file);

/// Of the file; 0 of an empty one. Throws what SQLite throws, as all below.
[[nodiscard]] int storedSchema(SQLite::Database& database);

/// Whether nothing was ever made in it.
[[nodiscard]] bool hasNoTables(SQLite::Database& database);

/// Whether the file is one of ours, of a schema that can be read; an empty one may become one.
/// \error Mismatch: another program's, or of a newer version.
[[nodiscard]] Result<void> checkStoreSchema(SQLite::Database& database, const std::filesystem::path& file);

/// Makes the tables, or those of an earlier schema today's, and signs the file. Within the caller's
/// transaction.
void makeOrUpdateTables(SQLite::Database& database);

} // namespace diploscope
