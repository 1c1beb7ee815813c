// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "base/run_context.h"
#include "stats/haplotype_order.h"
#include "viewmodels/locus_layout.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// All haplotypes of a gene's people as rows of alleles along the locus. An immutable snapshot; a row is
/// drawn above the one before it.
struct HaplotypeRows {
    struct Row {
        size_t person = 0; ///< index into the report's
        int haplotype = 0; ///< 0, 1
    };
    std::shared_ptr<const GeneReport> report; ///< never null
    RowOrder order = RowOrder::Similarity;
    std::optional<size_t> sortedBy; ///< the SNV, with RowOrder::SelectedSnv
    std::vector<Row> rows;
    std::shared_ptr<const HaplotypeOrder>
        similarity;                ///< of all; what equals stand by in every order. Null: no rows
    std::vector<double> positions; ///< [SNVs] 1-based, ascending
    std::vector<size_t> variants;  ///< [SNVs] indices into the report's
    std::vector<uint8_t> alleles;  ///< [SNVs x rows] each a HaplotypeAllele
    bool hasUnclear = false;       ///< some alleles are neither REF nor ALT, or not known
    QString title;                 ///< "haplotypes, by similarity"
    QString note; ///< what is to be known of the picture: too many for a tree, phases as listed; often empty

    [[nodiscard]] const uint8_t* column(size_t snv) const { return alleles.data() + snv * rows.size(); }
};

/// Time O(haplotypes^2) where their similarity is not known: for a worker. SNVs of which no haplotypes are
/// known are left out; where nothing is, rows are empty. Predictions and expressions that are not known stand
/// below. \param selected index into the report's variants \param similarity as rows of the same haplotypes
/// have it; null: it is worked out \error Cancelled
[[nodiscard]] Result<std::shared_ptr<const HaplotypeRows>>
haplotypeRows(const std::shared_ptr<const GeneReport>& report, RowOrder order, std::optional<size_t> selected,
              const RunContext& context = {}, std::shared_ptr<const HaplotypeOrder> similarity = nullptr);

/// Rich text of a cell, escaped. \param snv counts `positions`; empty: between SNVs
[[nodiscard]] QString haplotypeToolTip(const HaplotypeRows& shown, size_t row, std::optional<size_t> snv);

} // namespace diploscope::ui
