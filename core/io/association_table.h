// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "io/variant_name.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// What kind of table a file of eQTL or fine-mapping results is, told by its columns.
enum class AssociationFormat {
    TensorQtlNominal,   ///< phenotype_id variant_id ... pval_nominal slope slope_se
    GtexSignificant,    ///< variant_id gene_id ... pval_nominal slope slope_se
    TensorQtlSusie,     ///< phenotype_id variant_id pip af cs_id
    EqtlCatalogueSusie, ///< molecular_trait_id variant ... cs_id pip [beta se pvalue]
};
[[nodiscard]] std::string_view toText(AssociationFormat format);
/// Of fine mapping; else of eQTL effects.
[[nodiscard]] bool isFineMapping(AssociationFormat format);
/// By the names of its columns; nothing for other tables.
[[nodiscard]] std::optional<AssociationFormat> associationFormat(const std::vector<std::string>& columns);

/// Whether a file is such a table of the asked kind, by its header and first row. \error as
/// AssociationTable::read; Mismatch where it is of the other kind.
[[nodiscard]] Result<void> checkAssociationTable(const std::filesystem::path& file, bool fineMapping);

/// A variant as a site of the study: 0-based position, upper-case alleles.
struct AssociationSite {
    std::string_view chrom;
    int64_t position = 0;
    std::string_view ref, alt;
    std::string_view effectAllele; ///< ref or alt; whose copies the effect is to be of
    std::string_view rsid;         ///< empty where there is none
};

/// What a table says of one variant and one gene, per copy of the asked allele.
struct Association {
    std::optional<double> slope, se, p;
    std::optional<double> pip;
    std::optional<double> frequency; ///< of the asked allele
    std::string credibleSet;         ///< empty: in none
};

/// External eQTL or fine-mapping results of the study's genes, in memory (about 80 bytes a row). Effects in
/// the files are per copy of ALT. Immutable once read; safe to share. Source: FORMATS 7.
class AssociationTable {
public:
    /// Scans the file once (plain or compressed) and keeps the rows of the wanted genes.
    /// \param wanted  ids without version; every gene where empty
    /// \error NotFound; BadInput: no known columns, a ragged row, a number that is none or cannot be what
    /// its column says (NumberBounds), no row at all, damaged data - with the line; Cancelled
    [[nodiscard]] static Result<AssociationTable> read(const std::filesystem::path& file,
                                                       const std::vector<std::string>& wanted = {},
                                                       const RunContext& context = {});

    [[nodiscard]] AssociationFormat format() const { return m_format; }
    /// The file's, without its folder.
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] int64_t rowsRead() const { return m_rowsRead; }
    [[nodiscard]] int64_t rowsKept() const { return static_cast<int64_t>(m_rows.size()); }
    /// Rows whose variant is neither `chr_pos_ref_alt` nor an rsid.
    [[nodiscard]] int64_t unnamedVariants() const { return m_unnamed; }
    [[nodiscard]] size_t geneCount() const { return m_ranges.size(); }
    [[nodiscard]] bool hasGene(std::string_view geneId) const {
        return m_ranges.contains(std::string(geneId));
    }

    /// At most `most` of the variants that are named by position and alleles, spread over the table.
    [[nodiscard]] std::vector<VariantName> someVariants(size_t most) const;

    /// For each site what the table says of it and the gene (id without version), if anything: matched by
    /// contig (with or without `chr`), position and alleles, REF and ALT either way round, else by rsid.
    [[nodiscard]] std::vector<std::optional<Association>>
    find(std::string_view geneId, const std::vector<AssociationSite>& sites) const;

private:
    struct Row {
        int64_t position = -1;    ///< -1: only the rsid is known
        uint32_t name = 0;        ///< into m_texts: "1\tA\tG", or the rsid
        int32_t credibleSet = -1; ///< into m_texts
        /// NaN: not told. As precise as the table: what is written out again is what stood there.
        double slope = 0, se = 0, pip = 0, frequency = 0, p = 0;
    };
    struct Range {
        size_t begin = 0, end = 0;
    };
    uint32_t intern(std::string text);
    [[nodiscard]] Association associationOf(const Row& row, bool turned) const;

    AssociationFormat m_format = AssociationFormat::TensorQtlNominal;
    std::string m_name;
    std::vector<Row> m_rows; ///< by gene
    std::unordered_map<std::string, Range> m_ranges;
    std::vector<std::string> m_texts;
    std::unordered_map<std::string, uint32_t> m_textIndex; ///< while reading
    int64_t m_rowsRead = 0, m_unnamed = 0;
};

} // namespace diploscope
