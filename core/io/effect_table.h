// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "genome/liftover.h"
#include "genome/variant.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// Effects of alleles on genes, as any model may have told them: a row a variant and gene, a score or several
/// of them. In memory (about 24 bytes a row, 8 a score). Immutable once read; safe to share.
/// Source: FORMATS 12, METHODS 14
class EffectTable {
public:
    struct Row {
        int64_t position = 0; ///< 0-based, of the first base of REF once trimmed
        uint32_t contig = 0;  ///< see contigOf()
        uint32_t alleles = 0; ///< see allelesOf()
        uint32_t scores = 0;  ///< which row of scores
        friend bool operator==(const Row&, const Row&) = default;
    };
    /// All that a table has of a gene.
    struct GeneEffects {
        std::vector<Row> rows;         ///< by contig and position, each variant once
        std::vector<double> reference; ///< of each score the reference's own; 0 where it is not given
        int64_t repeated = 0; ///< rows that told once more, and with the same scores, what stood there
    };

    /// \param scores columns, at least one \error NotFound, Io; BadInput: a column is missing, a row is
    /// ragged, names no alleles, has a score that is no finite number or another one than before for the same
    /// variant and gene, or there is no row - with the line; damaged data; Cancelled
    [[nodiscard]] static Result<EffectTable> read(const std::filesystem::path& file,
                                                  const std::vector<std::string>& scores,
                                                  const RunContext& context = {});

    /// Moves its places to the other build of a chain file. Rows whose place cannot be told are dropped and
    /// counted, as are those that come where another one is.
    LiftCounts lift(const Liftover& chain);

    [[nodiscard]] int64_t rowsRead() const { return m_rowsRead; }
    [[nodiscard]] size_t geneCount() const { return m_genes.size(); }
    /// The gene's rows by its id (without version), else by its symbol; null where it has none.
    [[nodiscard]] const GeneEffects* find(std::string_view geneId, std::string_view geneName) const;

    /// Of all rows, canonicalContig().
    [[nodiscard]] const std::vector<std::string>& contigs() const { return m_contigs; }
    /// canonicalContig()
    [[nodiscard]] std::string_view contigOf(const Row& row) const { return m_texts[row.contig]; }
    /// Upper case, trimmed; position is that of the row.
    [[nodiscard]] TrimmedAlleles allelesOf(const Row& row) const;
    /// In the order of the columns that were asked for.
    [[nodiscard]] std::span<const double> scoresOf(const Row& row) const {
        return {m_scores.data() + size_t{row.scores} * m_scoreCount, m_scoreCount};
    }

private:
    class Reading;
    void listContigs();
    size_t m_scoreCount = 0;
    int64_t m_rowsRead = 0;
    std::unordered_map<std::string, GeneEffects> m_genes;
    std::vector<std::string> m_texts; ///< contigs, and alleles as "A\tG"
    std::vector<std::string> m_contigs;
    std::vector<double> m_scores; ///< [rows x scores]
};

} // namespace diploscope
