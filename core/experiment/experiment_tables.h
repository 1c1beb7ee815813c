// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/column_glossary.h"
#include "experiment/ablation.h"
#include "experiment/audit.h"
#include "experiment/saturation.h"
#include "experiment/waterfall.h"
#include "experiment/what_if.h"
#include "results/table_columns.h"

#include <string>
#include <vector>

namespace diploscope {

/// All columns of the tables that experiments write, for who asks what they are: `whatif.tsv` and the like.
[[nodiscard]] std::vector<GlossaryTable> experimentGlossary();

/// What stands above an experiment's table: the study's and model's provenance, then the locus.
[[nodiscard]] Provenance locusProvenance(const PreparedLocus& locus, const Gene& gene, Provenance ofScores);

/// Tables in memory, to be written with TableWriter::writeTo(). Positions are 1-based; what is not known or
/// not defined is NA. Columns that only means of several predictions have are left out without.
[[nodiscard]] TableWriter whatIfTable(const PreparedLocus& locus, const WhatIf& found,
                                      const Provenance& provenance);
/// \param observed [people], NaN: not measured
[[nodiscard]] TableWriter ablationTable(const PreparedLocus& locus, const Ablation& found,
                                        const Eigen::VectorXd& observed, const Provenance& provenance);
/// \param which of each waterfall what its column `haplotype` says
[[nodiscard]] TableWriter waterfallTable(const PreparedLocus& locus, const Waterfalls& found,
                                         const std::vector<std::string>& which, const Provenance& provenance);
[[nodiscard]] TableWriter saturationTable(const Saturation& found, const Provenance& provenance);

/// People's predictions against what effects add up to, a row a person.
[[nodiscard]] TableWriter additivityTable(const PreparedLocus& locus, const Audit& found,
                                          const Provenance& provenance);
/// A row a pair of drivers.
[[nodiscard]] TableWriter pairTable(const Audit& found, const Provenance& provenance);

} // namespace diploscope
