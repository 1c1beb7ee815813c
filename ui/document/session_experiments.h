// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_fields.h"
#include "viewmodels/experiment_requests.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Inside ui/document only: what is tried on a gene, and names of variants and people, as a session's file
/// has them. Source: FORMATS 12.
namespace diploscope::ui {

/// The largest place, 1-based, and the least one with its sign, that a session's file may hold.
inline constexpr int64_t LargestPlace = int64_t{1} << 40;

/// A list of texts, none of them empty; none where the key is missing. \error BadInput with the key
[[nodiscard]] Result<std::vector<std::string>> sessionNames(const JsonFields& fields, const std::string& key);
/// The same of variants as toName() writes them. \error BadInput with the key
[[nodiscard]] Result<std::vector<Variant>> sessionVariants(const JsonFields& fields, const std::string& key);

/// One of them; empty where the key is missing. \error BadInput with the key
[[nodiscard]] Result<std::optional<Variant>> sessionVariant(const JsonFields& fields, const std::string& key);

[[nodiscard]] nlohmann::ordered_json sessionJson(const ExperimentRequests& requests);
/// Nothing is tried where the key is missing. \error BadInput with the key
[[nodiscard]] Result<ExperimentRequests> sessionExperiments(const JsonFields& fields, const std::string& key);

} // namespace diploscope::ui
