// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string_view>

namespace diploscope {

/// How many threads a process may have whose memory is limited (`ulimit -v`), when each thread that
/// multiplies matrices takes a buffer of 128 MiB. \param used bytes of address space in use \param threads as
/// many as there are processors \return 0 where not even one is possible
[[nodiscard]] int threadsWithin(int64_t limit, int64_t used, int threads);

/// OpenBLAS asks for its buffers again and again, for ever, where the system refuses them. So, where memory
/// is limited, this leaves the process as many processors as there are buffers for, which every thread pool
/// of every library respects, and has OpenBLAS loaded and take its buffer while there is room. To be called
/// first in main(). \error Unsupported where the limit is too small for one thread
[[nodiscard]] Result<void> fitMemoryLimit();

/// The same behind a library that was loaded since, and whose threads multiply, too: whether there is room
/// for a buffer that each of them but the first may still ask for. \param library its name \error Unsupported
/// where there is not
[[nodiscard]] Result<void> checkMemoryBehind(std::string_view library);

} // namespace diploscope
