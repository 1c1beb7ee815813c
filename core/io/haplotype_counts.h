// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

enum class HaplotypeCountFormat {
    Long,  ///< a row a gene and person: phASER's gene tables
    Matrix ///< genes x people, a cell `a|b`: phASER's expression matrices
};
/// By the names of the columns and, of a matrix, by the first row; empty: no such table.
/// \param row  fields as the columns; may be shorter
[[nodiscard]] std::optional<HaplotypeCountFormat>
haplotypeCountFormat(const std::vector<std::string>& columns, const std::vector<std::string_view>& row);

/// Reads of genes by the haplotype that they come from. a is of the genotypes' first haplotype and b of the
/// second one: where a table says of itself that a count has a phase of its own (`gw_phased` 0), it is left
/// out and counted. Immutable; any thread. Source: FORMATS 16
class HaplotypeCounts {
public:
    /// One person's of a gene; at least one read.
    struct Count {
        uint32_t person = 0; ///< index into people()
        uint32_t a = 0;
        uint32_t b = 0;
    };

    /// \param wanted  genes by id or name, each with its id, whose counts are kept; versions do not matter.
    /// Empty: all, by their names \error as TableReader::open; BadInput with the line: no such table, no row,
    /// a ragged row, a cell that is no count, or a gene and person twice; Cancelled
    [[nodiscard]] static Result<HaplotypeCounts>
    read(const std::filesystem::path& file, const std::unordered_map<std::string, std::string>& wanted = {},
         const RunContext& context = {});

    [[nodiscard]] HaplotypeCountFormat format() const { return m_format; }
    /// As the table names them, by first appearance.
    [[nodiscard]] const std::vector<std::string>& people() const { return m_people; }
    /// By person; empty where the table has nothing of the gene.
    [[nodiscard]] const std::vector<Count>& find(const std::string& geneId) const;
    [[nodiscard]] int64_t rowsRead() const { return m_rowsRead; }
    [[nodiscard]] int64_t geneCount() const { return static_cast<int64_t>(m_genes.size()); }
    /// Of the genes kept: counts whose phase is not that of the genotypes.
    [[nodiscard]] int64_t ownPhase() const { return m_ownPhase; }

private:
    class Rows;
    HaplotypeCountFormat m_format = HaplotypeCountFormat::Long;
    std::vector<std::string> m_people;
    std::unordered_map<std::string, std::vector<Count>> m_genes;
    int64_t m_rowsRead = 0;
    int64_t m_ownPhase = 0;
};

/// Reads as far as the first row. \error as HaplotypeCounts::read
[[nodiscard]] Result<void> checkHaplotypeCounts(const std::filesystem::path& file);

} // namespace diploscope
