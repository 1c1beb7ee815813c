// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/waterfall.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace diploscope {

namespace {

/// What one step changes. Usually one edit on one side and none on the other.
struct Difference {
    EditList out, in;
};

/// \param list sorted, apart
bool isIn(const EditList& list, const Edit& edit) {
    const auto found = std::lower_bound(list.begin(), list.end(), edit.offset,
                                        [](const Edit& one, int64_t offset) { return one.offset < offset; });
    return found != list.end() && *found == edit;
}

EditList commonOf(const SequencePair& pair) {
    EditList common;
    for (const Edit& edit : pair.from)
        if (isIn(pair.to, edit))
            common.push_back(edit);
    return common;
}

/// The differences of two sorted lists, by place: edits of either that overlap belong to one.
std::vector<Difference> differencesOf(const SequencePair& pair) {
    struct Own {
        const Edit* edit;
        bool isIn;
    };
    std::vector<Own> own;
    for (const Edit& edit : pair.from)
        if (!isIn(pair.to, edit))
            own.push_back({&edit, false});
    for (const Edit& edit : pair.to)
        if (!isIn(pair.from, edit))
            own.push_back({&edit, true});
    std::stable_sort(own.begin(), own.end(),
                     [](const Own& a, const Own& b) { return a.edit->offset < b.edit->offset; });
    std::vector<Difference> differences;
    int64_t end = std::numeric_limits<int64_t>::min();
    for (const Own& one : own) {
        if (one.edit->offset >= end)
            differences.emplace_back();
        (one.isIn ? differences.back().in : differences.back().out).push_back(*one.edit);
        end = std::max(end, one.edit->end());
    }
    return differences;
}

std::optional<Variant> variantOf(const PreparedLocus& locus, const EditList& side) {
    if (side.empty())
        return std::nullopt;
    if (side.size() == 1)
        return locus.variantOf(side.front());
    // Several neighbours against one longer edit: what they make of the whole stretch.
    const int64_t begin = side.front().offset, end = side.back().end();
    const std::string bases = locus.referenceBases(locus.locus().window.region.start + begin, end - begin);
    return locus.variantOf({begin, static_cast<int32_t>(end - begin), applyEdits(bases, side, begin)});
}

/// A haplotype's edits as far as the window shows any of them, whichever others are made: its deletions bring
/// in so many bases from beside the window, and what its insertions push out is there without them.
EditList followedEdits(const PreparedLocus& locus, size_t haplotype) {
    const EditList& all = locus.wholeHaplotype(haplotype);
    int64_t deleted = 0;
    for (const Edit& edit : all)
        deleted += std::max<int64_t>(0, -edit.growth());
    EditList followed;
    for (const Edit& edit : all)
        if (edit.end() > -deleted && edit.offset < locus.locus().window.length() + deleted)
            followed.push_back(edit);
    return followed;
}

/// A pair's differences and their order. Its sequences, 2 k + 1 of up to k edits, are made when they are
/// asked for: all at once they would be k^2 edits.
struct Plan {
    EditList common; ///< edits of both sequences
    std::vector<Difference> differences;
    std::vector<double> effects; ///< on the reference, in minus out
    std::vector<size_t> order;

    [[nodiscard]] size_t sequences() const { return 1 + 2 * differences.size(); }
    /// The first sequence, then each step in its order, then the second sequence without each.
    [[nodiscard]] EditList sequence(size_t index) const;
};

EditList Plan::sequence(size_t index) const {
    const size_t count = differences.size();
    const bool isWithout = index > count;
    std::vector<bool> made(count, isWithout);
    if (isWithout)
        made[order[index - count - 1]] = false;
    else
        for (size_t step = 0; step < index; ++step)
            made[order[step]] = true;
    EditList list = common;
    for (size_t d = 0; d < count; ++d) {
        const EditList& side = made[d] ? differences[d].in : differences[d].out;
        list.insert(list.end(), side.begin(), side.end());
    }
    std::sort(list.begin(), list.end(), [](const Edit& a, const Edit& b) { return a.offset < b.offset; });
    return list;
}

/// The sequences of all plans, one plan's after the other's. \param plans outlive what is returned
SequenceSource sequencesOf(const std::vector<Plan>& plans) {
    SequenceSource source;
    for (const Plan& plan : plans)
        source.count += plan.sequences();
    source.at = [&plans](size_t index) {
        size_t plan = 0;
        for (; index >= plans[plan].sequences(); ++plan)
            index -= plans[plan].sequences();
        return plans[plan].sequence(index);
    };
    return source;
}

/// \param first row of the plan's first sequence
Waterfall waterfallOf(const PreparedLocus& locus, const Plan& plan, const Eigen::VectorXd& scores,
                      Eigen::Index first) {
    Waterfall waterfall;
    const auto count = static_cast<Eigen::Index>(plan.order.size());
    waterfall.from = scores[first];
    waterfall.to = scores[first + count];
    for (Eigen::Index i = 0; i < count; ++i) {
        const size_t d = plan.order[static_cast<size_t>(i)];
        WaterfallStep step;
        step.in = variantOf(locus, plan.differences[d].in);
        step.out = variantOf(locus, plan.differences[d].out);
        step.effect = plan.effects[d];
        step.score = scores[first + i + 1];
        step.change = step.score - scores[first + i];
        step.without = scores[first + count + 1 + i];
        step.leaveOneOut = waterfall.to - step.without;
        waterfall.steps.push_back(std::move(step));
    }
    return waterfall;
}

} // namespace

