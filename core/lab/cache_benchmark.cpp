// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/cache_benchmark.h"

#include "base/scratch_folder.h"
#include "cache/score_cache.h"
#include "lab/benchmark_parts.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

const ScoreScope MeasuredScope{"a model's checksum, of 64 letters in all, as SHA-256 has them ...",
                               "bins 0; tracks 0; sum; by edits"};

/// All scores of one gene, random but for its number.
struct GeneScores {
    Digest window{};
    std::vector<Digest> sequences;
    std::vector<double> scores;

    GeneScores(uint64_t seed, int64_t gene, int64_t count) {
        std::mt19937_64 random(seed * 1'000'003 + static_cast<uint64_t>(gene));
        const auto digest = [&random] {
            const uint64_t halves[2] = {random(), random()};
            Digest made{};
            std::memcpy(made.data(), halves, sizeof halves);
            return made;
        };
        window = digest();
        for (int64_t i = 0; i < count; ++i) {
            sequences.push_back(digest());
            scores.push_back(static_cast<double>(random() >> 12) * 1e-9);
        }
    }
};

using FoundScores = std::vector<std::optional<double>>;

/// What is measured. Open while it lives.
class ScoreKeeper {
public:
    virtual ~ScoreKeeper() = default;
    virtual Result<void> store(const GeneScores& gene, size_t first, size_t count) = 0;
    virtual Result<FoundScores> find(const GeneScores& gene) = 0;
    virtual Result<void> halve(int64_t bytes, int64_t scores) = 0;
};

class CacheKeeper final : public ScoreKeeper {
public:
    static Result<std::unique_ptr<ScoreKeeper>> open(const std::filesystem::path& file) {
        DS_ASSIGN(auto cache, ScoreCache::open(file, int64_t{1} << 50));
        return std::unique_ptr<ScoreKeeper>(std::make_unique<CacheKeeper>(std::move(cache)));
    }
    explicit CacheKeeper(std::shared_ptr<ScoreCache> cache) : m_cache(std::move(cache)) {}

    Result<void> store(const GeneScores& gene, size_t first, size_t count) override {
        return m_cache->store(MeasuredScope, std::span(gene.sequences).subspan(first, count),
                              std::span(gene.scores).subspan(first, count), gene.window);
    }
    Result<FoundScores> find(const GeneScores& gene) override {
        DS_ASSIGN(const auto stored, m_cache->findAny(MeasuredScope, gene.sequences, gene.window));
        FoundScores found;
        for (const auto& score : stored)
            found.push_back(score ? std::optional(score->score) : std::nullopt);
        return found;
    }
    Result<void> halve(int64_t bytes, int64_t) override {
        DS_TRY(m_cache->clear(bytes / 2));
        return {};
    }

private:
    std::shared_ptr<ScoreCache> m_cache;
};

/// What one writes who needs scores by key: one table, a row a score. Throws SQLite's exceptions.
class PlainKeeper final : public ScoreKeeper {
public:
    static Result<std::unique_ptr<ScoreKeeper>> open(const std::filesystem::path& file) {
        return std::unique_ptr<ScoreKeeper>(std::make_unique<PlainKeeper>(file));
    }
    explicit PlainKeeper(const std::filesystem::path& file)
        : m_database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        m_database.exec(
            "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
            "CREATE TABLE IF NOT EXISTS score (key BLOB PRIMARY KEY, value REAL)");
        m_put.emplace(m_database, "INSERT OR REPLACE INTO score (key, value) VALUES (?, ?)");
        m_get.emplace(m_database, "SELECT value FROM score WHERE key = ?");
    }

    Result<void> store(const GeneScores& gene, size_t first, size_t count) override {
        SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
        for (size_t i = first; i < first + count; ++i) {
            m_put->bindNoCopy(1, gene.sequences[i].data(), static_cast<int>(gene.sequences[i].size()));
            m_put->bind(2, gene.scores[i]);
            m_put->exec();
            m_put->reset();
        }
        transaction.commit();
        return {};
    }
    Result<FoundScores> find(const GeneScores& gene) override {
        const SQLite::Transaction snapshot(m_database);
        FoundScores found;
        for (const Digest& sequence : gene.sequences) {
            m_get->bindNoCopy(1, sequence.data(), static_cast<int>(sequence.size()));
            found.push_back(m_get->executeStep() ? std::optional(m_get->getColumn(0).getDouble())
                                                 : std::nullopt);
            m_get->reset();
        }
        return found;
    }
    Result<void> halve(int64_t, int64_t scores) override {
        m_database.exec(
            fmt::format("DELETE FROM score WHERE rowid <= {}; PRAGMA incremental_vacuum", scores / 2));
        m_database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        return {};
    }

private:
    SQLite::Database m_database;
    std::optional<SQLite::Statement> m_put, m_get;
};

using OpenKeeper = Result<std::unique_ptr<ScoreKeeper>> (*)(const std::filesystem::path&);

/// Sums of laps.
struct Laps {
    double wall = 0; ///< seconds
    double cpu = 0;

    void add(const Stopwatch& watch) {
        wall += watch.wall();
        cpu += watch.cpu();
    }
    void tell(json& report, const std::string& name, const std::string& unit, double scale) const {
        report[name + "_cpu_" + unit] = scale * cpu;
        report[name + "_" + unit] = scale * wall;
    }
};

struct KeeperBench {
    const CacheBenchmarkOptions& options;
    OpenKeeper open;
    std::filesystem::path file;
    const RunContext& context;

