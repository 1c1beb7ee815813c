// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/score_cache.h"
#include "scoring/score_options.h"
#include "scoring/self_check.h"
#include "sequence/sequence_source.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

namespace diploscope {

/// Under what a member's scores are kept, see keyedByEdits() too.
[[nodiscard]] ScoreScope scoreScope(const ScoreMember& member, Method method);

/// Scores sequences by one member of a score (a model on one placing of its window): looks each up in the
/// cache by content, runs the model on what is left (equal sequences once), and stores every finished batch
/// at once, so that a killed run goes on where it stopped. Without a cache it remembers what it has scored
/// itself. Where a check is to speak for the scores, they are
/// stored as unchecked, and selfCheck() makes them good or removes them; those that an earlier run left
/// unchecked are checked as if they had been computed now. The model is made ready only when the first
/// sequence is not in the cache, and computes only in its turn (RunContext::turn), a batch at a time. One
/// thread at a time.
class LocusScorer {
public:
    struct Settings {
        Method method = Method::Fast;
        std::shared_ptr<ScoreCache> cache;    ///< null: none, what this scorer has computed aside
        int selfCheckEvery = kSelfCheckEvery; ///< see checkSpacing(); 0: never
    };
    /// \param wide what all members' windows are cut from, see innerWindow(); the sequences' edits are on it
    LocusScorer(Settings settings, ScoreMember member, const ReferenceWindow& wide);

    /// \param sequences asked for once to look them up, and once more where they are computed \param scores
    /// as many as sequences, NaN; filled as they become known, so that a partial result can be shown \param
    /// stage what the sequences are, for progress: "Predicting haplotypes" \param onBatch called after every
    /// batch, on this thread \param beforeBatches called once, on this thread and in nobody's turn, where the
    /// cache leaves more than one batch to compute: with what it has, before the first \error what the model,
    /// the cache or a stop request give; finished batches stay stored. Internal where an earlier check
    /// refuted the window and no check is wanted now.
    [[nodiscard]] Result<void> score(const SequenceSource& sequences, std::span<double> scores,
                                     std::string_view stage, const RunContext& context,
                                     const std::function<void()>& onBatch,
                                     const std::function<void()>& beforeBatches = {});
    [[nodiscard]] Result<void> score(std::span<const EditList> sequences, std::span<double> scores,
                                     std::string_view stage, const RunContext& context,
                                     const std::function<void()>& onBatch);

    /// Plain passes are due, which take long enough for the report to be shown before; those of few scores
    /// are not.
    [[nodiscard]] bool hasChosen() const { return m_sample.hasChosen(); }
    /// Scores some of what no check has spoken for again, by whole forward passes, and keeps the verdict in
    /// the cache: those of CheckSample, one of each kind at least, because a fault may be that of haplotypes
    /// alone. Against Plain, or as references where only the kinds are checked. The reference's whole pass is
    /// made once, and those of a check that was stopped are not made again. What it was about is settled
    /// then, whatever it found: score() may be asked for more, of which the next check speaks. A window that
    /// it refuted stays so until a check has looked at the same sequence again, with a cache or without.
    /// \param referenceScore this member's \error Internal, naming the sequence and the numbers, where they
    /// differ; see checkAgainstPlain, checkAsReferences
    [[nodiscard]] Result<SelfCheck> selfCheck(double referenceScore, const RunContext& context);
    /// Gives back the memory that the model holds for this window.
    void release() { m_locus.reset(); }

    [[nodiscard]] int64_t computed() const { return m_computed; }
    [[nodiscard]] int64_t fromCache() const { return m_fromCache; }

private:
    [[nodiscard]] Result<Eigen::VectorXd> predictBatch(std::span<const EditList> batch,
                                                       const RunContext& context);

    [[nodiscard]] EditList inWindow(EditList edits) const;
    /// Of a sequence's bases, by which versions before knew it. \param edits inWindow()
    [[nodiscard]] Digest olderKey(const EditList& edits) const;
    /// Whether an earlier check refuted this very sequence.
    [[nodiscard]] bool isRefuted(const Digest& content, const EditList& edits) const;
    /// Notes a score that no check has spoken for; some of them are to be checked. \param edits inWindow()
    void awaitCheck(const Digest& content, const EditList& edits, double score, int64_t batch);
    [[nodiscard]] Result<void> readRefutation();
    void beginNextCheck();

    Settings m_settings;
    ScoreMember m_member;
    ReferenceWindow m_window;
    int64_t m_offset; ///< of m_window in the window that edits are on
    ScoreScope m_scope;
    bool m_checkable;                       ///< there is a shortcut that a check can refute
    Digest m_trial{};                       ///< whose scores the check speaks for
    std::optional<Refutation> m_refutation; ///< of an earlier check, by the cache where there is one
    bool m_looksAgain = false;              ///< at the sequence that it is about
    std::unique_ptr<LocusPredictor> m_locus;
    std::set<Digest> m_unchecked;
    std::set<int64_t> m_uncheckedBatches;            ///< of the cache, that hold them
    CheckSample m_sample;                            ///< of them, those to be checked
    Digest m_reference{};                            ///< content of the unedited window
    WholePasses m_plainPasses, m_passesAsReferences; ///< of what is to be checked, and the reference's
    std::map<Digest, double> m_remembered;           ///< without a cache: as many as MostRemembered
    int64_t m_computed = 0;
    int64_t m_fromCache = 0;
};

} // namespace diploscope
