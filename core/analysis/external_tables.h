// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "io/association_table.h"
#include "study/study.h"

#include <vector>

namespace diploscope {

/// The tables that a study names under `eqtl` and `fine_mapping`, in its order.
struct ExternalTables {
    std::vector<AssociationTable> eqtl;
    std::vector<AssociationTable> fineMapping;
    /// Of those that cannot be used, why: as AssociationTable::read; Mismatch where no row is of a gene of
    /// the study, or its positions are of another build (checkReferenceAlleles).
    std::vector<Error> leftOut;
};

/// Reads them, for the study's genes. Null where the study names none. \error Cancelled
[[nodiscard]] Result<std::shared_ptr<const ExternalTables>>
readExternalTables(const Study& study, const RunContext& context = {});

/// One a variant, in their order; a table without a variant leaves its fields empty.
[[nodiscard]] std::vector<ImportedEffect> importedEffects(const ExternalTables& tables, const Gene& gene,
                                                          const std::vector<VariantResult>& variants);

} // namespace diploscope
