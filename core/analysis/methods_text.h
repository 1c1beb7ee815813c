// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// What a methods section is written of: how results came about, as they say it themselves.
struct MethodsSubject {
    /// Of a GeneReport or GenomeTable. Values are put into sentences as they are.
    std::vector<std::pair<std::string, std::string>> provenance;
    std::string modelKind = {};                ///< its word in model.json; empty: not known
    std::optional<int64_t> correlated = {};    ///< of one gene: people with an observed value
    std::optional<NullChoice> ofAllGenes = {}; ///< of many genes: the null that p and q are of
    bool withPredixcan = false;                ///< its r stands among the results
};

/// A methods section that may be printed as it stands, in the past tense, UTF-8 without markup.
struct MethodsText {
    std::vector<std::string> paragraphs;
    std::vector<std::string> references; ///< of what the paragraphs cite, in their order
};

/// Says nothing but what the provenance proves: a line that is not there has no sentence. Sources: METHODS 2
/// to 9 and 17.
[[nodiscard]] MethodsText methodsText(const MethodsSubject& subject);

} // namespace diploscope
