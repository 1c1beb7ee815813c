// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>

namespace diploscope {

/// How a plain Hugging Face folder names its configuration.
inline constexpr const char* HuggingFaceConfig = "config.json";
/// And its weights.
inline constexpr const char* HuggingFaceWeights[] = {"model.safetensors", "pytorch_model.bin"};

/// `config.json` and no `model.json`.
[[nodiscard]] bool isHuggingFaceFolder(const std::filesystem::path& folder);

/// The model.json that a plain Hugging Face folder stands for, of the kind that its configuration says.
/// \param inputLength bp; 0: the kind's own \error Unsupported for a kind that is not known; what the kind
/// says of `config`
[[nodiscard]] Result<nlohmann::json> manifestOfConfig(const std::filesystem::path& folder,
                                                      const nlohmann::json& config, int64_t inputLength);

} // namespace diploscope
