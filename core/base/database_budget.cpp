// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/database_budget.h"

#include <sqlite3.h>

namespace diploscope {

namespace {

constexpr int StepsBetweenLooks = 10'000;
/// A row of a few bytes is read, sorted and counted in some hundred steps.
constexpr int64_t StepsPerByte = 100;
constexpr int64_t FewestSteps = 50'000'000;

/// Of the file or WAL that is open: under its name there may be another one by now, or none.
int64_t openBytes(SQLite::Database& database, int which) {
    sqlite3_file* file = nullptr;
    sqlite3_int64 bytes = 0;
    if (sqlite3_file_control(database.getHandle(), "main", which, &file) != SQLITE_OK || file == nullptr ||
        file->pMethods == nullptr || file->pMethods->xFileSize(file, &bytes) != SQLITE_OK)
        return 0;
    return bytes;
}

int takeSteps(void* given) {
    auto& budget = *static_cast<DatabaseBudget*>(given);
    budget.steps -= StepsBetweenLooks;
    return budget.steps < 0 || (budget.context != nullptr && budget.context->cancelled()) ? 1 : 0;
}

} // namespace

void distrustSchema(SQLite::Database& database, int longestValue) {
    sqlite3* const handle = database.getHandle();
    for (const int option : {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                             SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION})
        sqlite3_db_config(handle, option, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, longestValue);
}

void DatabaseBudget::renew(SQLite::Database& database) {
    bytes =
        openBytes(database, SQLITE_FCNTL_FILE_POINTER) + openBytes(database, SQLITE_FCNTL_JOURNAL_POINTER);
    steps = FewestSteps + bytes * StepsPerByte;
}

void DatabaseBudget::watch(SQLite::Database& database) {
    sqlite3_progress_handler(database.getHandle(), StepsBetweenLooks, takeSteps, this);
}

} // namespace diploscope
