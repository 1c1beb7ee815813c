// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/self_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

std::string nameOf(const EditList& edits, const Region& region) {
    if (edits.empty())
        return "the reference";
    const Edit& first = edits.front();
    const std::string place = fmt::format("{}:{}", region.contig, region.start + first.offset + 1);
    return edits.size() == 1 ? fmt::format("{} to {}", place, first.alt)
                             : fmt::format("a haplotype of {} variants from {}", edits.size(), place);
}

double toleranceOf(const Predictor& predictor) {
    return predictor.computation(Method::Plain).find("fp64") != std::string::npos ? 1e-8 : 1e-4;
}

} // namespace

void SelfCheck::add(const SelfCheck& other) {
    checked += other.checked;
    if (skipped.empty())
        skipped = other.skipped;
    largestDifference = std::max(largestDifference, other.largestDifference);
    largestEffectDifference = std::max(largestEffectDifference, other.largestEffectDifference);
}

bool canBeChecked(const Predictor& predictor, Method method) {
    return method == Method::Fast &&
           predictor.computation(Method::Fast) != predictor.computation(Method::Plain);
}

bool isChecked(int64_t computed, int every) {
    if (every <= 0)
        return false;
    const int64_t first = std::min(every, kFirstSelfCheck);
    return computed >= first && (computed - first) % every == 0;
}

Result<SelfCheck> checkAgainstPlain(const Predictor& predictor, const ReferenceWindow& window,
                                    const OutputChoice& output, double referenceScore,
                                    std::span<const ScoredSequence> sequences, const RunContext& context) {
    SelfCheck found;
    if (sequences.empty() || !canBeChecked(predictor, Method::Fast))
        return found;
    std::vector<EditList> edits{EditList{}};
    for (const ScoredSequence& sequence : sequences)
        edits.push_back(sequence.edits);
    constexpr const char* stage = "Checking against whole predictions";
    const auto total = static_cast<int64_t>(edits.size());
    context.report(stage, 0, total);
    const auto locus = predictor.prepare(window, output, Method::Plain);
    if (!locus && locus.error().kind == ErrorKind::Unsupported) {
        found.skipped = locus.error().what;
        return found;
    }
    if (!locus)
        return fail(locus.error());
    Eigen::MatrixXd values;
    for (int64_t i = 0; i < total; ++i) {
        DS_ASSIGN(const auto turn, context.turn());
        DS_ASSIGN(const Eigen::MatrixXd one,
                  (*locus)->predict(std::span(edits).subspan(static_cast<size_t>(i), 1), context));
        values.conservativeResize(total, one.cols());
        values.row(i) = one;
        context.report(stage, i + 1, total);
    }

    const double tolerance = toleranceOf(predictor);
    const double plainReference = output.score(values.row(0));
    for (size_t i = 0; i < sequences.size(); ++i) {
        const auto row = values.row(static_cast<Eigen::Index>(i) + 1);
        const double plain = output.score(row);
        const double size = std::max(output.magnitude(row), output.magnitude(values.row(0)));
        const double fast = sequences[i].score;
        const double effect = plain - plainReference;
        const double difference = std::abs(fast - plain);
        const double effectDifference = std::abs(fast - referenceScore - effect);
        // Written so that a difference that is no number fails.
        if (!(difference <= tolerance * size) ||
            !(effectDifference <= 0.1 * tolerance * size + 100 * tolerance * std::abs(effect))) {
            found.refuted = {
                sequences[i].content,
                Error{ErrorKind::Internal,
                      fmt::format("The exact shortcut gives {:.9g} for {}, but the whole forward "
                                  "pass {:.9g}; its effect is {:.6g} against {:.6g}.",
                                  fast, nameOf(sequences[i].edits, window.region), plain,
                                  fast - referenceScore, effect),
                      predictor.info().name, DoNotUse}};
            return found;
        }
        ++found.checked;
        if (size > 0) {
            found.largestDifference = std::max(found.largestDifference, difference / size);
            found.largestEffectDifference = std::max(found.largestEffectDifference, effectDifference / size);
        }
    }
    return found;
}

} // namespace diploscope
