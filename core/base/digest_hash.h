// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"

#include <cstddef>
#include <cstring>

namespace diploscope {

/// For tables by digest, all bits of which are as good.
struct DigestHash {
    size_t operator()(const Digest& digest) const {
        size_t hash = 0;
        std::memcpy(&hash, digest.data(), sizeof hash);
        return hash;
    }
};

} // namespace diploscope
