// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/what_if.h"

#include "base/stage_clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

/// Both haplotypes of each person who is not left out.
std::vector<Background> everybodyAt(const PreparedLocus& locus) {
    std::vector<Background> everybody;
    for (size_t h = 0; h < 2 * locus.people().size(); ++h)
        if (!locus.locus().isLeftOut(h / 2))
            everybody.emplace_back(h);
    return everybody;
}

} // namespace

Result<std::vector<Background>> backgroundsOf(const PreparedLocus& locus, std::string_view text) {
    if (text == "reference")
        return std::vector<Background>{std::nullopt};
    if (text == "all") {
        std::vector<Background> everybody = everybodyAt(locus);
        if (everybody.empty())
            return fail(ErrorKind::NotFound,
                        fmt::format("All {} people are left out of the gene.", locus.people().size()),
                        toText(locus.locus().region), "Put the changes on the reference.");
        return everybody;
    }
    DS_ASSIGN(const size_t haplotype, locus.haplotypeNamed(text));
    return std::vector<Background>{haplotype};
}

std::string toText(const PreparedLocus& locus, const Background& background) {
    return background ? locus.people()[*background / 2] + (*background % 2 == 0 ? ":1" : ":2")
                      : std::string("reference");
}

const EditList& editsOf(const PreparedLocus& locus, const Background& background) {
    static const EditList none;
    return background ? locus.wholeHaplotype(*background) : none;
}

Result<WhatIfPlan> WhatIfPlan::make(const PreparedLocus& locus, const EditList& changes,
                                    const std::vector<Background>& backgrounds) {
    WhatIfPlan plan;
    plan.m_experiment.name = "Predicting what if";
    for (const Background& background : backgrounds) {
        EditedHaplotype edited = withEdits(locus, editsOf(locus, background), changes);
        plan.m_experiment.sequences.push_back(background ? locus.haplotype(*background) : EditList{});
        plan.m_experiment.sequences.push_back(std::move(edited.edits));
        plan.m_rows.push_back({background, 0, 0, {}, edited.replaced});
    }
    DS_TRY(locus.checkRoom(plan.m_experiment.sequences));
    return plan;
}

WhatIf WhatIfPlan::resultOf(const ExperimentScores& scores) const {
    WhatIf found{m_rows, {}};
    found.counts.add(scores);
    for (size_t i = 0; i < found.rows.size(); ++i) {
        const auto before = scores.byMember.row(static_cast<Eigen::Index>(2 * i));
        const auto after = scores.byMember.row(static_cast<Eigen::Index>(2 * i + 1));
        found.rows[i].before = before.mean();
        found.rows[i].after = after.mean();
        found.rows[i].differenceSpread = spreadOf(after - before);
    }
    return found;
}

Result<WhatIf> whatIf(PreparedLocus& locus, const EditList& changes,
                      const std::vector<Background>& backgrounds, const RunContext& context) {
    DS_ASSIGN(const WhatIfPlan plan, WhatIfPlan::make(locus, changes, backgrounds));
    DS_ASSIGN(const ExperimentScores scores, locus.run(plan.experiment(), context));
    return plan.resultOf(scores);
}

std::optional<PeopleScores> peopleOf(const PreparedLocus& locus, const WhatIf& found) {
    const std::vector<Background> everybody = everybodyAt(locus);
    const bool isAll =
        std::equal(found.rows.begin(), found.rows.end(), everybody.begin(), everybody.end(),
                   [](const WhatIfRow& row, const Background& own) { return row.background == own; });
    if (!isAll)
        return std::nullopt;
    const Eigen::VectorXd unknown =
        Eigen::VectorXd::Constant(static_cast<Eigen::Index>(locus.people().size()), std::nan(""));
    PeopleScores scores{unknown, unknown};
    for (size_t i = 0; i < everybody.size(); i += 2) {
        const auto p = static_cast<Eigen::Index>(*everybody[i] / 2);
        const WhatIfRow& first = found.rows[i];
        const WhatIfRow& second = found.rows[i + 1];
        scores.before[p] = 0.5 * (first.before + second.before);
        scores.after[p] = 0.5 * (first.after + second.after);
    }
    return scores;
}

Result<std::optional<PairedR>> rOfEverybody(const PreparedLocus& locus, const WhatIf& found,
                                            const Eigen::VectorXd& observed, const RunContext& context) {
    const StageTime time(context, Stage::Statistics);
    const std::optional<PeopleScores> people = peopleOf(locus, found);
    if (!people)
        return std::optional<PairedR>();
    DS_ASSIGN(PairedR r, pairedR(observed, people->before, people->after, locus.resolution(), 0, 0, context));
    return std::optional<PairedR>(r);
}

} // namespace diploscope
