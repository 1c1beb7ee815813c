// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/database_budget.h"
#include "results/recovered_copy.h"
#include "results/result_schema.h"
#include "results/result_store.h"
#include "results/row_table.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <memory>
#include <type_traits>
#include <utility>

/// What the parts of ResultStore share. For .cpp files of core/results only: it brings SQLite in.
namespace diploscope {

/// How long a program waits for another that writes.
inline constexpr int StoreBusyMs = 20'000;

[[nodiscard]] std::string provenanceJson(const ResultRun& run);

/// The file and what it is known to hold. All but with() throw SQLite's exceptions.
struct ResultStore::Impl {
    Impl(std::filesystem::path path, const std::filesystem::path& opened, int flags)
        : file(std::move(path)), database(opened.string(), flags, StoreBusyMs) {
        distrustSchema(database); // it came with the study, which may be another person's
        budget.renew(database);
        budget.watch(database);
    }

    /// SQLite's exceptions become errors here and nowhere else.
    template <class Work>
    std::invoke_result_t<Work> with(Work&& work) {
        try {
            budget.renew(database);
            return work();
        } catch (const SQLite::Exception& exception) {
            return fail(storeError(exception, file));
        }
    }

    void look() {
        version = storedSchema(database);
        genes.look(database);
        drivers.look(database);
    }

    void makeOrUpdate() {
        look();
        if (version == SchemaVersion && genes.missing().empty() && drivers.missing().empty())
            return;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        makeOrUpdateTables(database);
        genes.addMissing(database);
        drivers.addMissing(database);
        transaction.commit();
        look();
    }

    /// Counts a row with these bytes of text. Rows may share what they say, by a column's default or a page
    /// that stands in its tree twice: what is kept of all is no more than the file.
    void take(int64_t textBytes) {
        if (!budget.takeBytes(textBytes + DatabaseBudget::LeastRow))
            throw SQLite::Exception("it says more than a file of its size holds", SQLITE_CORRUPT);
    }

    /// Many genes with statements that are taken apart once, which takes longer than to run them.
    void storeGenes(int64_t run, std::span<const GeneRow> rows);
    [[nodiscard]] std::vector<GeneRow> rowsOf(int64_t run);
    [[nodiscard]] std::vector<ResultRun> runs();
    /// 0: there is none of this key.
    [[nodiscard]] int64_t idOf(const ResultRun& run);
    /// One that is not there, behind all others, stored when it says. \return its id
    [[nodiscard]] int64_t addRun(const ResultRun& run);

    [[nodiscard]] Result<std::vector<RunContents>> contents();
    void put(const RunContents& contents);

    std::filesystem::path file;
    std::unique_ptr<RecoveredCopy> copy; ///< outlives the connection to it
    DatabaseBudget budget;
    SQLite::Database database;
    int version = 0; ///< of the file's schema
    RowTable<GeneRow> genes{"gene", "id", "run", geneColumns()};
    RowTable<DriverRow> drivers{"driver", "gene", "item", driverColumns()};
};

} // namespace diploscope