Result<Waterfalls> waterfalls(PreparedLocus& locus, const std::vector<SequencePair>& pairs,
                              const RunContext& context, const WaterfallSink& onSteps) {
    std::vector<Plan> plans;
    Experiment alone{"Predicting single variants (ISM)", {}};
    for (const SequencePair& pair : pairs) {
        plans.push_back({commonOf(pair), differencesOf(pair), {}, {}});
        for (const Difference& difference : plans.back().differences)
            alone.sequences.insert(alone.sequences.end(), {difference.in, difference.out});
    }
    DS_ASSIGN(const ExperimentScores single, locus.run(alone, context));
    const Eigen::VectorXd effects = single.effects();

    Eigen::Index row = 0;
    for (Plan& plan : plans) {
        for (size_t d = 0; d < plan.differences.size(); ++d, row += 2)
            plan.effects.push_back(effects[row] - effects[row + 1]);
        plan.order.resize(plan.effects.size());
        std::iota(plan.order.begin(), plan.order.end(), size_t{0});
        std::stable_sort(plan.order.begin(), plan.order.end(), [&plan](size_t a, size_t b) {
            return std::abs(plan.effects[a]) > std::abs(plan.effects[b]);
        });
    }
    const SequenceSource steps = sequencesOf(plans);
    DS_TRY(locus.checkRoom(steps));
    const auto walked = [&](const Eigen::VectorXd& scores) {
        std::vector<Waterfall> each;
        Eigen::Index first = 0;
        for (const Plan& plan : plans) {
            each.push_back(waterfallOf(locus, plan, scores, first));
            first += static_cast<Eigen::Index>(plan.sequences());
        }
        return each;
    };
    ExperimentSink onScores;
    if (onSteps) {
        const auto sequences = static_cast<Eigen::Index>(steps.count);
        onSteps(walked(Eigen::VectorXd::Constant(sequences, std::nan(""))));
        onScores = [&](const ExperimentScores& scores) { onSteps(walked(scores.scores())); };
    }
    DS_ASSIGN(const ExperimentScores scores,
              locus.run("Predicting haplotypes step by step", steps, context, onScores));
    Waterfalls found;
    found.counts.add(single);
    found.counts.add(scores);
    found.each = walked(scores.scores());
    return found;
}

std::vector<SequencePair> fromReference(const PreparedLocus& locus, size_t person) {
    return {{{}, followedEdits(locus, 2 * person)}, {{}, followedEdits(locus, 2 * person + 1)}};
}

PersonPairing betweenPeople(const PreparedLocus& locus, size_t person, size_t other) {
    const auto pair = [&](size_t own, size_t others) {
        return SequencePair{followedEdits(locus, 2 * person + own), followedEdits(locus, 2 * other + others)};
    };
    const auto steps = [](const std::vector<SequencePair>& pairs) {
        return differencesOf(pairs[0]).size() + differencesOf(pairs[1]).size();
    };
    std::vector<SequencePair> straight{pair(0, 0), pair(1, 1)};
    std::vector<SequencePair> crosswise{pair(0, 1), pair(1, 0)};
    if (steps(crosswise) < steps(straight))
        return {std::move(crosswise), true};
    return {std::move(straight), false};
}

} // namespace diploscope
