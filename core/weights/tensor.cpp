// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/tensor.h"

#include <fmt/ranges.h>

namespace diploscope {

std::string shapeText(const std::vector<int64_t>& shape) {
    return fmt::format("[{}]", fmt::join(shape, ", "));
}

int64_t elementCount(const std::vector<int64_t>& shape) {
    int64_t count = 1;
    for (const int64_t size : shape)
        count *= size;
    return count;
}

} // namespace diploscope
