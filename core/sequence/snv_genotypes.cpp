// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/snv_genotypes.h"

#include <algorithm>
#include <array>

namespace diploscope {

void SnvGenotypes::readCopies(std::span<uint8_t> copies) const {
    std::array<uint8_t, 2 * OneCopyBit> copiesIn{};
    for (size_t both = 0; both < copiesIn.size(); ++both)
        copiesIn[both] = copiesOf(static_cast<uint8_t>(both));
    std::transform(m_people.begin(), m_people.end(), copies.begin(),
                   [&](uint8_t both) { return copiesIn[both]; });
}

} // namespace diploscope
