// SPDX-License-Identifier: GPL-3.0-or-later
// ResultStore: runs and rows as they lie in the tables.
#include "base/json_text.h"
#include "results/result_store_impl.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace diploscope {

namespace {

std::vector<std::pair<std::string, std::string>> provenanceOfJson(const std::string& text) {
    std::vector<std::pair<std::string, std::string>> provenance;
    const Result<nlohmann::json> lines = parseJson(text, "provenance");
    if (lines && lines->is_array())
        for (const auto& line : *lines)
            if (line.is_array() && line.size() == 2 && line[0].is_string() && line[1].is_string())
                provenance.emplace_back(line[0].get<std::string>(), line[1].get<std::string>());
    return provenance;
}

/// Earlier versions kept the published tables' fraction where the loss of own drivers stands.
void nameLossFraction(GeneRow& gene) {
    for (DriverRow& driver : gene.drivers)
        if (!driver.lossFractionWithout)
            driver.lossFractionWithout = std::exchange(driver.lossWithout, std::nullopt);
}

/// Rows by their keys. SQLite does not put them in order: it would keep all that they say for that, whatever
/// they say. Throws where a key comes twice.
template <class Key, class Row>
void putInOrder(const std::vector<Key>& keys, std::vector<Row>& rows, const char* twice) {
    std::vector<size_t> order(rows.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto keyOf = [&](size_t i) { return keys[i]; };
    std::ranges::sort(order, {}, keyOf);
    if (std::ranges::adjacent_find(order, {}, keyOf) != order.end())
        throw SQLite::Exception(twice, SQLITE_CORRUPT);
    if (std::ranges::is_sorted(order))
        return;
    std::vector<Row> inOrder;
    inOrder.reserve(rows.size());
    for (const size_t i : order)
        inOrder.push_back(std::move(rows[i]));
    rows = std::move(inOrder);
}

bool isPublished(SQLite::Database& database, int64_t run) {
    SQLite::Statement find(database, "SELECT study FROM run WHERE id = ?");
    find.bind(1, run);
    return find.executeStep() && find.getColumn(0).getString() == PublishedStudy;
}

} // namespace

std::string provenanceJson(const ResultRun& run) {
    nlohmann::json lines = nlohmann::json::array();
    for (const auto& [key, value] : run.provenance)
        lines.push_back({key, value});
    return jsonText(lines);
}

void ResultStore::Impl::storeGenes(int64_t run, std::span<const GeneRow> rows) {
    SQLite::Statement remove(database, "DELETE FROM gene WHERE run = ? AND gene_id = ?");
    SQLite::Statement add(database, genes.insert());
    SQLite::Statement addDriver(database, drivers.insert());
    for (const GeneRow& gene : rows) {
        budget.renew(database); // what is written here is not of the file
        remove.bind(1, run);
        remove.bind(2, gene.geneId);
        remove.exec();
        remove.reset();
        add.bind(1); // the next id
        add.bind(2, run);
        genes.bind(add, gene);
        add.exec();
        add.reset();
        const int64_t id = database.getLastInsertRowid();
        for (size_t i = 0; i < gene.drivers.size(); ++i) {
            addDriver.bind(1, id);
            addDriver.bind(2, static_cast<int64_t>(i));
            drivers.bind(addDriver, gene.drivers[i]);
            addDriver.exec();
            addDriver.reset();
        }
    }
}

std::vector<GeneRow> ResultStore::Impl::rowsOf(int64_t run) {
    SQLite::Statement find(database, genes.select() + " WHERE gene.run = ?");
    find.bind(1, run);
    std::vector<GeneRow> rows;
    std::vector<int64_t> ids;
    std::unordered_map<int64_t, size_t> indexOfId;
    while (find.executeStep()) {
        ids.push_back(find.getColumn(0).getInt64());
        if (!indexOfId.emplace(ids.back(), rows.size()).second)
            throw SQLite::Exception("a gene's row stands in it twice", SQLITE_CORRUPT);
        rows.push_back(genes.read(find));
        take(genes.textBytes(rows.back()));
    }
    SQLite::Statement findDrivers(database, drivers.select() +
                                                " JOIN gene ON gene.id = driver.gene WHERE gene.run = ?");
    findDrivers.bind(1, run);
    std::vector<std::vector<int64_t>> items(rows.size());
    while (findDrivers.executeStep()) {
        const auto gene = indexOfId.find(findDrivers.getColumn(0).getInt64());
        if (gene == indexOfId.end())
            continue;
        std::vector<DriverRow>& ofGene = rows[gene->second].drivers;
        ofGene.push_back(drivers.read(findDrivers));
        take(drivers.textBytes(ofGene.back()));
        items[gene->second].push_back(findDrivers.getColumn(1).getInt64());
    }
    for (size_t i = 0; i < rows.size(); ++i)
        putInOrder(items[i], rows[i].drivers, "a driver's row stands in it twice");
    if (isPublished(database, run))
        std::for_each(rows.begin(), rows.end(), nameLossFraction);
    putInOrder(ids, rows, "a gene's row stands in it twice");
    return rows;
}

std::vector<ResultRun> ResultStore::Impl::runs() {
    SQLite::Statement find(
        database,
        fmt::format("SELECT id, study, model_checksum, options, model, provenance, (SELECT count(*) "
                    "FROM gene WHERE run = run.id AND failure = ''), (SELECT count(*) FROM gene "
                    "WHERE run = run.id AND failure <> ''), begun, {} FROM run",
                    version < 2 ? "1, NULL" : "key_version, stored_at"));
    std::vector<ResultRun> found;
    std::vector<std::pair<int64_t, int64_t>> begun; // and id
    while (find.executeStep()) {
        ResultRun run;
        run.id = find.getColumn(0).getInt64();
        run.study = find.getColumn(1).getString();
        run.modelChecksum = find.getColumn(2).getString();
        run.options = find.getColumn(3).getString();
        run.model = find.getColumn(4).getString();
        const std::string provenance = find.getColumn(5).getString();
        take(static_cast<int64_t>(run.study.size() + run.modelChecksum.size() + run.options.size() +
                                  run.model.size() + provenance.size()));
        run.provenance = provenanceOfJson(provenance);
        run.genes = find.getColumn(6).getInt64();
        run.failed = find.getColumn(7).getInt64();
        begun.emplace_back(find.getColumn(8).getInt64(), run.id);
        run.identityKnown = find.getColumn(9).getInt() >= RunKeyVersion || run.study == PublishedStudy;
        run.storedAt = find.getColumn(10).getInt64();
        found.push_back(std::move(run));
    }
    putInOrder(begun, found, "a run stands in it twice");
    return found;
}

int64_t ResultStore::Impl::idOf(const ResultRun& run) {
    SQLite::Statement find(database,
                           "SELECT id FROM run WHERE study = ? AND model_checksum = ? AND options = ?");
    find.bind(1, run.study);
    find.bind(2, run.modelChecksum);
    find.bind(3, run.options);
    return find.executeStep() ? find.getColumn(0).getInt64() : 0;
}

int64_t ResultStore::Impl::addRun(const ResultRun& run) {
    SQLite::Statement add(database,
                          "INSERT INTO run (study, model_checksum, options, model, provenance, begun, "
                          "key_version, stored_at) VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(begun), 0) "
                          "+ 1 FROM run), ?, ?)");
    add.bind(1, run.study);
    add.bind(2, run.modelChecksum);
    add.bind(3, run.options);
    add.bind(4, run.model);
    add.bind(5, provenanceJson(run));
    add.bind(6, run.identityKnown ? RunKeyVersion : 1);
    add.bind(7, run.storedAt);
    add.exec();
    return database.getLastInsertRowid();
}

} // namespace diploscope
