// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/what_if.h"

namespace diploscope {

Result<std::vector<Background>> backgroundsOf(const PreparedLocus& locus, std::string_view text) {
    if (text == "reference")
        return std::vector<Background>{std::nullopt};
    if (text == "all") {
        std::vector<Background> everybody;
        for (size_t h = 0; h < 2 * locus.people().size(); ++h)
            everybody.emplace_back(h);
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

Result<WhatIf> whatIf(PreparedLocus& locus, const EditList& changes,
                      const std::vector<Background>& backgrounds, const RunContext& context) {
    WhatIf found;
    Experiment experiment{"Predicting what if", {}};
    for (const Background& background : backgrounds) {
        EditedHaplotype edited = withEdits(locus, editsOf(locus, background), changes);
        experiment.sequences.push_back(background ? locus.haplotype(*background) : EditList{});
        experiment.sequences.push_back(std::move(edited.edits));
        found.rows.push_back({background, 0, 0, {}, edited.replaced});
    }
    DS_TRY(locus.checkRoom(experiment.sequences));
    DS_ASSIGN(const ExperimentScores scores, locus.run(experiment, context));
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

} // namespace diploscope
