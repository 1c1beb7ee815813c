// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/edit.h"

#include <span>

namespace diploscope {

/// What a LocusPredictor of a model with a convolutional trunk may be, too: it tells how much of the trunk it
/// computes, in whole forward passes' worth. For benchmarks and tests.
class TrunkWork {
public:
    virtual ~TrunkWork() = default;
    /// So far, the reference's included.
    [[nodiscard]] virtual double trunkPasses() const = 0;
    /// For these sequences together, beside the reference's, if none was met before.
    [[nodiscard]] virtual double trunkPassesFor(std::span<const EditList> sequences) const = 0;
};

} // namespace diploscope
