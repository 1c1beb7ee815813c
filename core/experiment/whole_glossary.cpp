// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/whole_glossary.h"

#include "analysis/motif_matches.h"
#include "experiment/experiment_tables.h"

#include <utility>

namespace diploscope {

std::vector<GlossaryTable> wholeGlossary() {
    std::vector<GlossaryTable> tables = columnGlossary();
    for (GlossaryTable& table : experimentGlossary())
        tables.push_back(std::move(table));
    tables.push_back(motifGlossary());
    for (GlossaryTable& table : toolGlossary())
        tables.push_back(std::move(table));
    return tables;
}

} // namespace diploscope
