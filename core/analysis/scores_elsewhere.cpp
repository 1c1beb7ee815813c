// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/scores_elsewhere.h"

#include "analysis/asked_sequences.h"
#include "analysis/effect_background.h"
#include "base/digest_hash.h"
#include "base/words.h"
#include "io/sequence_list.h"
#include "scoring/cached_scores.h"
#include "scoring/locus_scorer.h"
#include "scoring/self_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_set>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Windows in which scores are computed here, too: one sequence of each kind.
constexpr size_t kWindowsChecked = 4;

/// What is to be stored of one member's window, once some of it was checked.
struct Taken {
    size_t gene = 0;
    size_t member = 0;
    ScoreScope scope;
    Digest trial{};
    std::vector<Digest> sequences;
    std::vector<double> scores;
    std::optional<double> reference; ///< its score, where anybody has it
};

class ScoreImport {
public:
    ScoreImport(const Study& study, std::vector<const StudyGene*> genes, const SequenceScores& given,
                const std::shared_ptr<const Predictor>& predictor, const ScoreOptions& score, Method method,
                ScoreCache& cache)
        : m_study(study)
        , m_genes(std::move(genes))
        , m_given(given)
        , m_predictor(predictor)
        , m_score(score)
        , m_method(method)
        , m_cache(cache)
        , m_isElsewhere(predictor->info().scoresOf == ScoresOf::Elsewhere) {}

    Result<ScoresTaken> run(const RunContext& context) {
        DS_TRY(collect(context));
        DS_TRY(refuseOthers());
        DS_TRY(check(context));
        DS_TRY(store(context));
        return m_taken;
    }

private:
    Result<void> collect(const RunContext& context) {
        m_taken.genes = static_cast<int64_t>(m_genes.size());
        std::vector<bool> isWhole(m_genes.size(), true);
        const auto takeThem = [&](const AskedSequences& asked) -> Result<void> {
            DS_ASSIGN(const bool whole, take(asked));
            isWhole[asked.gene] = isWhole[asked.gene] && whole;
            return {};
        };
        DS_TRY(askEach(m_study, numbered(m_genes), m_predictor, m_score, "Looking for scores", context,
                       takeThem));
        m_taken.wholeGenes = std::count(isWhole.begin(), isWhole.end(), true);
        m_taken.unasked = m_given.count() - m_used;
        return {};
    }

    /// \return whether all of them have a score now
    Result<bool> take(const AskedSequences& asked) {
        bool isWhole = true;
        DS_ASSIGN(const KeptScores kept, keptScores(asked, m_method, m_cache));
        const auto& [scope, trial, keys, known] = kept;
        Taken taken;
        taken.gene = asked.gene;
        taken.member = asked.number;
        taken.scope = scope;
        taken.trial = trial;
        for (size_t i = 0; i < keys.size(); ++i) {
            const std::optional<double> given = m_given.find(keys[i]);
            // Genes may share sequences.
            const bool isNew = m_seen.insert(keys[i]).second;
            m_taken.asked += isNew ? 1 : 0;
            m_used += isNew && given ? 1 : 0;
            if (known[i]) {
                m_taken.known += isNew ? 1 : 0;
                if (m_isElsewhere && given && !isSame(known[i]->score, *given))
                    differ(keys[i], known[i]->score, *given);
            } else if (given) {
                taken.sequences.push_back(keys[i]);
                taken.scores.push_back(*given);
                m_taken.taken += isNew ? 1 : 0;
            } else {
                m_taken.missing += isNew ? 1 : 0;
                isWhole = false;
            }
        }
        if (known.front())
            taken.reference = known.front()->score;
        else
            taken.reference = m_given.find(keys.front());
        if (!taken.sequences.empty())
            m_pending.push_back(std::move(taken));
        return isWhole;
    }

    /// What its machine's rounding may make of it the next time.
    [[nodiscard]] bool isSame(double known, double given) const {
        const double share = precisionOf(*m_predictor, m_method) == Precision::Single ? 1e-4 : 1e-8;
        return std::abs(known - given) <= share * std::max(std::abs(known), std::abs(given));
    }

    void differ(const Digest& sequence, double known, double given) {
        if (m_differing++ == 0)
            m_differs = fmt::format("{}: {} here, {} in the table", toHex(sequence), known, given);
    }

    Result<void> refuseOthers() const {
        if (m_differing > 0)
            return fail(ErrorKind::Mismatch,
                        fmt::format("{} another score already: {}.",
                                    counted(m_differing, "sequence has", "sequences have"), m_differs),
                        m_predictor->info().name,
                        "Where the new ones are right, give the model another \"version\" in its model.json, "
                        "whose scores are its own, and write its sequences anew. Nothing was stored.");
        if (m_taken.taken + m_taken.known == 0)
            return fail(ErrorKind::Mismatch,
                        fmt::format("None of {} is of a sequence that the study asks for.",
                                    counted(m_given.count(), "score", "scores")),
                        m_study.file().path.string(),
                        "Reference, genotypes or model have changed since the sequences were written: write "
                        "them anew.");
        return {};
    }

