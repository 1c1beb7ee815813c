// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_info.h"

#include <nlohmann/json_fwd.hpp>

namespace diploscope {

struct Fact {
    std::string name;  ///< "Processor"
    std::string value; ///< "AMD EPYC 9R14, 2 cores, AVX-512"
};
struct FactGroup {
    std::string title;
    std::vector<Fact> facts;
};

/// The same for the terminal and the window.
[[nodiscard]] std::vector<FactGroup> factsOf(const MachineInfo& info);

/// What makes the program slower, or its numbers less exact, than they need be; each a sentence with its
/// remedy. Empty where all is well.
[[nodiscard]] std::vector<std::string> warningsOf(const MachineInfo& info);

/// Everything, for machines to read: bytes, GFLOP/s as numbers.
[[nodiscard]] nlohmann::json jsonOf(const MachineInfo& info);

/// "13.2 GiB", "340 bytes".
[[nodiscard]] std::string sizeWords(int64_t bytes);

} // namespace diploscope
