// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "weights/pickle_value.h"

#include <string_view>

namespace diploscope {

/// Whether PyTorch has storages of this name: "FloatStorage".
[[nodiscard]] bool isStorageType(std::string_view name);

/// The storage that a pickle refers to as ("storage", FloatStorage, "key", "cpu", 100). \error BadInput, its
/// place left open
[[nodiscard]] Result<StoredTensor> storageOf(const PickleValue& id);

/// The view of a storage that _rebuild_tensor_v2(storage, offset, sizes, strides, ...) makes; it lies in its
/// storage. \error BadInput, its place left open
[[nodiscard]] Result<StoredTensor> tensorOf(const PickleValue& arguments);

} // namespace diploscope
