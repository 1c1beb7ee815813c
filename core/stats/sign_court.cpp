// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/sign_court.h"

#include "base/fixed_order.h"
#include "stats/bootstrap.h"
#include "stats/centred.h"
#include "stats/contributions.h"
#include "stats/random_bits.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace diploscope {

namespace {

/// R that are nearer are equal.
constexpr double EqualR = 1e-12;
/// A variance that is a smaller share of what was added up is rounding.
constexpr double CancelledShare = 1e-12;

using Turns = std::vector<bool>; ///< [drivers]

/// R of S with any drivers turned, from sums of squares and products.
class TurnedR {
public:
    /// \param sum [people] S and \param parts [people x drivers] the drivers' contributions to it, centred
    TurnedR(const Eigen::VectorXd& sum, const Eigen::MatrixXd& parts, const Centred& observed)
        : m_observedNorm(observed.norm) {
        m_ss = sum.squaredNorm();
        m_sy = dotsWith(sum, observed.values)[0];
        m_sp = dotsWith(parts, sum);
        m_py = dotsWith(parts, observed.values);
        m_pp = dotsBetween(parts, parts);
    }

    [[nodiscard]] Eigen::Index drivers() const { return m_sp.size(); }

    /// Empty where nothing varies.
    [[nodiscard]] std::optional<double> operator()(const Turns& turns) const {
        double ss = m_ss, sy = m_sy, added = m_ss;
        for (Eigen::Index d = 0; d < drivers(); ++d) {
            if (!turns[static_cast<size_t>(d)])
                continue;
            sy -= 2 * m_py[d];
            ss -= 4 * m_sp[d];
            for (Eigen::Index e = 0; e < drivers(); ++e)
                if (turns[static_cast<size_t>(e)])
                    ss += 4 * m_pp(d, e);
            added += 4 * m_pp(d, d);
        }
        if (!(m_observedNorm > 0) || !(ss > CancelledShare * added))
            return std::nullopt;
        return std::clamp(sy / std::sqrt(ss) / m_observedNorm, -1.0, 1.0);
    }

private:
    double m_ss = 0, m_sy = 0, m_observedNorm;
    Eigen::VectorXd m_sp, m_py;
    Eigen::MatrixXd m_pp;
};

Turns turnsOf(uint32_t bits, size_t drivers) {
    Turns turns(drivers);
    for (size_t d = 0; d < drivers; ++d)
        turns[d] = (bits >> d & 1) != 0;
    return turns;
}

bool isBetter(const std::optional<double>& r, const std::optional<double>& than) {
    return r && (!than || *r > *than + EqualR);
}

/// All subsets, few drivers before many; of as many those with the first drivers before others.
std::vector<uint32_t> subsetsBySize(size_t drivers) {
    std::vector<uint32_t> subsets(size_t{1} << drivers);
    std::iota(subsets.begin(), subsets.end(), 0U);
    const auto inOrder = [drivers](uint32_t bits) { // the first driver weighs most
        uint32_t reversed = 0;
        for (size_t d = 0; d < drivers; ++d)
            reversed |= (bits >> d & 1) << (drivers - 1 - d);
        return reversed;
    };
    std::sort(subsets.begin(), subsets.end(), [&](uint32_t a, uint32_t b) {
        const int sizeA = std::popcount(a), sizeB = std::popcount(b);
        return sizeA != sizeB ? sizeA < sizeB : inOrder(a) > inOrder(b);
    });
    return subsets;
}

/// The set with the largest R; a larger set only where it is better.
Turns bestOfAll(const TurnedR& turnedR, size_t drivers) {
    // The best first, as sets that are better by little after little must not lead away from the smallest.
    std::optional<double> best;
    for (uint32_t bits = 0; bits < uint32_t{1} << drivers; ++bits)
        if (const auto r = turnedR(turnsOf(bits, drivers)); r && (!best || *r > *best))
            best = r;
    for (const uint32_t bits : subsetsBySize(drivers)) {
        Turns turns = turnsOf(bits, drivers);
        if (const auto r = turnedR(turns); !best || (r && *r >= *best - EqualR))
            return turns;
    }
    return Turns(drivers);
}

/// Turns the driver that helps most, until none helps.
Turns oneByOne(const TurnedR& turnedR, size_t drivers) {
    Turns turns(drivers);
    std::optional<double> r = turnedR(turns);
    for (;;) {
        size_t best = drivers;
        std::optional<double> bestR = r;
        for (size_t d = 0; d < drivers; ++d) {
            if (turns[d])
                continue;
            turns[d] = true;
            if (const auto with = turnedR(turns); isBetter(with, bestR)) {
                best = d;
                bestR = with;
            }
            turns[d] = false;
        }
        if (best == drivers)
            return turns;
        turns[best] = true;
        r = bestR;
    }
}

/// The number of sets of `size` of `drivers`, or one more than `most` where there are more.
int64_t setCount(size_t drivers, size_t size, int64_t most) {
    double count = 1;
    for (size_t i = 1; i <= size; ++i)
        count = count * double(drivers - size + i) / double(i);
    return count > double(most) ? most + 1 : std::llround(count);
}

/// Set number `draw` of those that are drawn: the first `size` of a shuffle.
Turns drawnSet(size_t drivers, size_t size, uint64_t seed, int64_t draw) {
    std::vector<size_t> order(drivers);
    std::iota(order.begin(), order.end(), size_t{0});
    const uint64_t stream = randomBits(seed, static_cast<uint64_t>(draw));
    Turns turns(drivers);
    for (size_t i = 0; i < size; ++i) {
        const uint64_t left = drivers - i;
        const auto chosen = i + static_cast<size_t>(((randomBits(stream, i) >> 32) * left) >> 32);
        std::swap(order[i], order[chosen]);
        turns[order[i]] = true;
    }
    return turns;
}

/// R of every set of `size` drivers, or of as many as are drawn.
Result<std::vector<double>> nullOf(const TurnedR& turnedR, size_t drivers, size_t size, uint64_t seed,
                                   SignCourt& court, const RunContext& context) {
    const int64_t all = setCount(drivers, size, RandomTurns);
    court.nullIsAll = all <= RandomTurns;
    court.nullSets = court.nullIsAll ? all : RandomTurns;
    std::vector<double> values;
    const auto take = [&](const Turns& turns) {
        if (const auto r = turnedR(turns))
            values.push_back(*r);
    };
    if (court.nullIsAll) {
        Turns turns(drivers);
        std::fill(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(size), true);
        do
            take(turns);
        while (std::prev_permutation(turns.begin(), turns.end()));
        return values;
    }
    for (int64_t draw = 0; draw < RandomTurns; ++draw) {
        DS_TRY(context.checkpoint());
        take(drawnSet(drivers, size, seed, draw));
    }
    return values;
}

} // namespace

