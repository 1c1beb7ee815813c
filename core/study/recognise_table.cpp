// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/recognise_table.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "io/annotation_reader.h"
#include "io/association_table.h"
#include "io/covariates_reader.h"
#include "io/expression_reader.h"
#include "io/haplotype_counts.h"
#include "io/header_line.h"
#include "study/build_guess.h"
#include "study/numeric_columns.h"
#include "study/recognise_track.h"
#include "study/sample_map.h"
#include "study/table_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace diploscope {

namespace {

using Fields = TableHead::Fields;

bool isGeneId(std::string_view text) {
    return text.starts_with("ENS") && text.size() >= 11 &&
           std::isdigit(static_cast<unsigned char>(text[text.size() - 1])) != 0 &&
           text.find_first_of("0123456789") != std::string_view::npos;
}

/// PC1, geno_PC3, PEER12, InferredCov4, sex, age, batch2, ...
bool isCovariateName(std::string_view text) {
    std::string lower = lowerCase(text);
    while (!lower.empty() && (std::isdigit(static_cast<unsigned char>(lower.back())) != 0 ||
                              lower.back() == '_' || lower.back() == '.'))
        lower.pop_back();
    static const std::set<std::string, std::less<>> names{
        "sex", "gender", "age", "batch", "platform", "rin", "pmi", "population", "pcr", "intercept"};
    if (names.contains(lower))
        return true;
    const bool numbered = lower.size() < text.size();
    for (const std::string_view ending :
         {"pc", "peer", "cov", "factor", "eigenvector", "ev", "hcp", "sva", "sv"})
        if (numbered && lower.ends_with(ending))
            return true;
    return false;
}

template <class Test>
double fractionOf(const Fields& names, Test test) {
    if (names.empty())
        return 0;
    return double(std::count_if(names.begin(), names.end(), test)) / double(names.size());
}

void takeExpression(const TableHead& table, const NumericColumns& numbers, const char* layout,
                    RecognisedFile& found) {
    found.kind = FileKind::Expression;
    found.people = static_cast<int64_t>(table.header.size() - numbers.first);
    if (table.whole)
        found.genes = static_cast<int64_t>(table.rowsSeen);
    found.transform = transformFor(numbers);
    found.description = fmt::format("expression ({}), {}", layout,
                                    counted(static_cast<size_t>(*found.people), "person", "people"));
    if (found.genes)
        found.description += fmt::format(", {}", counted(table.rowsSeen, "gene", "genes"));
    found.description += *found.transform == ExpressionTransform::Log2Plus1
                             ? ", not yet logarithms"
                             : ", taken for logarithms or normalised";
}

/// GTF or GFF3: nine columns, of which the fourth and fifth are positions and the seventh a strand.
bool isGff(const Fields& fields) {
    int64_t start = 0, end = 0;
    return fields.size() >= 9 && parseInteger(fields[3], start) && parseInteger(fields[4], end) &&
           (fields[6] == "+" || fields[6] == "-" || fields[6] == "." || fields[6] == "?");
}

/// Nine columns of genes are an annotation, those of exons alone the transcripts of a track. Of what is both,
/// the locus could draw the transcripts.
void takeGff(const TableHead& table, const Fields& record, std::string_view text, std::string_view comments,
             RecognisedFile& found) {
    const auto hasRecordOf = [&](std::string_view ending) { // GFF3 has pseudogene and ncRNA_gene, too
        const auto isOf = [ending](const Fields& row) { return row.size() > 2 && row[2].ends_with(ending); };
        return isOf(table.header) || std::any_of(table.rows.begin(), table.rows.end(), isOf);
    };
    if (hasRecordOf("exon")) {
        if (!hasRecordOf("gene")) {
            takeTrack(text, found);
            if (!table.whole)
                found.otherKinds = {FileKind::Annotation};
            return;
        }
        found.track = TrackFormat::Transcripts;
    }
    found.kind = FileKind::Annotation;
    found.contigs.emplace_back(record[0]);
    const bool gff3 =
        comments.find("##gff-version") != std::string_view::npos || record[8].find('=') < record[8].find(' ');
    found.build = buildOfText(comments);
    found.description = fmt::format("gene annotation ({}), begins on {}", gff3 ? "GFF3" : "GTF", record[0]);
}

/// People in rows, as PLINK has them: covariates where at least half of what it does not itself write are.
void takePlink(const TableHead& table, RecognisedFile& found) {
    static const std::set<std::string, std::less<>> ids{"#fid", "fid", "#iid", "iid", "sid", "pat", "mat"};
    Fields columns;
    std::copy_if(table.header.begin(), table.header.end(), std::back_inserter(columns),
                 [](std::string_view column) { return !ids.contains(lowerCase(column)); });
    const size_t count = columns.size();
    std::erase_if(columns, [](std::string_view column) { return lowerCase(column) == "sex"; });
    if (fractionOf(columns, isCovariateName) < 0.5) {
        found.kind = FileKind::Unknown;
        found.description = "a PLINK table of people, which a study has no place for";
        return;
    }
    found.kind = FileKind::Covariates;
    if (table.whole)
        found.people = static_cast<int64_t>(table.rowsSeen);
    found.description =
        fmt::format("covariates (PLINK), {}{}", counted(int64_t(count), "covariate", "covariates"),
                    table.whole ? " x " + counted(int64_t(table.rowsSeen), "person", "people") : "");
}

/// Tables that are known by the names of their columns. \return whether it is one
bool takeByColumns(const TableHead& table, RecognisedFile& found) {
    const auto is = [&](FileKind kind, std::string description) {
        found.kind = kind;
        found.description = std::move(description);
        return true;
    };
    if (isTssHeader(table.header)) {
        if (table.whole)
            found.genes = static_cast<int64_t>(table.rowsSeen);
        return is(FileKind::Annotation, table.whole ? fmt::format("gene table with TSS, {}",
                                                                  counted(table.rowsSeen, "gene", "genes"))
                                                    : "gene table with TSS");
    }
    std::vector<std::string> columns(table.header.begin(), table.header.end());
    columns.front().erase(0, std::min(columns.front().find_first_not_of("# "), columns.front().size()));
    const auto hasColumn = [&](const char* name) {
        return std::find(columns.begin(), columns.end(), name) != columns.end();
    };
    if (hasColumn("gene_id") && hasColumn("position") && hasColumn("background") && hasColumn("sequence") &&
        hasColumn("offset")) {
        found.problem = Error{ErrorKind::Unsupported,
                              "A study of people has no place for the saturation round published drivers.",
                              found.path.string(),
                              "Import it with the paper's tables: File, Import the paper's tables, or "
                              "`diploscope import published TABLE1 --saturation FILE --out DIR`."};
        return is(FileKind::Saturation,
                  "saturation round published drivers: is imported with the paper's tables");
    }
    if (const auto format = haplotypeCountFormat(columns, table.rows.empty() ? Fields() : table.rows[0])) {
        if (const Result<void> good = checkHaplotypeCounts(found.path); !good)
            found.problem = good.error();
        return is(FileKind::HaplotypeCounts,
                  fmt::format("haplotype counts, {}", *format == HaplotypeCountFormat::Matrix
                                                          ? "genes x people"
                                                          : "a row a gene and person (phASER)"));
    }
    if (const auto format = associationFormat(columns)) {
        const bool fine = isFineMapping(*format);
        if (const Result<void> good = checkAssociationTable(found.path, fine); !good)
            found.problem = good.error();
        return is(
            fine ? FileKind::FineMapping : FileKind::Eqtl,
            fmt::format("{} ({})",
                        fine ? "fine mapping, posterior inclusion probabilities" : "eQTL results, slopes",
                        toText(*format)));
    }
    if (table.hasColumns({"pip"}) || areStatistics(columns))
        return is(
            FileKind::Unknown,
            fmt::format("results of a statistic, in columns that are not read ({}): eQTL results and fine "
                        "mapping are read as tensorQTL, GTEx and the eQTL Catalogue write them",
                        listed(columns, 6)));
    if (table.hasColumns({"chrom", "pos", "ref", "alt"}))
        return is(FileKind::Unknown,
                  "a list of variants (PLINK .pvar?), without genotypes; run: plink2 --export vcf bgz");
    if (!table.hasColumns({"iid"}) || fractionOf(table.header, isGeneId) > 0.5)
        return false;
    takePlink(table, found);
    return true;
}

/// Two columns of names: the same person under two ids; and the sex. A header row may be among them.
bool takeSampleMap(const TableHead& table, RecognisedFile& found) {
    const auto isSex = [](const Fields& row) { return row.size() > 2 && sexOf(row[2]).has_value(); };
    const bool isSexTold = table.header.size() == 3 && !table.rows.empty() &&
                           (isSex(table.header) || lowerCase(table.header[2]) == "sex") &&
                           std::all_of(table.rows.begin(), table.rows.end(), isSex);
    if ((table.header.size() != 2 && !isSexTold) || table.ragged)
        return false;
    std::set<std::string_view> firsts, seconds;
    size_t rows = 0;
    bool fraction = false;
    const auto take = [&](const Fields& row) {
        firsts.insert(row[0]);
        seconds.insert(row[1]);
        fraction = fraction || (isNumber(row[1]) && row[1].find('.') != std::string_view::npos);
        ++rows;
    };
    take(table.header);
    std::for_each(table.rows.begin(), table.rows.end(), take);
    if (fraction || firsts.size() != rows || seconds.size() != rows || isGeneId(table.header[0]) ||
        (!table.rows.empty() && isGeneId(table.rows.front()[0])))
        return false;
    found.kind = FileKind::SampleMap;
    found.people = static_cast<int64_t>(table.rowsSeen + 1);
    found.description = fmt::format("sample map, {}{}: {} is {}", table.whole ? "" : "at least ",
                                    counted(table.rowsSeen + 1, "pair", "pairs"),
                                    table.rows.empty() ? table.header[0] : table.rows.back()[0],
                                    table.rows.empty() ? table.header[1] : table.rows.back()[1]);
    return true;
}

void takeCovariates(const TableHead& table, RecognisedFile& found) {
    found.kind = FileKind::Covariates;
    found.people = static_cast<int64_t>(table.header.size() - 1);
    found.description = fmt::format("covariates, {}{} x {}", table.whole ? "" : "at least ",
                                    counted(table.rowsSeen, "covariate", "covariates"),
                                    counted(table.header.size() - 1, "person", "people"));
}

/// A header and rows of numbers: expression or covariates, either way up.
void takeMatrix(const TableHead& table, const NumericColumns& numbers, RecognisedFile& found) {
    Fields rowNames;
    for (const Fields& row : table.rows)
        rowNames.push_back(row.front());
    const Fields columnNames(table.header.begin() + std::ptrdiff_t(numbers.first), table.header.end());

    if (fractionOf(rowNames, isGeneId) > 0.5)
        return takeExpression(table, numbers, "genes x people", found);
    if (fractionOf(columnNames, isGeneId) > 0.5) {
        takeExpression(table, numbers, "people x genes", found);
        found.genes = static_cast<int64_t>(columnNames.size());
        found.people.reset();
        if (table.whole)
            found.people = static_cast<int64_t>(table.rowsSeen);
        found.description =
            fmt::format("expression (people x genes), {}{}", counted(columnNames.size(), "gene", "genes"),
                        table.whole ? ", " + counted(table.rowsSeen, "person", "people") : "");
        return;
    }
    if (fractionOf(rowNames, isCovariateName) >= 0.5)
        return takeCovariates(table, found);
    if (fractionOf(columnNames, isCovariateName) >= 0.5) {
        takeCovariates(table, found);
        found.people.reset();
        found.description = fmt::format("covariates with people in rows, {}",
                                        counted(columnNames.size(), "covariate", "covariates"));
        found.problem =
            Error{ErrorKind::BadInput, "People stand in the rows, but covariates must.", found.path.string(),
                  "Transpose the table: one row for each covariate, one column for each person."};
        return;
    }
    // Nothing in the names tells. A study has more genes than it could have covariates.
    const bool few = table.whole && table.rowsSeen <= 100 && table.rowsSeen < columnNames.size();
    if (few) {
        takeCovariates(table, found);
        found.otherKinds = {FileKind::Expression};
        found.transform = transformFor(numbers);
        found.description += ", or expression of few genes";
    } else {
        takeExpression(table, numbers, "genes x people", found);
        found.otherKinds = {FileKind::Covariates};
        found.description += "; could be covariates";
    }
}

void takeText(const TableHead& table, RecognisedFile& found) {
    std::vector<std::string> names;
    for (const std::string_view name : table.header)
        names.emplace_back(name.substr(0, 30));
    found.description =
        table.header.size() < 2
            ? fmt::format("text without columns, beginning with “{}”", names.empty() ? "" : names.front())
            : fmt::format("a table that a study has no place for, with columns {}", listed(names, 4));
}

/// What the reader of the kind says of the head: files known here are those that are read.
void askReader(const TableHead& table, std::string_view text, RecognisedFile& found) {
    std::vector<std::string> known;
    if (table.cornerless)
        known.emplace_back(table.header[1]);
    const auto reader = [&] { return TextReader::ofText(std::string(text), found.path); };
    const auto take = [&](const auto& read) {
        if (!read)
            found.problem = read.error();
    };
    if (found.kind == FileKind::Expression)
        take(readExpression(reader(), found.path, known));
    else if (found.kind == FileKind::Covariates && !found.problem)
        take(readCovariates(reader(), found.path, known));
    else if (found.kind == FileKind::Annotation && table.whole)
        take(readAnnotation(reader(), found.path));
    else if (found.kind == FileKind::SampleMap && table.whole)
        take(readSampleMap(found.path));
}

void recogniseGct(std::string_view text, bool whole, RecognisedFile& found) {
    std::string_view rest = text;
    for (int line = 0; line < 2 && !rest.empty(); ++line)
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    std::string comments;
    const TableHead table = readTableHead(rest, whole, comments);
    const bool numbered = !table.header.empty() && lowerCase(table.header.front()) == "id";
    takeExpression(table, numericColumns(table, numbered ? 3 : 2), "GCT", found);
    if (whole) // of a part, the announced sizes would not be right
        askReader(table, text, found);
    if (!text.starts_with("#1.2"))
        found.problem = Error{ErrorKind::Unsupported, "GCT of another version than 1.2 is not read.",
                              found.path.string(), "Convert the file to GCT 1.2 or TSV."};
}

/// What a BED says of a feature; anything else behind its name is a person's.
bool isOfFeature(std::string_view column) {
    static const std::set<std::string, std::less<>> names{
        "name",   "score",  "strand", "thickstart", "thickend", "itemrgb",     "blockcount", "blocksizes",
        "signal", "pvalue", "qvalue", "peak",       "value",    "signalvalue", "blockstarts"};
    return names.contains(lowerCase(column));
}

void recogniseLines(const TableHead& table, std::string_view text, std::string_view comments,
                    RecognisedFile& found) {
    if (isGff(table.header))
        return takeGff(table, table.header, text, comments, found);
    const bool isHashed = table.headerLine.starts_with('#');
    if (isHashed && !table.rows.empty() && isGff(table.rows.front())) // a comment that names the columns
        return takeGff(table, table.rows.front(), text, comments, found);
    if (takeByColumns(table, found))
        return;
    const bool isOfPeople = table.header.size() >= 5 && isBedHeader(table.headerLine) &&
                            !std::all_of(table.header.begin() + 4, table.header.end(), isOfFeature);
    if (isOfPeople) {
        const NumericColumns numbers = numericColumns(table, 4);
        if (numbers.numeric && !table.rows.empty()) {
            if (!table.rows.front().empty())
                found.contigs.emplace_back(table.rows.front()[0]);
            return takeExpression(table, numbers, "BED", found);
        }
    }
    if (takeRows(text, found) || takeSampleMap(table, found))
        return;
    if (table.rows.empty()) {
        found.description = table.header.size() > 1 ? "a header without a data row" : "a single line of text";
        return;
    }
    if (table.ragged || table.header.size() < 2)
        return takeText(table, found);
    const NumericColumns numbers = numericColumns(table, 1);
    if (!numbers.numeric ||
        areStatistics({table.header.begin() + std::ptrdiff_t(numbers.first), table.header.end()}))
        return takeText(table, found);
    takeMatrix(table, numbers, found);
}

} // namespace

void recogniseTable(std::string_view text, bool whole, RecognisedFile& found) {
    found.kind = FileKind::Unknown;
    if (text.starts_with("#1.2") || text.starts_with("#1.3"))
        return recogniseGct(text, whole, found);
    std::string comments;
    const TableHead table = readTableHead(text, whole, comments);
    if (table.header.empty()) {
        found.description = "comments only";
        return;
    }
    recogniseLines(table, text, comments, found);
    askReader(table, text, found);
}

} // namespace diploscope
