// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/gff_parser.h"

#include "base/utf8.h"
#include "base/words.h"
#include "genome/contig_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace diploscope {

namespace {

/// GFF3 writes `%2C` for a comma.
std::string decoded(std::string_view text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                      : -1;
    };
    std::string result;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            result += static_cast<char>(16 * digit(text[i + 1]) + digit(text[i + 2]));
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

/// GFF3 has no quotes, but some programs put them round every value.
std::string_view withoutQuotes(std::string_view value) {
    const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return quoted ? value.substr(1, value.size() - 2) : value;
}

/// Ensembl's GFF3 ids carry their type: `gene:ENSG00000223972`.
std::string_view withoutPrefix(std::string_view id) {
    for (const std::string_view prefix : {"gene:", "gene-"})
        if (id.starts_with(prefix))
            return id.substr(prefix.size());
    return id;
}

} // namespace

GffParser::Style GffParser::styleOf(std::string_view attributes) {
    const std::string_view text = trimmed(attributes);
    const size_t equals = text.find('=');
    return equals != std::string_view::npos && equals < text.find_first_of(" \t\"") ? Style::Gff3
                                                                                    : Style::Gtf;
}

/// Any blanks may stand between the parts: files are aligned by hand, or written with tabs. A key within a
/// value is none.
std::string_view GffParser::attribute(std::string_view attributes, std::string_view key) const {
    const bool isGtf = m_style == Style::Gtf;
    const std::string_view keyEnds = isGtf ? " \t\";" : "=;";
    for (size_t at = attributes.find_first_not_of(" \t;"); at < attributes.size();
         at = attributes.find_first_not_of(" \t;", at)) {
        const size_t keyEnd = std::min(attributes.find_first_of(keyEnds, at), attributes.size());
        const bool isAsked = trimmed(attributes.substr(at, keyEnd - at)) == key;
        at = keyEnd;
        if (isGtf)
            at = std::min(attributes.find_first_not_of(" \t", at), attributes.size());
        else if (at < attributes.size() && attributes[at] == '=')
            ++at;
        std::string_view value = attributes.substr(at);
        if (isGtf && value.starts_with('"')) { // a quoted value may hold a semicolon
            value.remove_prefix(1);
            value = value.substr(0, value.find('"'));
            at += value.size() + 2;
        } else {
            value = value.substr(0, value.find(';'));
            at += value.size();
            value = withoutQuotes(trimmed(value));
        }
        if (isAsked)
            return value;
    }
    return {};
}

void GffParser::takeComment(std::string_view line) {
    if (!m_declaredBuild.empty())
        return;
    // GENCODE: "##description: evidence-based annotation of the human genome (GRCh38), version 44 (Ensembl
    // 110)"; Ensembl: "#!genome-build GRCh38.p14"; NCBI: "#!genome-build GRCh38.p14" too.
    constexpr std::string_view EnsemblKey = "#!genome-build ";
    if (line.starts_with(EnsemblKey)) {
        m_declaredBuild = trimmed(line.substr(EnsemblKey.size()));
    } else if (line.starts_with("##description:")) {
        const size_t open = line.find("genome (");
        const size_t close = open == std::string_view::npos ? open : line.find(')', open);
        if (close != std::string_view::npos)
            m_declaredBuild = line.substr(open + 8, close - open - 8);
    }
}

Result<void> GffParser::take(std::string_view line, const TextReader& reader) {
    std::array<std::string_view, 9> fields;
    const auto tooFew = [&](size_t count) {
        return fail(ErrorKind::BadInput, fmt::format("The record has {} columns instead of 9.", count),
                    reader.where(), "The file was cut off or edited: get it again.");
    };
    size_t at = 0;
    for (size_t i = 0; i < 8; ++i) {
        const size_t tab = line.find('\t', at);
        if (tab == std::string_view::npos)
            return tooFew(i + 1);
        fields[i] = line.substr(at, tab - at);
        at = tab + 1;
        if (i == 2) {
            const std::string_view type = fields[2];
            const bool useful = type == "gene" || type == "exon" || m_style == Style::Gff3;
            if (!useful)
                return {};
        }
    }
    fields[8] = line.substr(at);

    const std::string_view type = fields[2];
    const std::string_view attributes = fields[8];
    const std::string_view parent =
        m_style == Style::Gff3 ? attribute(attributes, "Parent") : std::string_view();
    // Ensembl's GFF3 has `ncRNA_gene` and `pseudogene` beside `gene`; as parts of a gene they would have a
    // Parent.
    const bool isGene =
        m_style == Style::Gtf
            ? type == "gene"
            : (type == "gene" || type == "pseudogene" || type.ends_with("_gene")) && parent.empty();
    if (!isGene && type != "exon") {
        if (!parent.empty() && type != "CDS")
            if (const std::string_view id = attribute(attributes, "ID"); !id.empty())
                m_parent.emplace(id, parent.substr(0, parent.find(',')));
        return {};
    }

    int64_t start = 0, end = 0;
    if (fields[0].empty() || !parseInteger(fields[3], start) || !parseInteger(fields[4], end) || start < 1 ||
        end < start)
        return fail(ErrorKind::BadInput,
                    fmt::format("`{}:{}-{}` is no stretch of a contig.", fields[0], fields[3], fields[4]),
                    reader.where(), "Starts and ends are whole numbers, 1 <= start <= end.");
    if (isGene)
        return takeGene(fields[0], {start - 1, end}, fields[6], attributes, reader);

    std::string_view owner = attribute(attributes, "gene_id");
    if (owner.empty())
        owner = parent.substr(0, parent.find(','));
    if (owner.empty())
        return fail(ErrorKind::BadInput, "The exon names no gene.", reader.where(),
                    "Exons need a `gene_id`, or a `Parent` in GFF3.");
    exonsOf(owner).emplace_back(start - 1, end);
    return {};
}

