// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace diploscope {

/// Number `index` of the stream of random bits that `seed` names: SplitMix64, whose state is a counter, so
/// that any part of a stream can be made by itself and alike on every machine.
[[nodiscard]] constexpr uint64_t randomBits(uint64_t seed, uint64_t index) {
    uint64_t bits = seed + (index + 1) * 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

} // namespace diploscope
