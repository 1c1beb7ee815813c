// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "genome/region.h"
#include "study/study.h"

#include <string>
#include <vector>

namespace diploscope {

/// Whether a person who asks what is left of eQTL effects beside an SNV names one that any of these genes
/// has, before anything is computed: reads genotypes, where the name tells a place only round that, of an id
/// until it is met. \param windows that models read of the genes \param name an id, or as parseVariant()
/// takes it \error NotFound, with the nearest names: nobody carries it there, or too few people have a
/// genotype of it; BadInput: it means several; of reading; Cancelled. Source: METHODS 7, 17.
[[nodiscard]] Result<void> checkGivenSnv(const Study& study, std::vector<Region> windows,
                                         const std::string& name, const RunContext& context);

} // namespace diploscope
