// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/saturation.h"

#include "stats/coherence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

constexpr std::string_view Bases = "ACGT";

} // namespace

Region around(const std::string& contig, int64_t position, int64_t reach) {
    return {contig, position - reach, position + reach + 1};
}

Eigen::VectorXd Saturation::means() const {
    return -attributionsOf(effects, 1);
}

Result<SaturationPlan> SaturationPlan::make(const PreparedLocus& locus, const Region& region,
                                            const EditList& background) {
    const Region& window = locus.locus().region;
    if (region.length() < 1 || region.length() > LongestSaturation)
        return fail(ErrorKind::BadInput,
                    fmt::format("The region has {} positions; from 1 to {} can be saturated at once.",
                                region.length(), LongestSaturation),
                    toText(region), "Choose a shorter one.");
    if (region.contig != window.contig || region.start < window.start || region.end > window.end)
        return fail(
            ErrorKind::NotFound,
            fmt::format("Not all of it lies inside the window that the model reads, {}.", toText(window)),
            "region " + toText(region), "Choose a region inside that window.");
    DS_TRY(locus.checkRoom({&background, 1}));
    SaturationPlan plan;
    plan.m_region = region;
    plan.m_experiment = {"Predicting mutants of " + toText(region), {background}};
    const int64_t start = locus.locus().window.region.start;
    for (int64_t i = 0; i < region.length(); ++i) {
        const int64_t offset = region.start + i - start;
        const char own = baseAt(locus, background, offset);
        const bool isBase = own != '\0' && Bases.find(own) != std::string_view::npos;
        plan.m_bases += isBase ? own : 'N';
        for (size_t base = 0; isBase && base < Bases.size(); ++base) {
            if (Bases[base] == own)
                continue;
            plan.m_experiment.sequences.push_back(withBase(locus, background, offset, Bases[base]));
            plan.m_cells.emplace_back(i, static_cast<Eigen::Index>(base));
        }
    }
    return plan;
}

Saturation SaturationPlan::nothingYet() const {
    Saturation found;
    found.region = m_region;
    found.bases = m_bases;
    found.effects.setConstant(m_region.length(), 4, std::nan(""));
    for (Eigen::Index i = 0; i < m_region.length(); ++i)
        if (const size_t own = Bases.find(m_bases[static_cast<size_t>(i)]); own != std::string_view::npos)
            found.effects(i, static_cast<Eigen::Index>(own)) = 0;
    found.background = std::nan("");
    return found;
}

Saturation SaturationPlan::effectsOf(const ExperimentScores& scores) const {
    Saturation found = nothingYet();
    const Eigen::VectorXd all = scores.scores();
    found.background = all[0];
    for (size_t m = 0; m < m_cells.size(); ++m) {
        const auto [position, base] = m_cells[m];
        found.effects(position, base) = all[static_cast<Eigen::Index>(m) + 1] - found.background;
    }
    found.counts.add(scores);
    return found;
}

Result<Eigen::MatrixXd> SaturationPlan::firstOrder(const PreparedLocus& locus,
                                                   const RunContext& context) const {
    std::vector<Eigen::Index> rows;
    std::vector<int64_t> offsets;
    for (Eigen::Index i = 0; i < m_region.length(); ++i)
        if (m_bases[static_cast<size_t>(i)] != 'N') {
            rows.push_back(i);
            offsets.push_back(m_region.start + i - locus.locus().window.region.start);
        }
    DS_ASSIGN(const Eigen::MatrixXd gradient,
              locus.gradientAt(m_experiment.sequences.front(), offsets, context));
    Eigen::MatrixXd effects = Eigen::MatrixXd::Constant(m_region.length(), 4, std::nan(""));
    for (Eigen::Index i = 0; i < gradient.rows(); ++i) {
        const Eigen::Index row = rows[static_cast<size_t>(i)];
        const size_t own = Bases.find(m_bases[static_cast<size_t>(row)]);
        effects.row(row) = gradient.row(i).array() - gradient(i, static_cast<Eigen::Index>(own));
    }
    return effects;
}

Result<Saturation> saturate(PreparedLocus& locus, const Region& region, const EditList& background,
                            const RunContext& context) {
    DS_ASSIGN(const SaturationPlan plan, SaturationPlan::make(locus, region, background));
    DS_ASSIGN(const ExperimentScores scores, locus.run(plan.experiment(), context));
    return plan.effectsOf(scores);
}

} // namespace diploscope
