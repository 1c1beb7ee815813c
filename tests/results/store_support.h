// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/gene_columns.h"
#include "results/result_store.h"
#include "support.h"

#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace diploscope::test {

/// Every column filled with a value of its own, so that two that change places are seen.
template <class Row>
Row fullRow(const RowColumns<Row>& columns, double start) {
    Row row;
    for (const auto& column : columns.texts)
        row.*column.member = std::string(column.name) + std::to_string(start);
    for (const auto& column : columns.numbers)
        row.*column.member = start += 1.0 / 3;
    return row;
}

/// As it is read where the file has no such column.
template <class Row>
void forget(Row& row, const RowColumns<Row>& columns, std::string_view name) {
    for (const auto& column : columns.texts)
        if (column.name == name)
            (row.*column.member).clear();
    for (const auto& column : columns.numbers)
        if (column.name == name)
            (row.*column.member).reset();
}

inline GeneRow geneRow(const std::string& id) {
    GeneRow gene = fullRow(geneColumns(), 1);
    gene.geneId = id;
    gene.failure.clear();
    gene.drivers = {fullRow(driverColumns(), 100), fullRow(driverColumns(), 200)};
    gene.drivers[1].ism.reset();
    return gene;
}

inline ResultRun runOf(const std::string& study, const std::string& model = "m") {
    ResultRun run;
    run.study = study;
    run.modelChecksum = model;
    run.options = "o";
    run.model = "Model " + model;
    run.provenance = {{"program", "x"}, {"study", study}};
    return run;
}

/// What another program, or another version of this one, does to the file.
inline void runSql(const std::filesystem::path& file, const char* sql) {
    sqlite3* database = nullptr;
    char* message = nullptr;
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql, nullptr, nullptr, &message) != SQLITE_OK)
        qFatal("%s: %s", sql, message != nullptr ? message : "cannot be opened");
    sqlite3_close(database);
}

inline double numberOf(const std::filesystem::path& file, const char* sql) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    double number = -1;
    if (sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
        sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return number;
}

/// A store of schema 1 with one run of one gene.
inline void makeOld(const std::filesystem::path& file) {
    {
        auto store = ResultStore::open(file);
        if (!store || !store->store(store->beginRun(runOf("0123456789abcdef")).value(), geneRow("G1")))
            qFatal("cannot store");
    }
    runSql(file, "ALTER TABLE run DROP COLUMN key_version; ALTER TABLE run DROP COLUMN stored_at; "
                 "ALTER TABLE gene DROP COLUMN r_low; ALTER TABLE driver DROP COLUMN main; "
                 "PRAGMA user_version = 1");
}

} // namespace diploscope::test
