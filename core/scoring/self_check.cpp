// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/self_check.h"

#include "base/stage_clock.h"
#include "scoring/score_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

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

constexpr double kDoubleTolerance = 1e-8;
constexpr double kSingleTolerance = 1e-4;
constexpr const char* kStage = "Checking against whole predictions";

/// What is said of a score that differs.
struct Accusation {
    ErrorKind kind = ErrorKind::Internal;
    const char* whose = "The exact shortcut gives";
    const char* remedy = DoNotUse;
};

constexpr Accusation kForeign{ErrorKind::Mismatch, "What was computed elsewhere is",
                              "Nothing was stored. Same weights, same output, same precision? Bases are to "
                              "be read as they are written, "
                              "and a score is the sum or mean that `sequences.json` names. A model of kind "
                              "\"elsewhere\" has the scores "
                              "that it is given."};

/// \param whole values of the reference and of each sequence, by whole forward passes, in rows
SelfCheck compare(std::span<const ScoredSequence> sequences, const ScoredSequence& reference,
                  const Eigen::MatrixXd& whole, double tolerance, const OutputChoice& output,
                  const Region& region, const std::string& model, const Accusation& words = {}) {
    SelfCheck found;
    const double wholeReference = output.score(whole.row(0));
    /// \param row of `whole` \return whether they agree; `found` tells of it
    const auto agrees = [&](const ScoredSequence& sequence, Eigen::Index row) {
        const double score = output.score(whole.row(row));
        const double size = std::max(output.magnitude(whole.row(row)), output.magnitude(whole.row(0)));
        const double fast = sequence.score;
        const double effect = score - wholeReference;
        const double difference = std::abs(fast - score);
        const double effectDifference = std::abs(fast - reference.score - effect);
        // Written so that a difference that is no number fails.
        if (!(difference <= tolerance * size) ||
            !(effectDifference <= 0.1 * tolerance * size + 100 * tolerance * std::abs(effect))) {
            found.refuted = {sequence.content,
                             Error{words.kind,
                                   fmt::format("{} {:.9g} for {}, but the whole forward "
                                               "pass {:.9g}; its effect is {:.6g} against {:.6g}.",
                                               words.whose, fast, nameOf(sequence.edits, region), score,
                                               fast - reference.score, effect),
                                   model, words.remedy}};
            return false;
        }
        if (size > 0) {
            found.largestDifference = std::max(found.largestDifference, difference / size);
            found.largestEffectDifference = std::max(found.largestEffectDifference, effectDifference / size);
        }
        return true;
    };
    for (size_t i = 0; i < sequences.size(); ++i) {
        if (!agrees(sequences[i], static_cast<Eigen::Index>(i) + 1))
            return found;
        ++found.checked;
    }
    agrees(reference, 0); // last: what is wrong of it alone stands behind what says where
    return found;
}

/// Whole passes over the reference, then each sequence, each in its turn, but for those that are known.
/// \param predict a sequence that is not, whose values are kept at once
Result<Eigen::MatrixXd> predictEach(const ScoredSequence& reference,
                                    std::span<const ScoredSequence> sequences, WholePasses& known,
                                    const RunContext& context,
                                    const std::function<Result<Eigen::MatrixXd>(const EditList&)>& predict) {
    const size_t total = sequences.size() + 1;
    Eigen::MatrixXd values;
    for (size_t i = 0; i < total; ++i) {
        const ScoredSequence& sequence = i == 0 ? reference : sequences[i - 1];
        auto whole = known.find(sequence.content);
        if (whole == known.end()) {
            DS_ASSIGN(const auto turn, awaitTurn(context));
            DS_ASSIGN(const Eigen::MatrixXd one, predict(sequence.edits));
            whole = known.emplace(sequence.content, one.row(0)).first;
        }
        values.conservativeResize(static_cast<Eigen::Index>(total), whole->second.size());
        values.row(static_cast<Eigen::Index>(i)) = whole->second;
        context.report(kStage, static_cast<int64_t>(i) + 1, static_cast<int64_t>(total));
    }
    return values;
}

