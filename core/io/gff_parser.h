// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/annotation.h"
#include "io/text_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace diploscope {

/// Collects genes and their exons from the records of one GTF or GFF3 file, in any order of records.
/// A GENCODE release has three million lines, so a record that is of no use costs two searches for a tab.
class GffParser {
public:
    enum class Style { Gtf, Gff3 }; ///< `key "value";` against `key=value;`

    [[nodiscard]] static Style styleOf(std::string_view attributes);
    explicit GffParser(Style style) : m_style(style) {}

    /// A value of a record's last column; empty where it lacks the key. Looks into `attributes`.
    [[nodiscard]] std::string_view attribute(std::string_view attributes, std::string_view key) const;

    /// A line that starts with `#`: GENCODE and Ensembl name the genome build in one.
    void takeComment(std::string_view line);

    /// One record. `reader` tells where it stands.
    /// A gene without strand (`.`, `?`) has no TSS: it is left out and told by the annotation. A gene whose
    /// id stands on X and on Y is two genes, as `_PAR_Y` makes of it. \error BadInput: too few columns, start
    /// > end, bad strand, no id, duplicate gene id
    [[nodiscard]] Result<void> take(std::string_view line, const TextReader& reader);

    /// The genes with their exons joined. \error BadInput when there was no gene record.
    [[nodiscard]] Result<Annotation> finish(const std::string& file);

private:
    struct Hash {
        using is_transparent = void;
        size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    template <class Value>
    using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
    using Intervals = std::vector<std::pair<int64_t, int64_t>>;

    [[nodiscard]] Result<void> takeGene(std::string_view contig, std::pair<int64_t, int64_t> interval,
                                        std::string_view strand, std::string_view attributes,
                                        const TextReader& reader);
    [[nodiscard]] Intervals& exonsOf(std::string_view owner);
    void joinExons();

    Style m_style;
    std::vector<Gene> m_genes;
    std::string m_declaredBuild;
    std::vector<std::string> m_unstranded;
    std::vector<int64_t> m_lines; ///< where each gene's record stands
    Map<size_t> m_geneByFileId;   ///< by `gene_id` as written, and by GFF3's `ID`
    Map<size_t> m_geneById;       ///< without version
    Map<std::string> m_parent;    ///< GFF3: transcript `ID` -> its `Parent`
    Map<size_t> m_exonOwner;      ///< by gene id, or the `Parent` of a GFF3 exon -> index of m_exons
    std::vector<std::pair<std::string, Intervals>> m_exons;
    size_t m_lastOwner = 0; ///< exons of one gene come in a row
};

} // namespace diploscope
