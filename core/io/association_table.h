// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "genome/left_aligned.h"
#include "genome/liftover.h"
#include "genome/region.h"
#include "genome/variant.h"
#include "genome/variant_name.h"
#include "io/association_counts.h"

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

/// A variant of the study that a table is asked for.
struct AssociationSite : Variant {
    bool ofReference = false; ///< the effect is to be of copies of ref, else of alt
    std::string_view rsid;    ///< empty where there is none
};

/// What a table says of one variant and one gene, per copy of the asked allele.
struct Association {
    std::optional<double> slope, se, p;
    std::optional<double> pip;
    std::optional<double> frequency; ///< of the asked allele
    std::string credibleSet;         ///< empty: in none
};

/// What a table says of a gene's sites, and what its rows are to them.
struct AssociationMatches {
    std::vector<std::optional<Association>> ofSite; ///< in the order of the sites
    AssociationCounts counts;
};

/// A place that a table names by position and alleles. Looks into the table.
struct AssociationPlace {
    std::string_view contig; ///< canonicalContig()
    int64_t position = 0;    ///< 0-based
    std::string_view ref;
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

    /// Moves its places to the other build of a chain file. Rows whose place cannot be told are dropped and
    /// counted; rsids stay.
    LiftCounts lift(const Liftover& chain);

    /// At most `most` of the variants that are named by position and alleles, spread over the table.
    [[nodiscard]] std::vector<VariantName> someVariants(size_t most) const;

    /// Every variant that is named by position and alleles once, by contig and position.
    [[nodiscard]] std::vector<AssociationPlace> places() const;

    /// For each site what the table says of it and the gene (id without version), if anything: matched by
    /// contig (matchingContigs() of all of the table's), position and alleles once trimmed and left-aligned,
    /// else by rsid. REF and ALT may be swapped where the reference has the site's REF and the two are not
    /// each other's complement: swapped alleles and those of the other strand would look alike. \param sites
    /// left-aligned against the same reference \param region  the locus, in which the sites lie; rows
    /// elsewhere are not counted. \param reference  of the region, and round it as far as it was read:
    /// A/C/G/T/N. Source: METHODS 14
    [[nodiscard]] AssociationMatches find(std::string_view geneId, const std::vector<AssociationSite>& sites,
                                          const Region& region, const ReferenceStretch& reference) const;

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
    /// What a row's name holds where it is no rsid.
    struct NamedAlleles {
        std::string_view contig, ref, alt;
    };
    struct Locus;
    void listContigs();
    [[nodiscard]] NamedAlleles allelesNamed(uint32_t name) const;
    [[nodiscard]] Association associationOf(const Row& row, bool turned) const;
    /// Gives the row to its site. \param own  what it names \return what it is counted as
    int64_t AssociationCounts::*take(const Row& row, const Variant& own, const Locus& locus,
                                     AssociationMatches& matches) const;
    /// The same of a row whose rsid is all that is known; nothing where no site has it.
    int64_t AssociationCounts::*takeByRsid(const Row& row, const Locus& locus,
                                           AssociationMatches& matches) const;

    AssociationFormat m_format = AssociationFormat::TensorQtlNominal;
    std::string m_name;
    std::vector<Row> m_rows; ///< by gene
    std::unordered_map<std::string, Range> m_ranges;
    std::vector<std::string> m_texts;
    std::vector<std::string> m_contigs; ///< of all rows that name one, canonicalContig()
    int64_t m_rowsRead = 0, m_unnamed = 0;
};

} // namespace diploscope
