// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace diploscope {

/// One tensor that a network needs.
struct TensorSpec {
    std::string name;
    std::vector<int64_t> shape;
};

/// A weight: row-major values, held in double whatever the file's type is.
struct NamedTensor {
    std::string name;
    std::vector<int64_t> shape;
    std::vector<double> values;
};

/// "[900, 4, 10]".
[[nodiscard]] std::string shapeText(const std::vector<int64_t>& shape);
/// Product of the sizes.
[[nodiscard]] int64_t elementCount(const std::vector<int64_t>& shape);

/// Gives one tensor at a time, so that a network is packed without all weights in memory twice. May be called
/// again, from one thread at a time. \error Io, BadInput, Mismatch
using WeightSource = std::function<Result<NamedTensor>(const TensorSpec&)>;

} // namespace diploscope
