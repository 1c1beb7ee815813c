// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/cache_join.h"

#include "cache/cache_connection.h"
#include "cache/cache_schema.h"
#include "cache/score_batch.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// As many conflicts as a person reads.
constexpr size_t MostNamed = 20;

/// The file's name as SQLite's, which takes options behind it.
std::string immutableUri(const fs::path& file) {
    std::string uri = "file:";
    for (const char letter : fs::absolute(file).string())
        if (letter == '%' || letter == '?' || letter == '#')
            uri += fmt::format("%{:02x}", static_cast<unsigned char>(letter));
        else
            uri += letter;
    return uri + "?immutable=1";
}

bool holdsAnything(const fs::path& file) {
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    return !error && bytes > 0;
}

/// Whether its header says that it is written through a WAL, which stands beside it while anybody has it
/// open.
bool isWalFile(const fs::path& file) {
    std::array<char, 20> header{};
    std::ifstream(file, std::ios::binary).read(header.data(), header.size());
    return header[18] == 2 && header[19] == 2;
}

/// A cache that is only read: no lock, WAL or index of it is made beside a file that nobody has open.
class Source {
public:
    [[nodiscard]] static Result<std::unique_ptr<Source>> open(const fs::path& file) {
        std::error_code ignored;
        if (!fs::exists(file, ignored))
            return fail(ErrorKind::NotFound, "There is no such score cache.", file.string(),
                        "Check the name.");
        if (holdsAnything(file.string() + "-journal"))
            return fail(ErrorKind::Io, "A killed program left the score cache half written.", file.string(),
                        "Run `diploscope cache info` on it, which takes that back, and then this again.");
        DatabaseBudget budget;
        try {
            std::unique_ptr<Source> source(
                new Source(file, !isWalFile(file) || fs::exists(file.string() + "-wal", ignored)));
            DS_TRY(checkCacheSchema(source->database, file));
            source->budget.renew(source->database); // for all that is read of it
            if (source->database.execAndGet("PRAGMA user_version").getInt() < ScoreCache::SchemaVersion)
                return fail(ErrorKind::Mismatch, "The score cache has tables of an earlier version.",
                            file.string(), "Run `diploscope cache info` on it, which brings it up to date.");
            return source;
        } catch (const SQLite::Exception& exception) {
            return fail(cacheError(exception, budget, file));
        }
    }

    DatabaseBudget budget;
    SQLite::Database database;

private:
    /// \param isOpen somebody may have it open, and writes to it
    Source(const fs::path& file, bool isOpen)
        : database(isOpen ? file.string() : immutableUri(file),
                   SQLite::OPEN_READONLY | (isOpen ? 0 : SQLite::OPEN_URI), 20'000) {
        distrustCacheSchema(database);
        budget.renew(database);
        budget.watch(database);
    }
};

/// What a source has of one window under one model and output.
struct Window {
    int64_t scope = 0;
    std::optional<Digest> trial;
    std::map<Digest, std::pair<int64_t, bool>> scores; ///< bits and whether checked
};

class Joining {
public:
    Joining(ScoreCache& into, Source& source, const fs::path& file,
            const std::optional<std::set<Digest>>& trials, const RunContext& context)
        : m_into(into), m_database(source.database), m_file(file), m_trials(trials), m_context(context) {}

    [[nodiscard]] Result<CacheJoin> run() {
        const SQLite::Transaction snapshot(m_database);
        SQLite::Statement scopes(m_database, "SELECT id, model, output FROM scope");
        while (scopes.executeStep())
            m_scopes[scopes.getColumn(0).getInt64()] = {scopes.getColumn(1).getString(),
                                                        scopes.getColumn(2).getString()};
        m_total = m_database.execAndGet("SELECT count(*) FROM batch").getInt64();
        DS_TRY(takeRefutations());
        DS_TRY(takeBlocks());
        DS_TRY(takeRows());
        return std::move(m_join);
    }

private:
    [[nodiscard]] bool isWanted(const std::optional<Digest>& trial) const {
        return !m_trials || (trial && m_trials->contains(*trial));
    }
    static std::optional<Digest> digestIn(const SQLite::Column& column) {
        Digest digest{};
        if (column.isNull() || column.getBytes() != static_cast<int>(digest.size()))
            return std::nullopt;
        std::memcpy(digest.data(), column.getBlob(), digest.size());
        return digest;
    }