Result<void> GffParser::takeGene(std::string_view contig, std::pair<int64_t, int64_t> interval,
                                 std::string_view strand, std::string_view attributes,
                                 const TextReader& reader) {
    if (strand != "+" && strand != "-" && strand != "." && strand != "?")
        return fail(ErrorKind::BadInput, fmt::format("The gene's strand is `{}`, not `+` or `-`.", strand),
                    reader.where(), "Write `+` or `-`, or `.` where it is not known.");
    const std::string_view recordId = attribute(attributes, "ID");
    std::string_view fileId = attribute(attributes, "gene_id");
    if (fileId.empty())
        fileId = withoutPrefix(recordId);
    if (fileId.empty())
        return fail(ErrorKind::BadInput, "The gene record has no `gene_id`.", reader.where(),
                    "Give a GENCODE or Ensembl GTF or GFF3 file.");

    Gene gene;
    GeneId id = splitGeneId(fileId);
    gene.id = std::move(id.id);
    gene.version = std::move(id.version);
    if (strand == "." || strand == "?") {
        m_unstranded.push_back(gene.id);
        return {};
    }
    if (gene.version.empty()) // Ensembl keeps it apart
        gene.version = attribute(attributes, m_style == Style::Gtf ? "gene_version" : "version");
    for (const std::string_view key : {"gene_name", "Name", "gene"})
        if (gene.name.empty())
            gene.name = validUtf8(decoded(attribute(attributes, key)));
    if (gene.name.empty())
        gene.name = gene.id;
    for (const std::string_view key : {"gene_type", "gene_biotype", "biotype"})
        if (gene.type.empty())
            gene.type = attribute(attributes, key);
    gene.region = {std::string(contig), interval.first, interval.second};
    gene.strand = strand == "+" ? Strand::Forward : Strand::Reverse;

    const size_t index = m_genes.size();
    auto [known, isNew] = m_geneById.emplace(gene.id, index);
    if (!isNew && canonicalContig(contig) == "Y" &&
        canonicalContig(m_genes[known->second].region.contig) == "X") {
        gene.id += ParY;
        std::tie(known, isNew) = m_geneById.emplace(gene.id, index);
    }
    if (!isNew)
        return fail(ErrorKind::BadInput,
                    fmt::format("The gene `{}` occurs a second time; line {} has it first.", fileId,
                                m_lines[known->second]),
                    reader.where(), "Keep one record for each gene id (only `_PAR_Y` ids may repeat one).");
    m_geneByFileId.emplace(fileId, index);
    if (!recordId.empty())
        m_geneByFileId.emplace(recordId, index);
    m_genes.push_back(std::move(gene));
    m_lines.push_back(reader.lineNumber());
    return {};
}

GffParser::Intervals& GffParser::exonsOf(std::string_view owner) {
    if (m_lastOwner < m_exons.size() && m_exons[m_lastOwner].first == owner)
        return m_exons[m_lastOwner].second;
    auto found = m_exonOwner.find(owner);
    if (found == m_exonOwner.end()) {
        found = m_exonOwner.emplace(owner, m_exons.size()).first;
        m_exons.emplace_back(owner, Intervals());
    }
    m_lastOwner = found->second;
    return m_exons[m_lastOwner].second;
}

void GffParser::joinExons() {
    std::vector<Intervals> ofGene(m_genes.size());
    for (const auto& [owner, exons] : m_exons) {
        // Exon -> gene, or exon -> transcript -> gene; NCBI has a step more for miRNAs.
        std::string_view name = owner;
        auto gene = m_geneByFileId.find(name);
        for (int step = 0; step < 4 && gene == m_geneByFileId.end(); ++step) {
            const auto parent = m_parent.find(name);
            if (parent == m_parent.end())
                break;
            name = parent->second;
            gene = m_geneByFileId.find(name);
        }
        if (gene != m_geneByFileId.end())
            ofGene[gene->second].insert(ofGene[gene->second].end(), exons.begin(), exons.end());
    }
    for (size_t i = 0; i < m_genes.size(); ++i) {
        std::sort(ofGene[i].begin(), ofGene[i].end());
        std::vector<Region>& joined = m_genes[i].exons;
        const Region& region = m_genes[i].region;
        for (const auto& [start, end] : ofGene[i]) {
            if (end <= region.start || start >= region.end)
                continue; // of the copy on Y, where both have one id
            if (!joined.empty() && start <= joined.back().end)
                joined.back().end = std::max(joined.back().end, end);
            else
                joined.push_back({m_genes[i].region.contig, start, end});
        }
    }
}

Result<Annotation> GffParser::finish(const std::string& file) {
    if (m_genes.empty() && !m_unstranded.empty())
        return fail(
            ErrorKind::BadInput,
            fmt::format("None of the file's {} genes has a strand, so none has a TSS.", m_unstranded.size()),
            file, "Give an annotation with `+` or `-` in its seventh column.");
    if (m_genes.empty())
        return fail(
            ErrorKind::BadInput, "The file holds no gene record.", file,
            "Give a GENCODE or Ensembl GTF or GFF3 file; those of other sources may list transcripts only.");
    joinExons();
    return Annotation(std::move(m_genes), std::move(m_declaredBuild), std::move(m_unstranded));
}

} // namespace diploscope
