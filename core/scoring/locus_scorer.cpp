// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/locus_scorer.h"

#include "base/stage_clock.h"
#include "scoring/cached_scores.h"
#include "sequence/sequence_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace diploscope {

namespace {

/// Scores that a scorer without a cache holds: some 64 bytes each.
constexpr size_t MostRemembered = size_t{1} << 20;

/// Scores of a table, batch by batch: a few sums cost less than to know sequences by their contents,
/// and need no turn of the machine.
Result<void> scoreEach(const SequenceSource& sequences, std::span<double> scores, std::string_view stage,
                       const RunContext& context, const std::function<void()>& onBatch,
                       const std::function<Result<Eigen::VectorXd>(std::span<const EditList>)>& predict,
                       size_t batchSize) {
    std::vector<EditList> batch;
    for (size_t first = 0; first < sequences.count; first += batch.size()) {
        batch.clear();
        for (size_t i = first; i < std::min(sequences.count, first + batchSize); ++i)
            batch.push_back(sequences.at(i));
        DS_ASSIGN(const Eigen::VectorXd values,
                  inStage(context, Stage::Model, [&] { return predict(batch); }));
        std::copy(values.begin(), values.end(), scores.begin() + static_cast<std::ptrdiff_t>(first));
        context.report(stage, static_cast<int64_t>(first + batch.size()),
                       static_cast<int64_t>(sequences.count));
        onBatch();
    }
    return {};
}

} // namespace

ScoreScope scoreScope(const ScoreMember& member, Method method) {
    const std::string computation = member.predictor->computation(method);
    return {member.predictor->info().checksum,
            member.output.text() + (computation.empty() ? "" : "; " + computation)};
}

LocusScorer::LocusScorer(Settings settings, ScoreMember member, const ReferenceWindow& wide)
    : m_settings(std::move(settings))
    , m_member(std::move(member))
    , m_checkable(canBeChecked(*m_member.predictor, m_settings.method))
    , m_sample(checkSpacing(m_settings.selfCheckEvery, m_member.predictor->editsPerWholePass())) {
    if (m_member.predictor->info().scoresOf == ScoresOf::Listed)
        m_settings.cache = nullptr; // the same bases round another gene have another score
    const int64_t length = m_member.predictor->info().input.length;
    m_window = innerWindow(wide, length, m_member.shift, m_member.otherStrand);
    m_offset = innerOffset(wide, length, m_member.shift);
    m_scope = scoreScope(m_member, m_settings.method);
    const std::string reference = modelInput(m_window, {});
    m_trial = trialOf(m_scope, reference);
    m_reference = digestOf(reference);
}

EditList LocusScorer::inWindow(EditList edits) const {
    for (Edit& edit : edits)
        edit.offset -= m_offset;
    return edits;
}

Digest LocusScorer::olderKey(const EditList& edits) const {
    return digestOf(modelInput(m_window, edits));
}

bool LocusScorer::isRefuted(const Digest& content, const EditList& edits) const {
    return m_refutation && (m_refutation->sequence == content || m_refutation->sequence == olderKey(edits));
}

Result<Eigen::VectorXd> LocusScorer::predictBatch(std::span<const EditList> batch,
                                                  const RunContext& context) {
    DS_ASSIGN(const Eigen::MatrixXd values, m_locus->predict(batch, context));
    Eigen::VectorXd scores(values.rows());
    for (Eigen::Index i = 0; i < values.rows(); ++i) {
        scores(i) = m_member.output.score(values.row(i));
        if (std::isfinite(scores(i)))
            continue;
        if (values.row(i).allFinite())
            return fail(ErrorKind::Unsupported,
                        fmt::format("The score would be the logarithm of {:.6g}, which is not positive.",
                                    values.row(i).minCoeff()),
                        m_member.name(),
                        "Add the values up as they are (sum); logarithms and heads are for counts.");
        return fail(ErrorKind::Internal, "The model's output is not a finite number.", m_member.name(),
                    "The weights are damaged or do not fit the input; check them with the model's source.");
    }
    return scores;
}

void LocusScorer::awaitCheck(const Digest& content, const EditList& edits, double score, int64_t batch) {
    if (!m_checkable)
        return;
    m_uncheckedBatches.insert(batch);
    if (!m_unchecked.insert(content).second)
        return; // of haplotypes and single variants, those that are the same
    if (m_settings.selfCheckEvery <= 0)
        return;
    // Whoever computed them: the same are checked whether a run was interrupted or not.
    const SequenceKind kind = kindOf(m_window, edits);
    ScoredSequence sequence{edits, score, content};
    if (isRefuted(content, edits)) {
        m_sample.addAlways(kind, std::move(sequence));
        m_looksAgain = true;
    } else {
        m_sample.add(kind, std::move(sequence));
    }
}

