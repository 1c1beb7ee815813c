// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/untrusted_database.h"

#include <sqlite3.h>

#include <algorithm>
#include <string_view>

namespace diploscope {

namespace {

/// Numbers and UTF-16 are longer as UTF-8.
constexpr int64_t LongerAsText = 4;

} // namespace

UntrustedDatabase::UntrustedDatabase(const std::filesystem::path& file)
    : m_database(file.string(), SQLite::OPEN_READONLY), m_budget(std::make_unique<DatabaseBudget>()) {
    sqlite3* const handle = m_database.getHandle();
    distrustSchema(m_database);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    (void)m_database.execAndGet("PRAGMA schema_version"); // opens the WAL, which has what was written last
    m_budget->renew(m_database);
    m_budget->watch(m_database);
    m_mostBytes = m_budget->bytes * LongerAsText;
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
