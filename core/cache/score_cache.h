// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"
#include "base/run_context.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// What one cached number depends on besides the sequence: model checksum and output choice (METHODS 2).
struct ScoreScope {
    std::string modelChecksum; ///< ModelInfo::checksum
    std::string output; ///< OutputChoice::text(), and anything else that changes a score ("fp32 plain")
};

/// What one self-check speaks for: all that a model computes of one window. \param reference the bases that
/// the model reads of the unedited window
[[nodiscard]] Digest trialOf(const ScoreScope& scope, std::string_view reference);

/// A score as it was stored, and whether a check has spoken for it.
struct StoredScore {
    double score = 0;
    bool checked = false;
    int64_t batch = 0; ///< what it was stored with, for confirm() and refute()
};

/// How a check failed.
struct Refutation {
    Digest sequence{}; ///< the one that differed
    std::string verdict;
};

/// Scores by content in one SQLite file (WAL): a score is found again whoever asks and wherever the sequence
/// came from. Safe with several programs and threads on one file; each call uses a connection that no other
/// thread has meanwhile. Every store() is one transaction: a kill loses nothing stored. Over its size limit,
/// the batches unused longest are dropped. Not to be carried across fork().
///
/// Scores that a check has yet to speak for are kept as unchecked, so that a kill loses none, and find() does
/// not give them. The check's end promotes them (confirm) or removes them and keeps its verdict (refute).
class ScoreCache {
public:
    /// Version of the tables and of the meaning of scores and keys. Scores of version 2 are kept, those of
    /// version 1 as unchecked.
    static constexpr int SchemaVersion = 3;
    static constexpr int64_t DefaultLimitBytes = int64_t{2} << 30;

    /// Opens or makes the file. A file that is no database, or a damaged one, is set aside under another name
    /// (see setAside()) and a new one made. \error Io; Mismatch for another program's database or a newer
    /// version's cache; BadInput for a limit below 1
    [[nodiscard]] static Result<std::shared_ptr<ScoreCache>> open(const std::filesystem::path& file,
                                                                  int64_t limitBytes = DefaultLimitBytes);
    /// `userCacheFolder()/scores.sqlite`
    [[nodiscard]] static std::filesystem::path defaultFile();
    ~ScoreCache();

    /// Where open() put a damaged file that it found in this one's place, if it did.
    [[nodiscard]] const std::optional<std::filesystem::path>& setAside() const;

    /// For each digest the stored score, if any, bit by bit as it was stored, those not checked being told
    /// apart; marks the batches they came in as used. An entry whose checksum fails counts as absent; it
    /// goes, and so does one that a later batch has, too. \param trial whose scores are asked for: batches of
    /// other trials are not read. Without one all of the scope's are, which takes as long as there are scores
    /// in it \error Io; BadInput for a damaged file
    [[nodiscard]] Result<std::vector<std::optional<StoredScore>>>
    findAny(const ScoreScope& scope, std::span<const Digest> sequences,
            const std::optional<Digest>& trial = std::nullopt);
    /// The checked ones of findAny().
    [[nodiscard]] Result<std::vector<std::optional<double>>> find(const ScoreScope& scope,
                                                                  std::span<const Digest> sequences);
    /// Whether there are scores of `scope` that came with this trial, or before there were trials. \error Io
    [[nodiscard]] Result<bool> holds(const ScoreScope& scope, const Digest& trial);
    /// Stores one finished batch in one transaction, as good; it is found in place of what was stored before
    /// under the same key.
    /// \param trial whose refutation removes it nevertheless; none: no check is about it
    /// \error BadInput when a score is not finite, there are more than a batch holds (2,097,152; nothing is
    /// stored then) or the file is damaged; Io
    [[nodiscard]] Result<void> store(const ScoreScope& scope, std::span<const Digest> sequences,
                                     std::span<const double> scores,
                                     const std::optional<Digest>& trial = std::nullopt);
    /// The same for scores that the trial's check has yet to speak for. \return the batch
    [[nodiscard]] Result<int64_t> storeUnchecked(const ScoreScope& scope, const Digest& trial,
                                                 std::span<const Digest> sequences,
                                                 std::span<const double> scores);

    /// The check of a trial passed: these batches are good from now on. Takes an earlier refutation back if
    /// its sequence is among the `compared`. \error Internal with the verdict where it is not; Io
    [[nodiscard]] Result<void> confirm(const Digest& trial, std::span<const int64_t> batches,
                                       std::span<const Digest> compared);
    /// The check of a trial failed: removes its scores and these batches, and keeps the verdict, in one
    /// transaction. \error Io
    [[nodiscard]] Result<void> refute(const Digest& trial, std::span<const int64_t> batches,
                                      const Refutation& refutation);
    [[nodiscard]] Result<std::optional<Refutation>> refutation(const Digest& trial);

    struct Info {
        std::filesystem::path file;
        int64_t entries = 0;
        int64_t unchecked = 0; ///< of them
        int64_t refuted = 0;   ///< windows on which a check failed
        int64_t models = 0;
        int64_t bytes = 0; ///< database and WAL on disk
        int64_t limitBytes = 0;
    };
    [[nodiscard]] Result<Info> info();
    /// Removes what was unused longest until at most `keepBytes` are left, by default everything, and gives
    /// the space back. A damaged file is replaced by an empty one. \return entries removed, as far as they
    /// could be counted
    [[nodiscard]] Result<int64_t> clear(int64_t keepBytes = 0);
    /// SQLite's integrity check, and every score's own check. \error BadInput with what is wrong and the
    /// remedy; Cancelled
    [[nodiscard]] Result<void> verify(const RunContext& context = {});

private:
    [[nodiscard]] Result<int64_t> storeBatch(const ScoreScope& scope, const std::optional<Digest>& trial,
                                             bool checked, std::span<const Digest> sequences,
                                             std::span<const double> scores);

    struct Impl;
    explicit ScoreCache(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace diploscope
