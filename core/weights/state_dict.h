// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "weights/pickle_value.h"

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

struct StateDict {
    std::vector<StoredTensor> tensors; ///< by name
    std::string place; ///< of the dict in the file: "model_state_dict"; empty where it is the whole
};

/// The weights in a pickle of torch.save(): a state dict, or what a training saved of which one dict is the
/// weights (`state_dict`, `model`, ...) and the rest its optimizer, scheduler, losses and settings. Values
/// that are no tensors are passed over. \error what unpickle() gives; Unsupported naming the class of which
/// the whole file is an object; BadInput where it is open which dict is meant, and for a tensor listed twice.
[[nodiscard]] Result<StateDict> readStateDict(std::string_view pickle);

} // namespace diploscope
