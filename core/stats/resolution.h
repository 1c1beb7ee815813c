// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace diploscope {

/// How finely values are known, as shares of the largest |value|. What differs by less is rounding: of a
/// score that does not depend on who is asked, of equal haplotypes predicted in batches of other sizes.
/// Source: METHODS 4.
struct Resolution {
    double ties = 0;     ///< values that lie nearer share a rank
    double constant = 0; ///< values whose standard deviation is smaller do not vary
};

/// Values that were read, not computed: expression, dosages.
inline constexpr Resolution ExactValues{};
inline constexpr Resolution DoubleScores{1e-9, 1e-12};
/// Terms that cancel leave more than the score's own digits: a model that is constant by design has a
/// standard deviation of .9e-6 to 1.6e-6, and effects of 3.4e-6, by the kernels that the processor gets.
inline constexpr Resolution SingleScores{1e-6, 5e-6};

} // namespace diploscope
