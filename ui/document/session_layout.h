// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_fields.h"
#include "viewmodels/locus_layout.h"

#include <filesystem>

/// How tracks are arranged, as a session file holds it. Source: FORMATS 12.
namespace diploscope::ui {

[[nodiscard]] nlohmann::ordered_json jsonOf(const LocusLayout& layout, const std::filesystem::path& folder);
/// \param fields of the session; without its key `tracks`: as at first \error BadInput with the key
[[nodiscard]] Result<LocusLayout> readLayout(const JsonFields& fields, const std::filesystem::path& folder);

} // namespace diploscope::ui
