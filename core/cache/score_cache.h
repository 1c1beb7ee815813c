// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// What one cached number depends on besides the sequence: model checksum and output choice (METHODS 2, HOUSE rule 7).
struct ScoreScope {
    std::string modelChecksum; ///< ModelInfo::checksum
    std::string output;        ///< OutputChoice::text(), and anything else that changes a score ("fp32 plain")
};

/// Scores by content in one SQLite file (WAL): a score is found again whoever asks and wherever the sequence came from.
/// Safe with several programs and threads on one file. Every store() is one transaction: a kill loses nothing stored.
/// Over its size limit, what was unused longest is dropped.
class ScoreCache {
public:
    /// Version of the meaning of scores and keys; a change makes all older entries unfindable and removes them.
    static constexpr int SchemaVersion = 1;
    static constexpr int64_t DefaultLimitBytes = int64_t{2} << 30;

    /// Opens or makes the file. A file that is no database, or a damaged one, is set aside under another name and a new one made.
    /// \error Io
    [[nodiscard]] static Result<std::shared_ptr<ScoreCache>> open(const std::filesystem::path& file,
                                                                  int64_t limitBytes = DefaultLimitBytes);
    /// `userCacheFolder()/scores.sqlite`
    [[nodiscard]] static std::filesystem::path defaultFile();
    ~ScoreCache();

    /// For each digest the stored score, if any; marks them as used. \error Io
    [[nodiscard]] Result<std::vector<std::optional<double>>> find(const ScoreScope& scope,
                                                                  std::span<const Digest> sequences);
    /// Stores one finished batch in one transaction. \error Io
    [[nodiscard]] Result<void> store(const ScoreScope& scope, std::span<const Digest> sequences,
                                     std::span<const double> scores);

    struct Info {
        std::filesystem::path file;
        int64_t entries = 0;
        int64_t models = 0;
        int64_t bytes = 0; ///< database and WAL on disk
        int64_t limitBytes = 0;
    };
    [[nodiscard]] Result<Info> info();
    /// Removes everything and gives the space back. \return entries removed
    [[nodiscard]] Result<int64_t> clear();
    /// SQLite's integrity check, and every row's own check. \error BadInput with what is wrong and the remedy
    [[nodiscard]] Result<void> verify();

private:
    struct Impl;
    explicit ScoreCache(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace diploscope
