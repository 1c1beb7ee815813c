// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace diploscope {

/// Turns off what a schema can do besides holding tables and indexes: views, triggers, functions with
/// effects. For the program's own files, too, where they travel with a study.
void distrustSchema(SQLite::Database& database);

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

private:
    SQLite::Database m_database;
    std::unique_ptr<int64_t> m_stepsLeft; ///< where SQLite finds it
};

} // namespace diploscope
