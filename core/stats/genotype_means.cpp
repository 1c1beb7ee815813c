// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/genotype_means.h"

#include "stats/centred.h"
#include "stats/correlation.h"

#include <cassert>
#include <cmath>

namespace diploscope {

namespace {

/// Mean and spread of what is added, in one pass (Welford's sums).
class RunningMean {
public:
    void add(double value) {
        const double off = value - m_mean;
        m_mean += off / double(++m_count);
        m_squares += off * (value - m_mean);
    }
    [[nodiscard]] GroupMean mean() const {
        GroupMean group{m_count, std::nullopt, std::nullopt};
        if (m_count > 0)
            group.mean = m_mean;
        if (m_count > 1) {
            const double freedom = double(m_count - 1);
            const double half =
                studentQuantile(0.975, freedom) * std::sqrt(m_squares / freedom / double(m_count));
            group.interval = Interval{m_mean - half, m_mean + half};
        }
        return group;
    }

private:
    int64_t m_count = 0;
    double m_mean = 0;
    double m_squares = 0;
};

size_t copiesOf(double dosage) {
    return dosage < 0.5 ? 0 : dosage < 1.5 ? 1 : 2;
}

} // namespace

GenotypeMeans genotypeMeans(const Eigen::Ref<const Eigen::VectorXd>& dosages,
                            const Eigen::Ref<const Eigen::VectorXd>& values, const Resolution& ofValues) {
    assert(dosages.size() == values.size());
    std::array<RunningMean, 3> sums;
    for (Eigen::Index i = 0; i < values.size(); ++i)
        if (std::isfinite(dosages[i]) && std::isfinite(values[i]))
            sums[copiesOf(dosages[i])].add(values[i]);
    GenotypeMeans means;
    for (size_t copies = 0; copies < 3; ++copies)
        means.groups[copies] = sums[copies].mean();
    const Correlation line = pearson(dosages, values, ofValues);
    means.slope = line.slope;
    means.intercept = line.intercept;
    return means;
}

GenotypePairMeans genotypePairMeans(const Eigen::Ref<const Eigen::VectorXd>& first,
                                    const Eigen::Ref<const Eigen::VectorXd>& second,
                                    const Eigen::Ref<const Eigen::VectorXd>& values) {
    assert(first.size() == values.size() && second.size() == values.size());
    std::array<std::array<RunningMean, 3>, 3> sums;
    for (Eigen::Index i = 0; i < values.size(); ++i)
        if (std::isfinite(first[i]) && std::isfinite(second[i]) && std::isfinite(values[i]))
            sums[copiesOf(first[i])][copiesOf(second[i])].add(values[i]);
    GenotypePairMeans means;
    for (size_t a = 0; a < 3; ++a)
        for (size_t b = 0; b < 3; ++b)
            means[a][b] = sums[a][b].mean();
    return means;
}

} // namespace diploscope
