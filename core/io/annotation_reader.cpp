// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/annotation_reader.h"

#include "base/suggestion.h"
#include "io/gff_parser.h"
#include "io/header_line.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace diploscope {

namespace {

/// The columns of `gene_id gene_name chrom tss strand`; -1 where the header lacks one.
struct TssColumns {
    int id = -1, name = -1, chrom = -1, tss = -1, strand = -1;
    std::vector<std::string> header;

    static TssColumns of(std::vector<std::string_view> header) {
        TssColumns columns;
        dropTrailingSeparators(header, 1);
        columns.header.assign(header.begin(), header.end());
        for (size_t i = 0; i < header.size(); ++i) {
            const std::string_view name = behindHash(header[i]);
            const int column = static_cast<int>(i);
            if (name == "gene_id")
                columns.id = column;
            else if (name == "gene_name")
                columns.name = column;
            else if (name == "chrom" || name == "chr" || name == "contig")
                columns.chrom = column;
            else if (name == "tss")
                columns.tss = column;
            else if (name == "strand")
                columns.strand = column;
        }
        return columns;
    }
    [[nodiscard]] bool complete() const { return id >= 0 && chrom >= 0 && tss >= 0 && strand >= 0; }
};

Result<Annotation> readTss(TextReader& reader, const TssColumns& columns, char separator,
                           const std::string& file) {
    std::vector<Gene> genes;
    std::vector<std::string> unstranded;
    std::vector<std::string_view> fields;
    std::unordered_map<std::string, int64_t> lineOf;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            break;
        splitRow(line, separator, fields);
        if (std::all_of(fields.begin(), fields.end(), [](auto text) { return text.empty(); }))
            continue;
        dropTrailingSeparators(fields, columns.header.size());
        if (fields.size() != columns.header.size())
            return raggedRow(columns.header, fields, reader.where());
        const auto field = [&](int column) {
            return column < 0 ? std::string_view() : fields[size_t(column)];
        };
        Gene gene;
        GeneId id = splitGeneId(field(columns.id));
        gene.id = std::move(id.id);
        gene.version = std::move(id.version);
        gene.name = field(columns.name).empty() ? gene.id : std::string(field(columns.name));
        int64_t tss = 0;
        if (gene.id.empty() || field(columns.chrom).empty())
            return fail(ErrorKind::BadInput, "The row names no gene or no contig.", reader.where(),
                        "Fill in `gene_id` and `chrom` in every row.");
        if (!parseInteger(field(columns.tss), tss) || tss < 1)
            return fail(ErrorKind::BadInput, fmt::format("`{}` is no TSS position.", field(columns.tss)),
                        reader.where(), "Give the 1-based position of the gene's first base.");
        if (field(columns.strand) == "." || field(columns.strand) == "?") {
            unstranded.push_back(gene.id);
            continue;
        }
        if (field(columns.strand) != "+" && field(columns.strand) != "-")
            return fail(ErrorKind::BadInput, fmt::format("`{}` is no strand.", field(columns.strand)),
                        reader.where(), "Write `+` or `-`, or `.` where it is not known.");
        gene.strand = field(columns.strand) == "+" ? Strand::Forward : Strand::Reverse;
        gene.region = {std::string(field(columns.chrom)), tss - 1, tss};
        const auto [known, isNew] = lineOf.emplace(gene.id, reader.lineNumber());
        if (!isNew)
            return fail(ErrorKind::BadInput,
                        fmt::format("The gene `{}` occurs a second time; line {} has it first.", gene.id,
                                    known->second),
                        reader.where(), "Keep one row for each gene.");
        genes.push_back(std::move(gene));
    }
    if (genes.empty())
        return fail(ErrorKind::BadInput,
                    unstranded.empty() ? "The table has a header but no gene."
                                       : "No gene of the table has a strand, so none has a TSS.",
                    file, "Check that whatever writes it has finished.");
    return Annotation(std::move(genes), {}, std::move(unstranded));
}

} // namespace

bool isTssHeader(const std::vector<std::string_view>& names) {
    return TssColumns::of(names).complete();
}

Result<Annotation> readAnnotation(const std::filesystem::path& file) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    return readAnnotation(std::move(reader), file);
}

Result<Annotation> readAnnotation(TextReader reader, const std::filesystem::path& file) {
    std::vector<std::string_view> fields;
    std::vector<std::string> comments;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            return fail(ErrorKind::BadInput, "The file holds comments only.", file.string(),
                        "Give a GTF or GFF3 file with gene records.");
        if (line.empty())
            continue;
        const char separator = line.find('\t') == std::string_view::npos ? ',' : '\t';
        splitRow(line, separator, fields);
        if (const TssColumns columns = TssColumns::of(fields); columns.complete())
            return readTss(reader, columns, separator, file.string());
        if (line.front() == '#') {
            comments.emplace_back(line);
            continue;
        }

        int64_t start = 0, end = 0;
        if (fields.size() < 9 || !parseInteger(fields[3], start) || !parseInteger(fields[4], end))
            return fail(
                ErrorKind::BadInput,
                fmt::format("`{}` is neither a GTF or GFF3 record nor the header of a table with `gene_id`, "
                            "`gene_name`, `chrom`, `tss` and `strand`.",
                            line.substr(0, 60)),
                reader.where(),
                "Give a GENCODE or Ensembl GTF or GFF3 file, or such a table with tabs or commas.");
        GffParser parser(GffParser::styleOf(fields[8]));
        for (const std::string& comment : comments)
            parser.takeComment(comment);
        DS_TRY(parser.take(line, reader));
        for (;;) {
            DS_ASSIGN(const bool another, reader.next(line));
            if (!another || line.starts_with("##FASTA"))
                break;
            if (!line.empty() && line.front() != '#')
                DS_TRY(parser.take(line, reader));
        }
        return parser.finish(file.string());
    }
}

} // namespace diploscope
