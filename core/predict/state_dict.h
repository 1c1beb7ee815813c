// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "predict/pickle_value.h"

#include <string_view>
#include <vector>

namespace diploscope {

/// The tensors of a pickled state dict, by name. Where the top holds no tensors but one dict that does
/// ("state_dict", "model", ...), that dict is meant. Values that are no tensors are passed over. \error what
/// unpickle() gives; BadInput where it is open which dict is meant, and for a tensor listed twice.
[[nodiscard]] Result<std::vector<StoredTensor>> readStateDict(std::string_view pickle);

} // namespace diploscope
