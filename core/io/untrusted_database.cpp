// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/untrusted_database.h"

#include <sqlite3.h>

#include <algorithm>
#include <string_view>
#include <system_error>

namespace diploscope {

namespace {

constexpr int StepsAtATime = 10'000;
constexpr int LongestValue = 1 << 24; ///< bytes of a text
/// A row of a few bytes, sorted and counted, takes some hundred steps.
constexpr int64_t StepsPerByte = 100;
constexpr int64_t FewestSteps = 50'000'000;
/// Numbers and UTF-16 are longer as UTF-8.
constexpr int64_t LongerAsText = 4;

int64_t sizeOf(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    return error ? 0 : static_cast<int64_t>(size);
}

int countDown(void* stepsLeft) {
    auto& left = *static_cast<int64_t*>(stepsLeft);
    left -= StepsAtATime;
    return left < 0 ? 1 : 0;
}

} // namespace

void distrustSchema(SQLite::Database& database) {
    for (const int option : {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                             SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION})
        sqlite3_db_config(database.getHandle(), option, 0, nullptr);
}

UntrustedDatabase::UntrustedDatabase(const std::filesystem::path& file)
    : m_database(file.string(), SQLite::OPEN_READONLY), m_stepsLeft(std::make_unique<int64_t>(0)) {
    const int64_t bytes = sizeOf(file) + sizeOf(file.string() + "-wal"); // what was written last
    *m_stepsLeft = FewestSteps + bytes * StepsPerByte;
    m_mostBytes = bytes * LongerAsText;
    sqlite3* const handle = m_database.getHandle();
    distrustSchema(m_database);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LongestValue);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(handle, StepsAtATime, countDown, m_stepsLeft.get());
}

bool UntrustedDatabase::hasTable(const std::string& name) {
    SQLite::Statement entry(m_database, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ? "
                                        "COLLATE NOCASE");
    entry.bind(1, name);
    if (!entry.executeStep())
        return false;
    std::string sql = entry.getColumn(0).getString().substr(0, 32);
    std::transform(sql.begin(), sql.end(), sql.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return !sql.starts_with("CREATE VIRTUAL");
}

} // namespace diploscope
