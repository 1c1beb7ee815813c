// SPDX-License-Identifier: GPL-3.0-or-later
// ResultStore: what goes from one store into another.
#include "base/json_text.h"
#include "results/result_store_impl.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// No part of the schema: stores of runs that were never divided have none.
constexpr const char* SharedListSql =
    "CREATE TABLE IF NOT EXISTS shared_list (run INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE, "
    "list TEXT NOT NULL) STRICT";

std::string textOf(const SharedList& list) {
    nlohmann::json genes = nlohmann::json::array();
    for (const auto& [id, share] : list.genes)
        genes.push_back({id, share});
    return jsonText(nlohmann::json{{"shares", list.shares}, {"genes", std::move(genes)}});
}

/// What is no such text, or of a list that cannot be, is no list.
std::optional<SharedList> listOf(const std::string& text) {
    const Result<nlohmann::json> found = parseJson(text, "shared list");
    if (!found || !found->is_object() || !found->contains("shares") || !found->contains("genes") ||
        !(*found)["shares"].is_number_integer() || !(*found)["genes"].is_array())
        return std::nullopt;
    SharedList list{(*found)["shares"].get<int>(), {}};
    for (const auto& gene : (*found)["genes"]) {
        if (!gene.is_array() || gene.size() != 2 || !gene[0].is_string() || !gene[1].is_number_integer())
            return std::nullopt;
        list.genes.emplace_back(gene[0].get<std::string>(), gene[1].get<int>());
    }
    return list;
}

void putList(SQLite::Database& database, int64_t run, const SharedList& list) {
    database.exec(SharedListSql);
    SQLite::Statement put(database, "INSERT OR REPLACE INTO shared_list (run, list) VALUES (?, ?)");
    put.bind(1, run);
    put.bind(2, textOf(list));
    put.exec();
}

} // namespace

Result<ResultStore> ResultStore::openUntouched(const fs::path& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return fail(ErrorKind::NotFound, "There is no such result store.", file.string(),
                    "Check the name; `diploscope analyze --store FILE` makes one.");
    std::unique_ptr<RecoveredCopy> copy;
    const auto openAs = [&](const fs::path& opened, int flags) -> Result<ResultStore> {
        auto impl = std::make_unique<Impl>(file, opened, flags);
        DS_TRY(checkStoreSchema(impl->database, file));
        if (hasNoTables(impl->database)) // whoever was to make it was killed
            return fail(ErrorKind::NotFound, "Nothing is stored in it yet.", file.string(),
                        "Run again what was to store its genes there.");
        impl->look();
        impl->copy = std::move(copy);
        return ResultStore(std::move(impl));
    };
    try {
        return openAs(file, SQLite::OPEN_READONLY);
    } catch (const SQLite::Exception& exception) {
        // Who only reads cannot take back what a killed program left in the journal.
        if ((exception.getErrorCode() & 0xff) != SQLITE_READONLY || !RecoveredCopy::isNeeded(file))
            return fail(storeError(exception, file));
    }
    copy = RecoveredCopy::of(file);
    if (!copy)
        return fail(ErrorKind::Io,
                    "A killed program left the result store half written, and no copy of it can be made.",
                    file.string(), "Free space where the system has temporary files, or set TMPDIR.");
    try {
        const fs::path opened = copy->file();
        return openAs(opened, SQLite::OPEN_READWRITE);
    } catch (const SQLite::Exception& exception) {
        return fail(storeError(exception, file));
    }
}

Result<void> ResultStore::keepList(int64_t run, const SharedList& list) {
    return m_impl->with([&]() -> Result<void> {
        SQLite::Transaction transaction(m_impl->database, SQLite::TransactionBehavior::IMMEDIATE);
        putList(m_impl->database, run, list);
        transaction.commit();
        return {};
    });
}

Result<std::vector<RunContents>> ResultStore::contents() {
    return m_impl->with([&]() -> Result<std::vector<RunContents>> {
        const SQLite::Transaction snapshot(m_impl->database);
        return m_impl->contents();
    });
}

Result<void>
ResultStore::update(const std::function<Result<std::vector<RunContents>>(std::vector<RunContents>)>& change) {
    return m_impl->with([&]() -> Result<void> {
        SQLite::Transaction transaction(m_impl->database, SQLite::TransactionBehavior::IMMEDIATE);
        DS_ASSIGN(std::vector<RunContents> known, m_impl->contents());
        DS_ASSIGN(const std::vector<RunContents> wanted, change(std::move(known)));
        for (const RunContents& one : wanted)
            m_impl->put(one);
        transaction.commit();
        return {};
    });
}

Result<std::vector<RunContents>> ResultStore::Impl::contents() {
    for (const auto& unknown : {genes.unknown(), drivers.unknown()})
        if (!unknown.empty())
            return fail(ErrorKind::Mismatch,
                        fmt::format("The results were stored by a newer version of the program: the column "
                                    "`{}` is not known here.",
                                    unknown.front()),
                        file.string(), "Use that version.");
    const bool hasLists = database.tableExists("shared_list");
    std::vector<RunContents> all;
    for (ResultRun& run : runs()) {
        RunContents one;
        one.genes = rowsOf(run.id);
        if (hasLists) {
            SQLite::Statement find(database, "SELECT list FROM shared_list WHERE run = ?");
            find.bind(1, run.id);
            if (find.executeStep()) {
                const std::string list = find.getColumn(0).getString();
                take(static_cast<int64_t>(list.size()));
                one.list = listOf(list);
            }
        }
        one.run = std::move(run);
        all.push_back(std::move(one));
    }
    return all;
}

void ResultStore::Impl::put(const RunContents& contents) {
    const ResultRun& run = contents.run;
    int64_t id = idOf(run);
    if (id == 0) {
        id = addRun(run);
    } else {
        SQLite::Statement renew(database, "UPDATE run SET stored_at = ? WHERE id = ?");
        renew.bind(1, run.storedAt);
        renew.bind(2, id);
        renew.exec();
        SQLite::Statement clear(database, "DELETE FROM gene WHERE run = ?"); // and their drivers with them
        clear.bind(1, id);
        clear.exec();
    }
    storeGenes(id, contents.genes);
    if (contents.list)
        putList(database, id, *contents.list);
}

} // namespace diploscope
