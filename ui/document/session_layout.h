// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_fields.h"
#include "viewmodels/genome_choices.h"
#include "viewmodels/locus_layout.h"
#include "viewmodels/region_of_interest.h"
#include "viewmodels/snv_references.h"

#include <filesystem>

/// How tracks are arranged, which regions are marked, which SNVs others are held against and what is chosen
/// of all genes, as a session file holds them. Source: FORMATS 12.
namespace diploscope::ui {

[[nodiscard]] nlohmann::ordered_json jsonOf(const LocusLayout& layout, const std::filesystem::path& folder);
/// \error Unsupported: names of files that are no UTF-8, which JSON cannot hold
[[nodiscard]] Result<void> checkFileNames(const LocusLayout& layout);
/// \param fields of the session; without its key `tracks`: as at first \error BadInput with the key
[[nodiscard]] Result<LocusLayout> readLayout(const JsonFields& fields, const std::filesystem::path& folder);

[[nodiscard]] nlohmann::ordered_json jsonOf(const std::vector<RegionOfInterest>& regions);
/// The same of its key `regions`; without it, none. \error BadInput with the key
[[nodiscard]] Result<std::vector<RegionOfInterest>> readRegions(const JsonFields& fields);

[[nodiscard]] nlohmann::ordered_json jsonOf(const SnvReferences& references);
/// The same of its key `references`; without it, none. \error BadInput with the key
[[nodiscard]] Result<SnvReferences> readReferences(const JsonFields& fields);

[[nodiscard]] nlohmann::ordered_json jsonOf(const GenomeChoices& choices);
/// The same of its key `genome`; without it, nothing is chosen. \error BadInput with the key
[[nodiscard]] Result<GenomeChoices> readGenomeChoices(const JsonFields& fields);

} // namespace diploscope::ui