Result<void> LocusScorer::readRefutation() {
    if (!m_checkable || !m_settings.cache)
        return {};
    DS_ASSIGN(m_refutation, m_settings.cache->refutation(m_trial));
    if (m_refutation && m_settings.selfCheckEvery == 0)
        return fail(ErrorKind::Internal, "An earlier self-check failed here. " + m_refutation->verdict,
                    m_member.name(),
                    "Run with --plain, or with the self-check on, which looks again; and report this.");
    return {};
}

Result<void> LocusScorer::score(std::span<const EditList> sequences, std::span<double> scores,
                                std::string_view stage, const RunContext& context,
                                const std::function<void()>& onBatch) {
    return score(sourceOf(sequences), scores, stage, context, onBatch);
}

Result<void> LocusScorer::score(const SequenceSource& sequences, std::span<double> scores,
                                std::string_view stage, const RunContext& context,
                                const std::function<void()>& onBatch,
                                const std::function<void()>& beforeBatches) {
    const StageTime time(context, Stage::Sequences);
    const auto total = static_cast<int64_t>(sequences.count);
    context.report(stage, 0, total);
    if (m_member.predictor->info().scoresOf == ScoresOf::Listed) {
        if (!m_locus) {
            const StageTime preparing(context, Stage::Model);
            DS_ASSIGN(m_locus, m_member.predictor->prepare(m_window, m_member.output, m_settings.method));
        }
        const SequenceSource own{sequences.count,
                                 [&](size_t index) { return inWindow(sequences.at(index)); }};
        const auto predict = [&](std::span<const EditList> batch) { return predictBatch(batch, context); };
        m_computed += total;
        return scoreEach(own, scores, stage, context, onBatch, predict,
                         static_cast<size_t>(m_locus->batchSize()));
    }
    DS_TRY(readRefutation());

    // The same content may stand in several places; it is predicted once.
    std::map<Digest, std::vector<size_t>> placesOf;
    std::vector<Digest> pending;
    for (size_t i = 0; i < sequences.count; ++i) {
        const Digest key = sequenceKey(m_window, m_reference, inWindow(sequences.at(i)));
        std::vector<size_t>& places = placesOf[key];
        if (places.empty())
            pending.push_back(key);
        places.push_back(i);
    }
    int64_t done = 0;
    int64_t given = 0;
    int64_t remembered = 0; // of these
    const auto settle = [&](const Digest& content, double score) {
        const std::vector<size_t>& places = placesOf.at(content);
        for (const size_t place : places)
            scores[place] = score;
        done += static_cast<int64_t>(places.size());
        return static_cast<int64_t>(places.size());
    };
    const auto takeRemembered = [&] {
        std::erase_if(pending, [&](const Digest& content) {
            const auto known = m_remembered.find(content);
            if (known == m_remembered.end())
                return false;
            remembered += settle(content, known->second);
            return true;
        });
        given = remembered;
    };
    const auto editsOf = [&](const Digest& content) {
        return inWindow(sequences.at(placesOf.at(content).front()));
    };
    std::function<Digest(size_t)> older = [&](size_t i) { return olderKey(editsOf(pending[i])); };
    const auto takeCached = [&]() -> Result<void> {
        if (!m_settings.cache) {
            takeRemembered();
            return {};
        }
        DS_ASSIGN(const auto known, inStage(context, Stage::Store, [&] {
                      return findByEdits(*m_settings.cache, m_scope, m_trial, pending, older);
                  }));
        older = {}; // versions before store nothing meanwhile
        std::vector<Digest> unknown;
        for (size_t i = 0; i < pending.size(); ++i) {
            if (!known[i]) {
                unknown.push_back(pending[i]);
                continue;
            }
            given += settle(pending[i], known[i]->score);
            if (!known[i]->checked)
                awaitCheck(pending[i], editsOf(pending[i]), known[i]->score, known[i]->batch);
        }
        pending = std::move(unknown);
        return {};
    };

    const auto nextBatch = [&]() -> Result<size_t> {
        if (!m_locus) {
            const StageTime preparing(context, Stage::Model);
            DS_ASSIGN(m_locus, m_member.predictor->prepare(m_window, m_member.output, m_settings.method));
            context.report(stage, done, total, given);
        }
        return std::min(pending.size(), static_cast<size_t>(std::max<int64_t>(1, m_locus->batchSize())));
    };
    const auto predictNext = [&]() -> Result<void> {
        DS_ASSIGN(const size_t count, nextBatch());
        const std::span<const Digest> contents(pending.data(), count);
        std::vector<EditList> batch;
        for (const Digest& content : contents)
            batch.push_back(editsOf(content));
        DS_ASSIGN(const Eigen::VectorXd values,
                  inStage(context, Stage::Model, [&] { return predictBatch(batch, context); }));
        const StageTime storing(context, Stage::Store);
        int64_t stored = 0;
        const ScoreScope scope = keyedByEdits(m_scope);
        if (m_settings.cache && m_checkable) {
            DS_ASSIGN(stored,
                      m_settings.cache->storeUnchecked(scope, m_trial, contents, {values.data(), count}));
        } else if (m_settings.cache) {
            DS_TRY(m_settings.cache->store(scope, contents, {values.data(), count}, m_trial));
        }
        for (size_t i = 0; i < count; ++i) {
            const double score = values(static_cast<Eigen::Index>(i));
            settle(contents[i], score);
            if (!m_settings.cache && m_remembered.size() < MostRemembered)
                m_remembered.emplace(contents[i], score);
            ++m_computed;
            awaitCheck(contents[i], batch[i], score, stored);
        }
        pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(count));
        return {};
    };

    DS_TRY(takeCached());
    context.report(stage, done, total, given);
    if (beforeBatches && !pending.empty()) {
        size_t first = 0;
        {
            DS_ASSIGN(const auto turn, awaitTurn(context));
            DS_ASSIGN(first, nextBatch());
        }
        if (first < pending.size())
            beforeBatches();
    }
    while (!pending.empty()) {
        {
            DS_ASSIGN(const auto turn, awaitTurn(context));
            if (turn.waited())
                DS_TRY(takeCached()); // who went first may have asked for the same
            if (!pending.empty())
                DS_TRY(predictNext());
        }
        context.report(stage, done, total, given);
        onBatch();
    }
    m_fromCache += given - remembered;
    return {};
}

