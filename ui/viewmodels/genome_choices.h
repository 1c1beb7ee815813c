// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"

#include <QSet>
#include <QString>

#include <cstdint>
#include <optional>

namespace diploscope::ui {

/// What is chosen of all genes, as a value. Copies share the genes, of which there may be twenty thousand.
struct GenomeChoices {
    std::optional<NullChoice> null; ///< that p and q are of; empty: as defaultNull() says of the study
    QSet<QString> genes;            ///< selected, by id; none: nothing is, which hides nothing
    std::optional<int64_t> run;     ///< the stored run that is shown; empty: the current results

    friend bool operator==(const GenomeChoices&, const GenomeChoices&) = default;
};

} // namespace diploscope::ui
