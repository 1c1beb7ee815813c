// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/cache_support.h"

#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <sqlite3.h>

namespace diploscope::test {

/// What another program, or decay, does to the file.
inline void runSql(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* database = nullptr;
    char* message = nullptr;
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK)
        qFatal("%s: %s", sql.c_str(), message != nullptr ? message : "cannot be opened");
    sqlite3_close(database);
}

/// A batch as versions with schemas 1 and 2 stored it: a row a score.
struct FormerBatch {
    ScoreScope scope;
    std::vector<Digest> sequences;
    std::vector<double> scores;
    bool checked = true;
    std::optional<Digest> trial;
};

/// Within `runSql`: these batches with numbers from 1 on.
inline std::string formerRows(const std::vector<FormerBatch>& batches) {
    std::string sql;
    int number = 0;
    for (const FormerBatch& batch : batches) {
        ++number;
        sql += fmt::format("INSERT OR IGNORE INTO scope (model, output) VALUES ('{}', '{}');",
                           batch.scope.modelChecksum, batch.scope.output);
        sql += fmt::format("INSERT INTO batch (id, used, checked, trial) VALUES ({}, {}, {}, {});", number,
                           number, batch.checked ? 1 : 0,
                           batch.trial ? "x'" + toHex(*batch.trial) + "'" : "NULL");
        for (size_t i = 0; i < batch.sequences.size(); ++i) {
            const Digest& sequence = batch.sequences[i];
            const auto bits = std::bit_cast<int64_t>(batch.scores[i]);
            const Digest digest = digestOf(batch.scope.modelChecksum + '\0' + batch.scope.output + '\0' +
                                           std::string(sequence.begin(), sequence.end()) +
                                           std::string(reinterpret_cast<const char*>(&bits), sizeof bits));
            int64_t check = 0;
            std::memcpy(&check, digest.data(), sizeof check);
            sql += fmt::format(
                "INSERT OR REPLACE INTO score VALUES ({}, {}, (SELECT id FROM scope WHERE model = "
                "'{}' AND output = '{}'), x'{}', {}, {});",
                number, i, batch.scope.modelChecksum, batch.scope.output, toHex(sequence), bits, check);
        }
    }
    return sql;
}

/// A cache of schema 2, to the letter.
inline void makeFormerCache(const std::filesystem::path& file, const std::vector<FormerBatch>& batches) {
    runSql(file,
           "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; BEGIN;"
           "CREATE TABLE scope (id INTEGER PRIMARY KEY, model TEXT NOT NULL, output TEXT NOT NULL, "
           "UNIQUE (model, output)) STRICT;"
           "CREATE TABLE batch (id INTEGER PRIMARY KEY AUTOINCREMENT, used INTEGER NOT NULL) STRICT;"
           "CREATE INDEX batch_used ON batch (used);"
           "CREATE TABLE score (batch INTEGER NOT NULL, item INTEGER NOT NULL, scope INTEGER NOT NULL, "
           "sequence BLOB NOT NULL, bits INTEGER NOT NULL, checksum INTEGER NOT NULL, "
           "PRIMARY KEY (batch, item)) STRICT, WITHOUT ROWID;"
           "CREATE UNIQUE INDEX score_key ON score (scope, sequence);"
           "ALTER TABLE batch ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;"
           "ALTER TABLE batch ADD COLUMN trial BLOB;"
           "CREATE INDEX batch_trial ON batch (trial) WHERE trial IS NOT NULL;"
           "CREATE TABLE refuted (trial BLOB PRIMARY KEY, sequence BLOB NOT NULL, verdict TEXT NOT NULL) "
           "STRICT, WITHOUT ROWID;"
           "PRAGMA application_id = 1147760723; PRAGMA user_version = 2;" +
               formerRows(batches) + "COMMIT");
}

} // namespace diploscope::test
