// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_run.h"
#include "analysis/genome_table.h"
#include "io/anndata_file.h"
#include "results/result_store.h"
#include "study/study.h"

namespace diploscope {

/// A study's stored genes with everybody's observed and predicted expression. People and their covariates are
/// `obs`; genes, by id, with the columns of GenomeTable, are `var`. X is the observed expression as
/// `GENE.people.tsv` has it, and layers are its columns predicted, hap1 and hap2, and, where the study names
/// haplotype counts, hap1_reads and hap2_reads. Of people the store keeps nothing: genes are analysed again,
/// whose scores are in the cache where they were analysed with one.
struct AnnDataExport {
    AnnData data;
    std::vector<Error> leftOut; ///< why genes, or tables of counts, are not in `data`
};
/// \param rows  of the table, ascending: the genes that are wanted \param condition  in words, by which they
/// were chosen; empty: by none \param run  who computes, with the options that the table's genes were
/// analysed with; its sinks and side tables are not asked \error NotFound: no gene is wanted, or none could
/// be analysed (of the first one); Io; Cancelled
[[nodiscard]] Result<AnnDataExport> annDataOf(const Study& study, const GenomeTable& table,
                                              const std::vector<size_t>& rows, const std::string& condition,
                                              GenomeRun run, const RunContext& context);

/// Whether predictions made now are those that stored rows are of: the same study, model and score.
/// \param now the run as it would be stored \error Mismatch says what is otherwise
[[nodiscard]] Result<void> checkSamePredictions(const ResultRun& stored, const ResultRun& now);

} // namespace diploscope
