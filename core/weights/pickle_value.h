// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
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

/// What a pickle's instructions make. Global: a name from the whitelist in `text`. Storage: `tensor` without
/// its view. Dict: keys and values in turn. Other: numbers and the like that no tensor is made of. Foreign:
/// an object of a class in `text` that means nothing here (a training's settings); what it holds is
/// forgotten.
struct PickleValue {
    enum class Kind { Other, Integer, Text, Sequence, Dict, Global, Storage, Tensor, Foreign };
    Kind kind = Kind::Other;
    int64_t integer = 0;
    std::string text;
    std::vector<const PickleValue*> items;
    StoredTensor tensor;
};

} // namespace diploscope