/// A sequence by Method::Fast without its shortcut: as the reference of a window of its own.
Result<Eigen::MatrixXd> asReference(const Predictor& predictor, const ReferenceWindow& window,
                                    const OutputChoice& output, const EditList& edits,
                                    const RunContext& context) {
    const ReferenceWindow own = windowOverSequence(modelInput(window, edits), predictor.info().input);
    DS_ASSIGN(const auto locus, predictor.prepare(own, output, Method::Fast));
    const EditList none;
    return locus->predict(std::span(&none, 1), context);
}

double toleranceOf(const Predictor& predictor, Method method) {
    return precisionOf(predictor, method) == Precision::Single ? kSingleTolerance : kDoubleTolerance;
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

Result<SelfCheck> checkAgainstPlain(const Predictor& predictor, const ReferenceWindow& window,
                                    const OutputChoice& output, const ScoredSequence& reference,
                                    std::span<const ScoredSequence> sequences, WholePasses& known,
                                    const RunContext& context) {
    if (sequences.empty() || !canBeChecked(predictor, Method::Fast))
        return SelfCheck{};
    context.report(kStage, 0, static_cast<int64_t>(sequences.size()) + 1);
    const auto locus = predictor.prepare(window, output, Method::Plain);
    if (!locus && locus.error().kind == ErrorKind::Unsupported) {
        SelfCheck found;
        found.skipped = locus.error().what;
        return found;
    }
    if (!locus)
        return fail(locus.error());
    const auto predict = [&](const EditList& edits) {
        return (*locus)->predict(std::span(&edits, 1), context);
    };
    DS_ASSIGN(const Eigen::MatrixXd values, predictEach(reference, sequences, known, context, predict));
    const bool isDouble = predictor.computation(Method::Plain).find("fp64") != std::string::npos;
    return compare(sequences, reference, values, isDouble ? kDoubleTolerance : kSingleTolerance, output,
                   window.region, predictor.info().name);
}

Result<SelfCheck> checkAsReferences(const Predictor& predictor, const ReferenceWindow& window,
                                    const OutputChoice& output, const ScoredSequence& reference,
                                    std::span<const ScoredSequence> sequences, WholePasses& known,
                                    const RunContext& context) {
    if (sequences.empty() || !canBeChecked(predictor, Method::Fast))
        return SelfCheck{};
    context.report(kStage, 0, static_cast<int64_t>(sequences.size()) + 1);
    const auto predict = [&](const EditList& edits) {
        return asReference(predictor, window, output, edits, context);
    };
    DS_ASSIGN(const Eigen::MatrixXd values, predictEach(reference, sequences, known, context, predict));
    return compare(sequences, reference, values, toleranceOf(predictor, Method::Fast), output, window.region,
                   predictor.info().name);
}

Result<SelfCheck> checkForeign(const Predictor& predictor, const ReferenceWindow& window,
                               const OutputChoice& output, const ScoredSequence& reference,
                               std::span<const ScoredSequence> sequences, Method method,
                               const RunContext& context) {
    DS_ASSIGN(const auto locus, predictor.prepare(window, output, method));
    const bool hasShortcut = canBeChecked(predictor, method);
    const auto predict = [&](const EditList& edits) {
        return hasShortcut ? asReference(predictor, window, output, edits, context)
                           : locus->predict(std::span(&edits, 1), context);
    };
    WholePasses passes;
    DS_ASSIGN(const Eigen::MatrixXd values, predictEach(reference, sequences, passes, context, predict));
    ScoredSequence held = reference;
    if (std::isnan(held.score))
        held.score = output.score(values.row(0));
    return compare(sequences, held, values, toleranceOf(predictor, method), output, window.region,
                   predictor.info().name, kForeign);
}

} // namespace diploscope
