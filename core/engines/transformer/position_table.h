// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/enformer_config.h"

#include <Eigen/Core>

#include <filesystem>
#include <optional>
#include <span>

namespace diploscope {

/// The table of an Enformer's gamma features to use instead of computing them: `config.positionTable` in one
/// of `folders`; else, where the configuration says `use_tf_gamma`, a `tf_gammas.safetensors` in one of them
/// or in the folder above one (a table that sibling models share). Nothing: they are to be computed. \error
/// NotFound when a named table is not there.
[[nodiscard]] Result<std::optional<std::filesystem::path>>
findPositionTable(const EnformerConfig& config, std::span<const std::filesystem::path> folders);

/// Reads such a table: one tensor [2S - 1 x positionFeatures / 6]. \error what opening the file gives;
/// Mismatch for another size.
[[nodiscard]] Result<Eigen::MatrixXd> readPositionTable(const std::filesystem::path& file,
                                                        const EnformerConfig& config);

} // namespace diploscope
