// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/region.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// One gene record of the annotation, or what is analysed as one: a peak, a site.
struct Gene {
    std::string id;      ///< without version: ENSG00000000419 (a `_PAR_Y` ending is kept)
    std::string version; ///< "12" of ENSG00000000419.12; may be empty
    std::string name;    ///< symbol; the id where the file has none
    std::string type;    ///< gene_type / biotype; may be empty
    Region region;       ///< contig as named in the annotation file
    Strand strand = Strand::Forward;
    /// Union over transcripts, sorted, not overlapping; empty where the file has none.
    std::vector<Region> exons;
    /// Of a phenotype that is no gene: the base in the middle of its region, which stands in the TSS's place.
    std::optional<int64_t> centre{};

    /// 0-based TSS: gene start on `+`, last base of the gene on `-` (METHODS 1); of what is no gene its
    /// centre.
    [[nodiscard]] int64_t tss() const {
        return centre ? *centre : strand == Strand::Forward ? region.start : region.end - 1;
    }
};

/// Takes `ENSG00000000419.12` apart into id and version; `_PAR_Y` stays with the id. The number that GENCODE
/// gives to what it lifted to GRCh37, `ENSG00000000419.12_2`, belongs to the version; `ENSGR0000182378`, as
/// GENCODE once wrote genes on Y, is `ENSG00000182378_PAR_Y`.
struct GeneId {
    std::string id;
    std::string version;
};
[[nodiscard]] GeneId splitGeneId(std::string_view text);

/// The ending of the id of a gene's copy on Y, in the pseudoautosomal region.
constexpr std::string_view ParY = "_PAR_Y";

/// All genes of a study's annotation, in file order, with look-up. Immutable once built.
class Annotation {
public:
    Annotation() = default;
    /// \param declaredBuild the genome build that the file's head names, as written; may be empty.
    /// \param unstranded ids, without version, of genes left out because they have no strand, so no TSS
    explicit Annotation(std::vector<Gene> genes, std::string declaredBuild = {},
                        std::vector<std::string> unstranded = {});

    [[nodiscard]] const std::vector<Gene>& genes() const { return m_genes; }
    [[nodiscard]] const std::string& declaredBuild() const { return m_declaredBuild; }
    [[nodiscard]] const std::vector<std::string>& unstranded() const { return m_unstranded; }

    /// By id (with or without version), else by symbol (case-sensitive, then not).
    /// A symbol on both X and Y of the pseudoautosomal region means the one on X.
    /// \error NotFound, with the nearest symbols in the remedy; Mismatch when a symbol names several genes,
    /// listing their ids.
    [[nodiscard]] Result<const Gene*> find(std::string_view idOrSymbol) const;

    /// By id alone, with or without version; null when there is none.
    [[nodiscard]] const Gene* findId(std::string_view id) const;

    /// All genes of exactly this symbol, in file order; of one on both X and Y, which is one gene to
    /// everybody but the file, that on X alone.
    [[nodiscard]] std::vector<const Gene*> withName(std::string_view name) const;

    /// Genes that overlap `region`, whose contig is named as in the annotation; sorted by start.
    [[nodiscard]] std::vector<const Gene*> overlapping(const Region& region) const;

private:
    std::vector<Gene> m_genes;
    std::string m_declaredBuild;
    std::vector<std::string> m_unstranded;
    std::unordered_map<std::string, size_t> m_byId;
    std::unordered_map<std::string, std::vector<size_t>> m_byName;
    /// Genes of one contig by start, and the furthest end among those up to each: where a search may stop.
    struct ContigIndex {
        std::vector<size_t> byStart;
        std::vector<int64_t> furthestEnd;
    };
    std::unordered_map<std::string, ContigIndex> m_byContig;
};

} // namespace diploscope
