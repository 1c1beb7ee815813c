// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>

namespace diploscope {

/// Turns off what a schema can do besides holding tables and indexes: views, triggers, functions with
/// effects. For the program's own files, too: they travel, and may have been somebody else's.
/// \param longestValue  bytes of a text, a blob or a row
void distrustSchema(SQLite::Database& database, int longestValue = 1 << 24);

/// What one piece of work on an SQLite file may take: no more than a file of its size can need, whatever the
/// file says of itself. One page that stands in a tree many times says millions of rows.
struct DatabaseBudget {
    int64_t steps = 0;                   ///< of SQLite's
    int64_t bytes = 0;                   ///< of the file and its journal; of what is read, for who counts it
    const RunContext* context = nullptr; ///< whose stop ends the work, too

    DatabaseBudget() = default;
    DatabaseBudget(const DatabaseBudget&) = delete; // SQLite knows where it is
    DatabaseBudget& operator=(const DatabaseBudget&) = delete;

    /// Before each piece of work.
    void renew(SQLite::Database& database);
    /// Ends what runs on this connection, as interrupted (SQLITE_INTERRUPT), when the steps are spent. The
    /// budget has to outlive the connection's work.
    void watch(SQLite::Database& database);
    [[nodiscard]] bool takeBytes(int64_t count) { return (bytes -= count) >= 0; }

    /// What a row takes at least besides its texts, in bytes.
    static constexpr int64_t LeastRow = 4;
};

} // namespace diploscope