    Result<void> check(const RunContext& context) {
        if (m_pending.empty())
            return {};
        if (m_isElsewhere) {
            m_taken.unchecked = "the model cannot be run here";
            return {};
        }
        std::vector<const Taken*> windows;
        for (const Taken& taken : m_pending)
            windows.push_back(&taken);
        const size_t count = std::min(kWindowsChecked, windows.size());
        std::partial_sort(windows.begin(), windows.begin() + static_cast<std::ptrdiff_t>(count),
                          windows.end(), [](const Taken* a, const Taken* b) { return a->trial < b->trial; });
        windows.resize(count);
        for (const Taken* taken : windows) {
            const auto checkIt = [&](const AskedSequences& asked) -> Result<void> {
                return asked.number == taken->member ? checkWindow(*taken, asked, context) : Result<void>();
            };
            DS_TRY(askEach(m_study, {{taken->gene, m_genes[taken->gene]}}, m_predictor, m_score,
                           "Checking scores", context, checkIt));
        }
        return {};
    }

    Result<void> checkWindow(const Taken& taken, const AskedSequences& asked, const RunContext& context) {
        const std::vector<WantedSequence>& sequences = asked.wanted.sequences;
        const ScoredSequence reference{
            {}, taken.reference.value_or(std::numeric_limits<double>::quiet_NaN()), sequences.front().key};
        CheckSample sample({std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::max()});
        const std::set<Digest> stored(taken.sequences.begin(), taken.sequences.end());
        for (const WantedSequence& sequence : sequences)
            if (stored.contains(sequence.key)) {
                EditList edits = asked.editsInWindow(sequence);
                const SequenceKind kind = kindOf(asked.wanted.window, edits);
                sample.add(kind, {std::move(edits), *m_given.find(sequence.key), sequence.key});
            }
        const std::vector<ScoredSequence> chosen = sample.sequences();
        DS_ASSIGN(const SelfCheck found,
                  checkForeign(*asked.member.predictor, asked.wanted.window, asked.member.output, reference,
                               chosen, m_method, context));
        if (found.refuted)
            return fail(found.refuted->second);
        m_taken.checked += found.checked;
        return {};
    }

    Result<void> store(const RunContext& context) {
        for (size_t i = 0; i < m_pending.size(); ++i) {
            DS_TRY(context.checkpoint());
            context.report("Storing scores", static_cast<int64_t>(i), static_cast<int64_t>(m_pending.size()));
            const Taken& taken = m_pending[i];
            const ScoreScope scope = keyedByEdits(taken.scope);
            if (canBeChecked(*m_predictor, m_method))
                DS_TRY(m_cache.storeUnchecked(scope, taken.trial, taken.sequences, taken.scores));
            else
                DS_TRY(m_cache.store(scope, taken.sequences, taken.scores, taken.trial));
        }
        return {};
    }

    const Study& m_study;
    std::vector<const StudyGene*> m_genes;
    const SequenceScores& m_given;
    const std::shared_ptr<const Predictor>& m_predictor;
    const ScoreOptions& m_score;
    Method m_method;
    ScoreCache& m_cache;
    bool m_isElsewhere;

    ScoresTaken m_taken;
    std::vector<Taken> m_pending;
    std::unordered_set<Digest, DigestHash> m_seen;
    int64_t m_used = 0; ///< of the given scores
    int64_t m_differing = 0;
    std::string m_differs;
};

Result<void> checkSame(const SequenceFolder& sequences, const Predictor& predictor,
                       const ScoreOptions& score) {
    const ModelInfo& info = predictor.info();
    const auto others = [&](const std::string& what) {
        return fail(ErrorKind::Mismatch, what, sequences.folder.string(),
                    "Read them for the model and score that they were written for, or write them anew.");
    };
    if (sequences.checksum != info.checksum)
        return others(
            sequences.model == info.name
                ? fmt::format("The model {} has changed since the sequences were written.", info.name)
                : fmt::format("The sequences were written for the model {}, not for {}.", sequences.model,
                              info.name));
    if (sequences.score != scoreText(score))
        return others(fmt::format("The sequences were written for another score of {}: {}, not {}.",
                                  info.name, sequences.score, scoreText(score)));
    return {};
}

} // namespace

Result<ScoresTaken> importScores(const Study& study, const SequenceFolder& sequences,
                                 const std::vector<fs::path>& files,
                                 const std::shared_ptr<const Predictor>& predictor, const ScoreOptions& score,
                                 Method method, ScoreCache& cache, const RunContext& context) {
    DS_TRY(hasScoresOfItsOwn(*predictor));
    DS_TRY(checkSame(sequences, *predictor, score));
    std::vector<const StudyGene*> genes;
    for (const std::string& id : sequences.genes) {
        DS_ASSIGN(const StudyGene* gene, study.findGene(id));
        genes.push_back(gene);
    }
    DS_ASSIGN(const SequenceScores given, SequenceScores::read(files, context));
    return ScoreImport(study, std::move(genes), given, predictor, score, method, cache).run(context);
}

std::string inWords(const ScoresTaken& taken) {
    std::string text = fmt::format("{} taken", counted(taken.taken, "score", "scores"));
    if (taken.known > 0)
        text += fmt::format(", {} had one", counted(taken.known, "sequence", "sequences"));
    if (taken.missing > 0)
        text +=
            fmt::format(", {} without one ({} of {} whole)", counted(taken.missing, "sequence", "sequences"),
                        taken.wholeGenes, counted(taken.genes, "gene is", "genes are"));
    if (taken.unasked > 0)
        text += fmt::format(", {} of other sequences left out", counted(taken.unasked, "score", "scores"));
    return text;
}

std::string checksInWords(const ScoresTaken& taken) {
    if (taken.taken == 0)
        return {};
    return taken.unchecked.empty()
               ? fmt::format("{} of them computed here, too: they agree", taken.checked)
               : fmt::format("None was computed here for comparison: {}", taken.unchecked);
}

} // namespace diploscope
