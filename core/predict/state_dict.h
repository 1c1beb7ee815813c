// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A tensor as a pickle describes it: a view of a storage.
struct StoredTensor {
    std::string name;
    std::string dtype;        ///< in safetensors' words: F32
    std::string storage;      ///< the archive's entry is `data/STORAGE`
    int64_t storageCount = 0; ///< values that the storage is said to hold
    int64_t offset = 0;       ///< of the first value, in values
    std::vector<int64_t> shape;
    std::vector<int64_t> strides; ///< in values, as many as `shape`
};

/// The tensors of a pickled state dict, by name. A pickle is a program for a small stack machine; this one
/// knows the instructions that build numbers, texts, lists and dicts, and from the outside world only
/// OrderedDict, PyTorch's tensors, parameters and storages. Nothing is ever called. Where the top holds no
/// tensors but one dict that does ("state_dict", "model", ...), that dict is meant. Values that are no
/// tensors are passed over. \error Unsupported naming the first thing from outside that is not on the list;
/// BadInput with the byte for what is no pickle, is cut off, too deep or too large, for tensors whose sizes
/// and strides contradict each other, and where it is open which dict is meant.
[[nodiscard]] Result<std::vector<StoredTensor>> readStateDict(std::string_view pickle);

} // namespace diploscope
