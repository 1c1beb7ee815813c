// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/residuals.h"
#include "study/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope {

namespace {

/// Of a slope beside these covariates, for so many people. [people x covariates]
double degreesOfFreedom(Eigen::Index people, const Eigen::MatrixXd& covariates) {
    return residualise(Eigen::MatrixXd(people, 0), Eigen::VectorXd::Zero(people), covariates)
        .degreesOfFreedom;
}

} // namespace

void checkDegreesOfFreedom(const StudyFile& file, const Eigen::MatrixXd& covariates, StudyCheck& check) {
    if (covariates.cols() == 0 || degreesOfFreedom(covariates.rows(), covariates) >= 1)
        return;
    check.problems.push_back(
        {ErrorKind::Mismatch,
         fmt::format(
             "{} covariates are too many for {} people: no degree of freedom is left for a slope, which "
             "needs at least 3 people more than covariates.",
             covariates.cols(), covariates.rows()),
         file.covariates->string(),
         "Give fewer covariates, best far fewer than people, or remove the `covariates` key from the study "
         "file."});
}

void noteValues(const StudyFile& file, const std::vector<StudyGene>& genes,
                const std::vector<MeasuredValues>& measured, Eigen::Index people,
                const Eigen::MatrixXd& covariates, StudyCheck& check) {
    constexpr Eigen::Index FewestForR = 3;
    const auto most = people - Eigen::Index(std::max(0.0, degreesOfFreedom(people, covariates)));
    std::vector<std::string> constant, few, noSlope;
    for (const StudyGene& gene : genes) {
        const MeasuredValues& values = measured[size_t(gene.expressionRow)];
        const std::string label = gene.gene.name == gene.gene.id
                                      ? gene.gene.name
                                      : fmt::format("{} ({})", gene.gene.name, gene.gene.id);
        if (values.count < FewestForR)
            few.push_back(fmt::format("{} ({})", label, values.count));
        else if (values.constant)
            constant.push_back(label);
        else if (values.count < people && values.count <= most)
            noSlope.push_back(fmt::format("{} ({})", label, values.count));
    }
    noteLoci(file, "expression",
             fmt::format("measured in fewer than {} people, so without R or slopes", FewestForR),
             std::move(few), check);
    noteLoci(file, "expression",
             file.isOfGenes() ? "with the same expression in all people, so without R or slopes"
                              : "with the same value in all people, so without R or slopes",
             std::move(constant), check);
    noteLoci(file, "expression", "measured in too few people for so many covariates, so without slopes",
             std::move(noSlope), check);
}

} // namespace diploscope