void LocusScorer::beginNextCheck() {
    m_unchecked.clear();
    m_uncheckedBatches.clear();
    m_sample.clear();
    m_looksAgain = false;
    for (WholePasses* passes : {&m_plainPasses, &m_passesAsReferences})
        std::erase_if(*passes, [this](const auto& pass) { return pass.first != m_reference; });
}

Result<SelfCheck> LocusScorer::selfCheck(double referenceScore, const RunContext& context) {
    const StageTime time(context, Stage::SelfCheck);
    const auto check = hasChosen() ? checkAgainstPlain : checkAsReferences;
    WholePasses& known = hasChosen() ? m_plainPasses : m_passesAsReferences;
    const std::vector<ScoredSequence> sequences = m_sample.sequences();
    DS_ASSIGN(SelfCheck found, check(*m_member.predictor, m_window, m_member.output,
                                     {{}, referenceScore, m_reference}, sequences, known, context));
    const std::vector<int64_t> batches(m_uncheckedBatches.begin(), m_uncheckedBatches.end());
    const bool looksAgain = m_looksAgain;
    beginNextCheck();
    if (found.refuted) {
        auto& [content, error] = *found.refuted;
        m_refutation = Refutation{content, error.what};
        m_remembered.clear();
        if (m_settings.cache)
            DS_TRY(m_settings.cache->refute(m_trial, batches, *m_refutation));
        return fail(std::move(error));
    }
    std::vector<Digest> compared;
    if (found.checked > 0)
        for (const ScoredSequence& sequence : sequences)
            compared.push_back(sequence.content);
    if (looksAgain && !compared.empty())
        compared.push_back(m_refutation->sequence); // by the key under which it was refuted
    // Asked for without the sequence that differed, a window stays refuted.
    if (m_refutation && std::find(compared.begin(), compared.end(), m_refutation->sequence) == compared.end())
        return fail(ErrorKind::Internal, "An earlier self-check failed here. " + m_refutation->verdict,
                    m_member.name(), DoNotUse);
    m_refutation.reset();
    if (m_settings.cache && !compared.empty())
        DS_TRY(m_settings.cache->confirm(m_trial, batches, compared));
    return found;
}

} // namespace diploscope
