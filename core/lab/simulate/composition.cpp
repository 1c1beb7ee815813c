// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/composition.h"

#include "sequence/reference_window.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace diploscope::simulate {

namespace {

constexpr std::string_view kBases = "ACGT";
constexpr double kIsochoreLength = 15000;
constexpr double kCpgKept = 0.22; ///< of the CpG that base frequencies alone would give, outside of islands
constexpr double kRepeatGap = 900;

/// The next base after `previous` at this GC content.
char nextBase(char previous, double gc, bool island, Random& random) {
    std::array<double, 4> p{(1 - gc) / 2, gc / 2, gc / 2, (1 - gc) / 2};
    if (previous == 'C' && !island) {
        p[3] += p[2] * (1 - kCpgKept) * 0.6; // deaminated CpG reads TpG
        p[0] += p[2] * (1 - kCpgKept) * 0.4;
        p[2] *= kCpgKept;
    }
    if (previous == 'A')
        p[0] *= 1.15; // runs of A and T are common
    if (previous == 'T')
        p[3] *= 1.15;
    double left = random.uniform() * (p[0] + p[1] + p[2] + p[3]);
    for (size_t i = 0; i < 3; ++i) {
        left -= p[i];
        if (left < 0)
            return kBases[i];
    }
    return kBases[3];
}

std::string randomBases(int64_t length, double gc, Random& random) {
    std::string bases;
    char previous = 'A';
    for (int64_t i = 0; i < length; ++i)
        bases += previous = nextBase(previous, gc, false, random);
    return bases;
}

/// A copy as old as its divergence, masked.
std::string agedCopy(std::string bases, double divergence, Random& random) {
    for (char& base : bases) {
        if (random.chance(divergence))
            base = kBases[static_cast<size_t>(random.below(4))];
        base = static_cast<char>(base - 'A' + 'a');
    }
    return bases;
}

} // namespace

Composition::Composition(uint64_t seed) {
    Random random(seed, "repeat families");
    for (int i = 0; i < 6; ++i) // short: like SINEs
        m_families.push_back(randomBases(random.between(180, 320), random.uniform(0.45, 0.6), random) +
                             "AAAAAAAAAAAA");
    for (int i = 0; i < 4; ++i) // long: like LINEs
        m_families.push_back(randomBases(random.between(1800, 3600), random.uniform(0.38, 0.45), random));
}

std::string Composition::segment(int64_t length, int64_t promoterStart, int64_t promoterEnd, bool island,
                                 Random& random) const {
    std::string bases;
    bases.reserve(static_cast<size_t>(length));
    double gc = random.uniform(0.36, 0.54);
    auto isochoreEnd = static_cast<int64_t>(random.exponential(1 / kIsochoreLength));
    const int64_t middle = (promoterStart + promoterEnd) / 2;
    char previous = 'A';
    for (int64_t at = 0; at < length; ++at) {
        if (at >= isochoreEnd) {
            gc = random.uniform(0.36, 0.54);
            isochoreEnd = at + 1 + static_cast<int64_t>(random.exponential(1 / kIsochoreLength));
        }
        const bool inIsland = island && at >= middle - 400 && at < middle + 400;
        previous = nextBase(previous, inIsland ? 0.6 : gc, inIsland, random);
        bases += previous;
    }
    addRepeats(bases, promoterStart, promoterEnd, random);
    return bases;
}

void Composition::addRepeats(std::string& bases, int64_t promoterStart, int64_t promoterEnd,
                             Random& random) const {
    const auto length = static_cast<int64_t>(bases.size());
    for (int64_t at = 0;;) {
        at += 20 + static_cast<int64_t>(random.exponential(1 / kRepeatGap));
        std::string copy;
        if (random.chance(0.15)) {
            const std::string unit = randomBases(random.between(2, 5), 0.4, random);
            const int64_t copies = random.between(6, 16);
            for (int64_t i = 0; i < copies; ++i)
                copy += unit;
            copy = agedCopy(std::move(copy), 0.02, random);
        } else {
            const std::string& family =
                m_families[static_cast<size_t>(random.below(static_cast<int64_t>(m_families.size())))];
            // Copies lack their beginning more often than not, as retrotransposed ones do.
            const auto whole = static_cast<int64_t>(family.size());
            const int64_t from = random.chance(0.4) ? 0 : random.below(whole - 60);
            copy = family.substr(static_cast<size_t>(from));
            if (random.chance(0.5))
                copy = reverseComplement(copy);
            copy = agedCopy(std::move(copy), random.uniform(0.04, 0.22), random);
        }
        const auto end = at + static_cast<int64_t>(copy.size());
        if (end >= length)
            return;
        if (end <= promoterStart || at >= promoterEnd)
            std::copy(copy.begin(), copy.end(), bases.begin() + at);
        at = end;
    }
}

} // namespace diploscope::simulate
