// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "analysis/haplotype_reads.h"
#include "io/association_table.h"
#include "sequence/reference_window.h"
#include "study/study.h"

#include <map>
#include <string>
#include <vector>

namespace diploscope {

/// The tables that a study names under `eqtl`, `fine_mapping` and `haplotype_counts`, in its order.
struct ExternalTables {
    std::vector<AssociationTable> eqtl;
    std::vector<AssociationTable> fineMapping;
    std::optional<PeoplesReads> reads; ///< empty: none is named
    /// Of those that a chain file has lifted, by the table's name.
    std::map<std::string, LiftCounts> lifted;
    /// Of those that cannot be used, why: as AssociationTable::read; Mismatch where no row is of a gene of
    /// the study, or its positions are of another build (checkReferenceAlleles).
    std::vector<Error> leftOut;
};

/// Reads them, for the study's genes. Null where the study names none. \error Cancelled
[[nodiscard]] Result<std::shared_ptr<const ExternalTables>>
readExternalTables(const Study& study, const RunContext& context = {});

/// Fills `imported`, one a variant (a table without a variant leaves its fields empty), and `importedTables`
/// of a report that has gene, window and variants. \param reference  the bases of at least its window
void addImported(const ExternalTables& tables, const ReferenceWindow& reference, GeneReport& report);

} // namespace diploscope
