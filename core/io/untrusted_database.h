// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/database_budget.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace diploscope {

/// An SQLite file of others, read only. What a schema can do besides holding tables is off: views, triggers,
/// virtual tables and functions with effects. A question ends, as interrupted (SQLITE_INTERRUPT), when it
/// takes more steps than any over so large a file does. One thread.
class UntrustedDatabase {
public:
    /// Throws SQLite::Exception, as SQLiteCpp does; callers turn that into their Error.
    explicit UntrustedDatabase(const std::filesystem::path& file);

    SQLite::Database& operator*() { return m_database; }
    SQLite::Database* operator->() { return &m_database; }

    /// A real table, neither a view nor a virtual one.
    [[nodiscard]] bool hasTable(const std::string& name);

    /// More bytes than the rows of a table have in so large a file. Who keeps rows gives up there: one page
    /// that stands in a tree many times says millions before its steps are used up.
    [[nodiscard]] int64_t mostBytes() const { return m_mostBytes; }

private:
    SQLite::Database m_database;
    std::unique_ptr<DatabaseBudget> m_budget; ///< where SQLite finds it
    int64_t m_mostBytes = 0;
};

} // namespace diploscope