    [[nodiscard]] int64_t genes() const {
        return (options.scores + options.geneScores - 1) / options.geneScores;
    }
    [[nodiscard]] GeneScores gene(int64_t index) const {
        return {options.seed, index,
                std::min(options.geneScores, options.scores - index * options.geneScores)};
    }
};

Result<void> measureStore(const KeeperBench& bench, json& report) {
    DS_ASSIGN(const auto keeper, bench.open(bench.file));
    Laps laps;
    for (int64_t index = 0; index < bench.genes(); ++index) {
        DS_TRY(bench.context.checkpoint());
        bench.context.report("Storing scores", index, bench.genes());
        const GeneScores gene = bench.gene(index);
        const Stopwatch watch;
        for (size_t first = 0; first < gene.scores.size(); first += static_cast<size_t>(bench.options.batch))
            DS_TRY(keeper->store(
                gene, first, std::min(static_cast<size_t>(bench.options.batch), gene.scores.size() - first)));
        laps.add(watch);
    }
    laps.tell(report, "store", "us", 1e6 / static_cast<double>(bench.options.scores));
    return {};
}

/// What the system has of the file in memory.
void dropFromMemory(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    close(descriptor);
}

Result<void> measureOpen(const KeeperBench& bench, json& report) {
    constexpr int Times = 5;
    std::vector<double> wall, cpu;
    for (int time = 0; time < Times; ++time) {
        const Stopwatch watch;
        DS_ASSIGN(const auto keeper, bench.open(bench.file));
        wall.push_back(watch.wall());
        cpu.push_back(watch.cpu());
    }
    for (std::vector<double>* times : {&wall, &cpu})
        std::sort(times->begin(), times->end());
    Laps{wall[Times / 2], cpu[Times / 2]}.tell(report, "open", "ms", 1e3);
    return {};
}

/// Genes spread over all, other ones each time. \param cold with nothing of the file in memory before each
Result<void> measureFind(const KeeperBench& bench, bool cold, json& report) {
    const int64_t count = std::min(bench.options.lookUps, bench.genes());
    std::unique_ptr<ScoreKeeper> keeper;
    Laps laps;
    for (int64_t i = 0; i < count; ++i) {
        DS_TRY(bench.context.checkpoint());
        bench.context.report(cold ? "Looking scores up on disk" : "Looking scores up", i, count);
        const GeneScores gene = bench.gene(i * bench.genes() / count);
        if (cold) {
            keeper.reset();
            dropFromMemory(bench.file);
        }
        if (!keeper) {
            DS_ASSIGN(keeper, bench.open(bench.file));
        }
        if (!cold)
            DS_TRY(keeper->find(gene)); // has read it
        const Stopwatch watch;
        DS_ASSIGN(const FoundScores found, keeper->find(gene));
        laps.add(watch);
        for (size_t s = 0; s < gene.scores.size(); ++s)
            if (found[s] != gene.scores[s])
                return fail(ErrorKind::Internal, "A score came back that is not what was stored.");
    }
    laps.tell(report, cold ? "cold_gene" : "gene", "ms", 1e3 / static_cast<double>(count));
    return {};
}

Result<void> measureHalve(const KeeperBench& bench, json& report) {
    const auto bytes = static_cast<int64_t>(std::filesystem::file_size(bench.file));
    DS_ASSIGN(const auto keeper, bench.open(bench.file));
    bench.context.report("Dropping half of them", 0, 0);
    const Stopwatch watch;
    DS_TRY(keeper->halve(bytes, bench.options.scores));
    Laps laps;
    laps.add(watch);
    laps.tell(report, "halve", "s", 1);
    return {};
}

Result<json> measureKeeper(const KeeperBench& bench) {
    json report;
    DS_TRY(measureStore(bench, report));
    report["bytes_per_score"] = static_cast<double>(std::filesystem::file_size(bench.file)) /
                                static_cast<double>(bench.options.scores);
    DS_TRY(measureOpen(bench, report));
    DS_TRY(measureFind(bench, false, report));
    DS_TRY(measureFind(bench, true, report));
    DS_TRY(measureHalve(bench, report));
    report["peak_memory_mb"] = peakMegabytes();
    return report;
}

} // namespace

Result<json> runCacheBenchmark(const CacheBenchmarkOptions& options, const RunContext& context) {
    if (options.scores < 1 || options.batch < 1 || options.geneScores < 1 || options.lookUps < 1)
        return fail(ErrorKind::BadInput, "One of everything is the least that can be timed.");
    DS_ASSIGN(const ScratchFolder folder, ScratchFolder::make("bench", options.folder));
    json report;
    report["workload"] = "cache";
    report["scores"] = options.scores;
    report["batch"] = options.batch;
    report["gene_scores"] = options.geneScores;
    report["look_ups"] = options.lookUps;
    DS_ASSIGN(report["cache"],
              measureKeeper({options, &CacheKeeper::open, folder.path() / "scores.sqlite", context}));
    if (!options.plain)
        return report;
    try {
        DS_ASSIGN(report["plain"],
                  measureKeeper({options, &PlainKeeper::open, folder.path() / "plain.sqlite", context}));
    } catch (const SQLite::Exception& exception) {
        return fail(ErrorKind::Io, fmt::format("The plain table cannot be used: {}.", exception.what()),
                    folder.path().string(), "Name a folder with more space.");
    }
    for (const auto& [name, key] : {std::pair{"ratio_store", "store_cpu_us"},
                                    {"ratio_gene", "gene_cpu_ms"},
                                    {"ratio_halve", "halve_cpu_s"}})
        report[name] = report["plain"][key].get<double>() / report["cache"][key].get<double>();
    return report;
}

} // namespace diploscope
