// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/locus_scorer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace diploscope {

LocusScorer::LocusScorer(Settings settings, ScoreMember member, const ReferenceWindow& wide)
    : m_settings(std::move(settings)), m_member(std::move(member)) {
    const int64_t length = m_member.predictor->info().input.length;
    m_window = innerWindow(wide, length, m_member.shift, m_member.otherStrand);
    m_offset = innerOffset(wide, length, m_member.shift);
    m_scope.modelChecksum = m_member.predictor->info().checksum;
    m_scope.output = m_member.output.text();
    if (const std::string computation = m_member.predictor->computation(m_settings.method);
        !computation.empty())
        m_scope.output += "; " + computation;
}

EditList LocusScorer::inWindow(const EditList& edits) const {
    EditList moved = edits;
    for (Edit& edit : moved)
        edit.offset -= m_offset;
    return moved;
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

Result<void> LocusScorer::score(std::span<const EditList> sequences, std::span<double> scores,
                                std::string_view stage, const RunContext& context,
                                const std::function<void()>& onBatch) {
    const auto total = static_cast<int64_t>(sequences.size());
    context.report(stage, 0, total);

    // The same content may stand in several places; it is predicted once.
    std::map<Digest, std::vector<size_t>> placesOf;
    std::vector<Digest> pending;
    for (size_t i = 0; i < sequences.size(); ++i) {
        const Digest digest = digestOf(modelInput(m_window, inWindow(sequences[i])));
        std::vector<size_t>& places = placesOf[digest];
        if (places.empty())
            pending.push_back(digest);
        places.push_back(i);
    }
    int64_t done = 0;
    int64_t given = 0;
    const auto settle = [&](const Digest& content, double score) {
        const std::vector<size_t>& places = placesOf.at(content);
        for (const size_t place : places)
            scores[place] = score;
        done += static_cast<int64_t>(places.size());
        return static_cast<int64_t>(places.size());
    };
    const auto takeCached = [&]() -> Result<void> {
        if (!m_settings.cache)
            return {};
        DS_ASSIGN(const auto known, m_settings.cache->find(m_scope, pending));
        std::vector<Digest> unknown;
        for (size_t i = 0; i < pending.size(); ++i) {
            if (known[i])
                given += settle(pending[i], *known[i]);
            else
                unknown.push_back(pending[i]);
        }
        pending = std::move(unknown);
        return {};
    };

    const auto predictNext = [&]() -> Result<void> {
        if (!m_locus) {
            DS_ASSIGN(m_locus, m_member.predictor->prepare(m_window, m_member.output, m_settings.method));
            context.report(stage, done, total, given);
        }
        const size_t count =
            std::min(pending.size(), static_cast<size_t>(std::max<int64_t>(1, m_locus->batchSize())));
        const std::span<const Digest> contents(pending.data(), count);
        std::vector<EditList> batch;
        for (const Digest& content : contents)
            batch.push_back(inWindow(sequences[placesOf.at(content).front()]));
        DS_ASSIGN(const Eigen::VectorXd values, predictBatch(batch, context));
        if (m_settings.cache)
            DS_TRY(m_settings.cache->store(m_scope, contents, {values.data(), count}));
        for (size_t i = 0; i < count; ++i) {
            const double score = values(static_cast<Eigen::Index>(i));
            settle(contents[i], score);
            ++m_computed;
            if (m_settings.method == Method::Fast && isChecked(m_computed, m_settings.selfCheckEvery))
                m_toCheck.push_back({batch[i], score});
        }
        pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(count));
        return {};
    };

    DS_TRY(takeCached());
    context.report(stage, done, total, given);
    while (!pending.empty()) {
        {
            DS_ASSIGN(const auto turn, context.turn());
            if (turn.waited())
                DS_TRY(takeCached()); // who went first may have asked for the same
            if (!pending.empty())
                DS_TRY(predictNext());
        }
        context.report(stage, done, total, given);
        onBatch();
    }
    m_fromCache += given;
    return {};
}

Result<SelfCheck> LocusScorer::selfCheck(double referenceScore, const RunContext& context) const {
    return checkAgainstPlain(*m_member.predictor, m_window, m_member.output, referenceScore, m_toCheck,
                             context);
}

} // namespace diploscope
