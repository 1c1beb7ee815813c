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

    std::vector<Digest> digests;
    digests.reserve(sequences.size());
    for (const EditList& edits : sequences)
        digests.push_back(digestOf(modelInput(m_window, inWindow(edits))));

    std::vector<std::optional<double>> known(sequences.size());
    if (m_settings.cache) {
        DS_ASSIGN(known, m_settings.cache->find(m_scope, digests));
    }

    // The same content may stand in several places; it is predicted where it stands first.
    std::vector<size_t> unknown;
    std::map<Digest, std::vector<size_t>> placesOfContent;
    int64_t done = 0;
    for (size_t i = 0; i < sequences.size(); ++i) {
        if (known[i]) {
            scores[i] = *known[i];
            ++done;
            continue;
        }
        auto& places = placesOfContent[digests[i]];
        if (places.empty())
            unknown.push_back(i);
        places.push_back(i);
    }
    m_fromCache += done;
    if (unknown.empty()) {
        context.report(stage, total, total);
        return {};
    }

    if (!m_locus) {
        DS_ASSIGN(m_locus, m_member.predictor->prepare(m_window, m_member.output, m_settings.method));
    }
    const auto batchSize = static_cast<size_t>(std::max<int64_t>(1, m_locus->batchSize()));
    for (size_t first = 0; first < unknown.size(); first += batchSize) {
        DS_TRY(context.checkpoint());
        const size_t count = std::min(batchSize, unknown.size() - first);
        std::vector<EditList> batch;
        std::vector<Digest> batchDigests;
        for (size_t i = first; i < first + count; ++i) {
            batch.push_back(inWindow(sequences[unknown[i]]));
            batchDigests.push_back(digests[unknown[i]]);
        }
        DS_ASSIGN(const Eigen::VectorXd batchScores, predictBatch(batch, context));
        if (m_settings.cache)
            DS_TRY(m_settings.cache->store(m_scope, batchDigests, {batchScores.data(), count}));
        for (size_t i = 0; i < count; ++i) {
            const auto& places = placesOfContent[batchDigests[i]];
            for (const size_t place : places)
                scores[place] = batchScores(static_cast<Eigen::Index>(i));
            done += static_cast<int64_t>(places.size());
            ++m_computed;
            if (m_settings.method == Method::Fast && isChecked(m_computed, m_settings.selfCheckEvery))
                m_toCheck.push_back({batch[i], batchScores(static_cast<Eigen::Index>(i))});
        }
        context.report(stage, done, total);
        onBatch();
    }
    return {};
}

Result<SelfCheck> LocusScorer::selfCheck(double referenceScore, const RunContext& context) const {
    return checkAgainstPlain(*m_member.predictor, m_window, m_member.output, referenceScore, m_toCheck,
                             context);
}

} // namespace diploscope
