// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace diploscope {

/// Positions [begin, end) of one layer.
struct Span {
    int64_t begin = 0;
    int64_t end = 0;

    [[nodiscard]] bool empty() const { return end <= begin; }
    [[nodiscard]] int64_t length() const { return end - begin; }
    friend bool operator==(const Span&, const Span&) = default;
};

} // namespace diploscope