    Result<void> takeRefutations() {
        SQLite::Statement refuted(m_database, "SELECT trial, sequence, verdict FROM refuted");
        while (refuted.executeStep()) {
            const auto trial = digestIn(refuted.getColumn(0));
            const auto sequence = digestIn(refuted.getColumn(1));
            if (!trial || !sequence || !isWanted(trial))
                continue;
            DS_ASSIGN(const auto known, m_into.refutation(*trial));
            if (!known)
                DS_TRY(m_into.refute(*trial, {}, {*sequence, refuted.getColumn(2).getString()}));
        }
        return {};
    }

    Result<void> takeBlocks() {
        SQLite::Statement batches(m_database, "SELECT id, scope, trial, checked, scores FROM batch WHERE "
                                              "scope IS NOT NULL ORDER BY scope, trial, id");
        SQLite::Statement block(m_database, "SELECT entries FROM block WHERE batch = ?");
        Window window;
        std::vector<BatchEntry> entries;
        for (int64_t done = 0; batches.executeStep(); ++done) {
            m_context.report("Joining scores", done, m_total);
            DS_TRY(begin(window, batches.getColumn(1).getInt64(), digestIn(batches.getColumn(2))));
            if (!isWanted(window.trial))
                continue;
            const int64_t count = batches.getColumn(4).getInt64();
            block.bind(1, batches.getColumn(0).getInt64());
            const bool isRead =
                block.executeStep() &&
                readBlock(block.getColumn(0).getBlob(), block.getColumn(0).getBytes(), count, entries);
            block.reset();
            if (!isRead)
                return cacheDamaged(m_file, fmt::format("a batch of {} scores is not whole", count));
            for (const BatchEntry& entry : entries)
                add(window, entry, batches.getColumn(3).getInt() != 0);
        }
        return take(window);
    }

    /// Scores of schema 2 that nobody has asked for since.
    Result<void> takeRows() {
        SQLite::Statement rows(m_database,
                               "SELECT score.scope, trial, sequence, bits, score.checksum, checked "
                               "FROM score JOIN batch ON batch.id = score.batch ORDER BY "
                               "score.scope, trial, batch.id, item");
        Window window;
        while (rows.executeStep()) {
            DS_TRY(begin(window, rows.getColumn(0).getInt64(), digestIn(rows.getColumn(1))));
            const auto sequence = digestIn(rows.getColumn(2));
            if (sequence && isWanted(window.trial))
                add(window, {*sequence, rows.getColumn(3).getInt64(), rows.getColumn(4).getInt64()},
                    rows.getColumn(5).getInt() != 0);
        }
        return take(window);
    }

    /// Takes what was gathered of the window before, if this is of another one.
    Result<void> begin(Window& window, int64_t scope, const std::optional<Digest>& trial) {
        if (window.scope == scope && window.trial == trial)
            return {};
        DS_TRY(m_context.checkpoint());
        DS_TRY(take(window));
        window = {scope, trial, {}};
        return {};
    }

    void add(Window& window, const BatchEntry& entry, bool checked) {
        const auto scope = m_scopes.find(window.scope);
        if (scope != m_scopes.end() && ScoreChecksum(scope->second).fits(entry))
            window.scores[entry.sequence] = {entry.bits, checked}; // the later one counts
        else
            ++m_join.damaged;
    }