Result<SignCourt> signCourt(const Eigen::Ref<const Eigen::VectorXd>& ism, const Dosages& dosages,
                            const Eigen::Ref<const Eigen::VectorXd>& observed,
                            const std::vector<int64_t>& drivers, uint64_t seed, const RunContext& context) {
    SignCourt court;
    const std::vector<Eigen::Index> people = finiteRows(observed);
    if (people.size() < 3)
        return court;
    // Dosages are imputed before people without expression are left out, as for drivers.
    const Eigen::VectorXd sum = centreColumns(contributionsOf(dosages, ism)(people));
    Eigen::MatrixXd parts(std::ssize(people), std::ssize(drivers));
    for (size_t d = 0; d < drivers.size(); ++d)
        parts.col(static_cast<Eigen::Index>(d)) =
            centreColumns(imputeMeans(dosages.column(drivers[d]))(people, 0)) * ism[drivers[d]];
    const TurnedR turnedR(sum, parts, centre(observed(people)));

    court.r = turnedR(Turns(drivers.size()));
    court.exact = drivers.size() <= MostForAllTurns;
    const Turns turns = court.exact ? bestOfAll(turnedR, drivers.size()) : oneByOne(turnedR, drivers.size());
    court.turnedR = turnedR(turns);
    for (size_t d = 0; d < drivers.size(); ++d)
        if (turns[d])
            court.turned.push_back(drivers[d]);
    if (court.turned.empty() || !court.turnedR)
        return court;

    DS_ASSIGN(const std::vector<double> null,
              nullOf(turnedR, drivers.size(), court.turned.size(), seed, court, context));
    if (null.empty())
        return court;
    const Eigen::Map<const Eigen::VectorXd> values(null.data(), static_cast<Eigen::Index>(null.size()));
    court.nullMean = values.mean();
    if (const auto interval = percentileInterval(values)) {
        court.nullLow = interval->low;
        court.nullHigh = interval->high;
    }
    court.nullShare = double((values.array() >= *court.turnedR - EqualR).count()) / double(court.nullSets);
    return court;
}

} // namespace diploscope
