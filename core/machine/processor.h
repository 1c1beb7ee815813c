// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace diploscope {

struct Processor {
    std::string name;         ///< "AMD EPYC 9R14"; "unknown" where the system does not say
    int cores = 1;            ///< of the machine
    int threads = 1;          ///< that this process may use
    std::string instructions; ///< the widest vector instructions: "AVX-512", "AVX2"; empty: none of them
    int64_t memoryBytes = 0;
    int64_t freeMemoryBytes = 0; ///< what programs could still have
};

/// From /proc/cpuinfo and /proc/meminfo.
[[nodiscard]] Processor processor();

/// The same from the files' texts. \param threads  what this process may use
[[nodiscard]] Processor processorOf(const std::string& cpuinfo, const std::string& meminfo, int threads);

} // namespace diploscope
