// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/Device.h>

namespace diploscope {

/// Bytes that this device still has free; a cautious guess where it cannot be asked.
[[nodiscard]] double freeMemory(c10::Device device);

} // namespace diploscope