    Result<void> take(const Window& window) {
        if (window.scores.empty())
            return {};
        const ScoreScope& scope = m_scopes.at(window.scope);
        if (window.trial) {
            DS_ASSIGN(const auto refutation, m_into.refutation(*window.trial));
            if (refutation) {
                m_join.refuted += static_cast<int64_t>(window.scores.size());
                return {};
            }
        }
        std::vector<Digest> sequences;
        for (const auto& [sequence, score] : window.scores)
            sequences.push_back(sequence);
        DS_ASSIGN(const auto known, m_into.findAny(scope, sequences, window.trial));
        std::vector<Digest> checked, unchecked;
        std::vector<double> checkedScores, uncheckedScores;
        for (size_t i = 0; i < sequences.size(); ++i) {
            const auto& [bits, isChecked] = window.scores.at(sequences[i]);
            const double score = std::bit_cast<double>(bits);
            if (known[i] && std::bit_cast<int64_t>(known[i]->score) != bits) {
                ++m_join.conflicting;
                if (m_join.conflicts.size() < MostNamed)
                    m_join.conflicts.push_back({scope, sequences[i], known[i]->score, score});
                continue;
            }
            ++(known[i] ? m_join.known : m_join.added);
            if (known[i] && (known[i]->checked || !isChecked))
                continue;
            (isChecked ? checked : unchecked).push_back(sequences[i]);
            (isChecked ? checkedScores : uncheckedScores).push_back(score);
        }
        for (size_t first = 0; first < checked.size(); first += MostInBatch) {
            const size_t count = std::min(MostInBatch, checked.size() - first);
            DS_TRY(m_into.store(scope, std::span(checked).subspan(first, count),
                                std::span<const double>(checkedScores).subspan(first, count), window.trial));
        }
        for (size_t first = 0; window.trial && first < unchecked.size(); first += MostInBatch) {
            const size_t count = std::min(MostInBatch, unchecked.size() - first);
            DS_TRY(m_into.storeUnchecked(scope, *window.trial, std::span(unchecked).subspan(first, count),
                                         std::span<const double>(uncheckedScores).subspan(first, count)));
        }
        return {};
    }

    ScoreCache& m_into;
    SQLite::Database& m_database;
    const fs::path& m_file;
    const std::optional<std::set<Digest>>& m_trials;
    const RunContext& m_context;
    std::map<int64_t, ScoreScope> m_scopes;
    int64_t m_total = 0; ///< batches
    CacheJoin m_join;
};

/// SQLite's exceptions about a source become errors here.
template <class Work>
std::invoke_result_t<Work> reading(const fs::path& file, Work&& work) {
    try {
        return work();
    } catch (const SQLite::Exception& exception) {
        return fail(cacheError(exception, {}, file));
    }
}

} // namespace

void CacheJoin::add(const CacheJoin& other) {
    added += other.added;
    known += other.known;
    refuted += other.refuted;
    damaged += other.damaged;
    conflicting += other.conflicting;
    for (const CacheConflict& conflict : other.conflicts)
        if (conflicts.size() < MostNamed)
            conflicts.push_back(conflict);
}

Result<std::vector<ScoreScope>> cacheScopes(const fs::path& source) {
    DS_ASSIGN(const std::unique_ptr<Source> opened, Source::open(source));
    return reading(source, [&]() -> Result<std::vector<ScoreScope>> {
        SQLite::Statement find(opened->database, "SELECT model, output FROM scope ORDER BY id");
        std::vector<ScoreScope> scopes;
        while (find.executeStep())
            scopes.push_back({find.getColumn(0).getString(), find.getColumn(1).getString()});
        return scopes;
    });
}

Result<CacheJoin> joinCache(ScoreCache& into, const fs::path& source,
                            const std::optional<std::set<Digest>>& trials, const RunContext& context) {
    DS_ASSIGN(const std::unique_ptr<Source> opened, Source::open(source));
    return reading(source, [&] { return Joining(into, *opened, source, trials, context).run(); });
}

} // namespace diploscope
