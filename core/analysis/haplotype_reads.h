// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "io/haplotype_counts.h"
#include "sequence/haplotypes.h"
#include "study/study.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// The reads of a study's people by haplotype, of all tables that it names under `haplotype_counts`. Memory:
/// 16 bytes a gene and person with a read.
class PeoplesReads {
public:
    /// What one of the tables has.
    struct Table {
        std::string name; ///< the file's
        int64_t genes = 0;
        std::vector<int64_t> people; ///< indices of the study's
        int64_t ownPhase = 0;        ///< HaplotypeCounts::ownPhase()
    };
    [[nodiscard]] const std::vector<Table>& tables() const { return m_tables; }
    /// [people] of a gene, by its id; empty: no read.
    [[nodiscard]] std::vector<std::optional<HaplotypeReads>> of(const std::string& geneId) const;

private:
    friend class PeoplesReadsReader;
    struct Count {
        uint32_t person = 0;
        uint32_t first = 0;
        uint32_t second = 0;
    };
    size_t m_people = 0;
    std::vector<Table> m_tables;
    std::unordered_map<std::string, std::vector<Count>> m_genes;
};

/// Reads them. People are named as in the genotypes or, by the sample map, as in the expression. What cannot
/// be used is appended to `leftOut`: as HaplotypeCounts::read; Mismatch where a table has no gene or no
/// person of the study, or what an earlier one has. \error Cancelled
[[nodiscard]] Result<PeoplesReads> readPeoplesReads(const Study& study, std::vector<Error>& leftOut,
                                                    const RunContext& context = {});

/// Gives a report's people their reads, and counts whose say nothing of their two copies.
void addReads(const PeoplesReads& reads, const Study& study, const AlleleMatrix& alleles, GeneReport& report);

/// Works out `allelic` of a report whose people have scores, and of its drivers. Nothing where the study
/// names no counts.
void addAllelicImbalance(GeneReport& report);

} // namespace diploscope
