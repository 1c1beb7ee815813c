// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace diploscope {

// What a pickle may call of the world outside it.
inline constexpr const char* kOrderedDict = "collections.OrderedDict";
inline constexpr const char* kDefaultDict = "collections.defaultdict";
inline constexpr const char* kRebuildTensor = "torch._utils._rebuild_tensor_v2";
inline constexpr const char* kRebuildParameter = "torch._utils._rebuild_parameter";
inline constexpr const char* kRebuildParameterWithState = "torch._utils._rebuild_parameter_with_state";

/// A name of that world.
struct OutsideName {
    bool isKnown = false; ///< one of those above, or a storage
    std::string text;     ///< with its module, of a storage without
};

/// \error Unsupported, its place left open, for what no training saves: a function of the system, a tensor of
/// a strange kind
[[nodiscard]] Result<OutsideName> outsideName(std::string_view module, std::string_view name);

} // namespace diploscope
