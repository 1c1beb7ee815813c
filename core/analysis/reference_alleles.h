// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/variant_name.h"
#include "study/study.h"

#include <filesystem>
#include <vector>

namespace diploscope {

/// How many variants of a file are looked at to tell its build.
inline constexpr size_t AllelesToCheck = 40;

/// Tells whether a file whose variants have names like chr_pos_ref_alt is of the study's build: its REF must
/// be what the reference has. A wrong build agrees at about one place of four. \param variants some of the
/// file's; at places that the reference lacks or has N at, they tell nothing. \error Mismatch where at least
/// 20 tell and most of them disagree; of reading the reference. \param what  the file, in words: "the table"
[[nodiscard]] Result<void> checkReferenceAlleles(const Study& study, const std::vector<VariantName>& variants,
                                                 std::string_view what, const std::filesystem::path& file);

} // namespace diploscope
