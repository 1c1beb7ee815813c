// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/fasta_index.h"

#include "base/atomic_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>
#include <unordered_set>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr uintmax_t MostIndexBytes = uintmax_t{256} << 20; ///< some million contigs
constexpr size_t MostContigsChecked = 32;
constexpr int64_t LongestHeader = int64_t{1} << 20;

Failure unfit(const fs::path& index, const std::string& what) {
    return fail(ErrorKind::BadInput, what, index.string(), "Delete the index; it is built again.");
}

bool parseRow(std::string_view line, FastaIndexRow& row) {
    const size_t nameEnd = line.find('\t');
    if (nameEnd == std::string_view::npos || nameEnd == 0)
        return false;
    row.name = std::string(line.substr(0, nameEnd));
    const char* next = line.data() + nameEnd + 1;
    const char* const end = line.data() + line.size();
    for (int64_t* field : {&row.length, &row.offset, &row.basesPerLine, &row.bytesPerLine}) {
        const auto [stop, error] = std::from_chars(next, end, *field);
        if (error != std::errc() || *field < 0)
            return false;
        next = stop < end ? stop + 1 : end;
    }
    return row.length == 0 || (row.basesPerLine > 0 && row.bytesPerLine >= row.basesPerLine);
}

Result<std::vector<FastaIndexRow>> readRows(const fs::path& index) {
    std::error_code ignored;
    if (fs::file_size(index, ignored) > MostIndexBytes)
        return unfit(index, "The index is larger than that of any genome.");
    DS_ASSIGN(const std::string text, readWholeFile(index));
    std::vector<FastaIndexRow> rows;
    std::unordered_set<std::string> names;
    int64_t lineNumber = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t lineEnd = std::min(text.find('\n', at), text.size());
        ++lineNumber;
        FastaIndexRow row;
        if (!parseRow(std::string_view(text).substr(at, lineEnd - at), row) || !names.insert(row.name).second)
            return fail(ErrorKind::BadInput, "This is no row of a FASTA index.",
                        fmt::format("{}, line {}", index.string(), lineNumber),
                        "Delete the index; it is built again.");
        at = lineEnd + 1;
        rows.push_back(std::move(row));
    }
    if (rows.empty())
        return unfit(index, "The index lists no contig.");
    return rows;
}

/// The byte behind the row's last base; none where the numbers are beyond any file.
std::optional<int64_t> endOf(const FastaIndexRow& row) {
    if (row.length == 0)
        return row.offset;
    int64_t bytes = 0;
    if (__builtin_mul_overflow((row.length - 1) / row.basesPerLine, row.bytesPerLine, &bytes) ||
        __builtin_add_overflow(bytes, row.offset, &bytes) ||
        __builtin_add_overflow(bytes, (row.length - 1) % row.basesPerLine + 1, &bytes))
        return std::nullopt;
    return bytes;
}

/// Between the contig before and this one's first base stands this one's header, and nothing else.
Result<bool> beginsAsIndexed(BlockText& text, const FastaIndexRow& row, int64_t previousEnd) {
    if (row.offset - previousEnd > LongestHeader)
        return false;
    DS_ASSIGN(const std::string between,
              text.read(previousEnd, static_cast<size_t>(row.offset - previousEnd)));
    std::string_view header = between;
    while (!header.empty() && header.front() <= ' ')
        header.remove_prefix(1);
    if (static_cast<int64_t>(between.size()) != row.offset - previousEnd ||
        !header.starts_with(">" + row.name) || header.find('\n') != header.size() - 1)
        return false;
    return header[1 + row.name.size()] <= ' ';
}

/// The last base is one, and no further one follows.
Result<bool> endsAsIndexed(BlockText& text, const FastaIndexRow& row) {
    if (row.length == 0)
        return true;
    const Result<std::string> read = text.read(row.byteOf(row.length - 1), 2);
    if (!read)
        return fail(read.error());
    const std::string_view last = *read;
    return !last.empty() && last.front() > ' ' && last.front() != '>' &&
           (last.size() == 1 || last.back() <= ' ');
}

/// The first line is as long as the row says, where another one follows.
Result<bool> isAsWideAsIndexed(BlockText& text, const FastaIndexRow& row) {
    if (row.length <= row.basesPerLine)
        return true;
    DS_ASSIGN(const std::string line, text.read(row.offset, static_cast<size_t>(row.bytesPerLine)));
    return line.find('\n') == static_cast<size_t>(row.bytesPerLine) - 1 &&
           std::all_of(line.begin(), line.begin() + row.basesPerLine, [](char c) { return c > ' '; }) &&
           std::all_of(line.begin() + row.basesPerLine, line.end(), [](char c) { return c <= ' '; });
}

Result<void> checkContigs(FastaIndex& index) {
    std::vector<const FastaIndexRow*> rows;
    for (const FastaIndexRow& row : index.rows)
        rows.push_back(&row);
    std::sort(rows.begin(), rows.end(),
              [](const FastaIndexRow* a, const FastaIndexRow* b) { return a->offset < b->offset; });
    int64_t end = 0;
    std::vector<int64_t> previousEnds;
    for (const FastaIndexRow* row : rows) {
        const std::optional<int64_t> rowEnd = endOf(*row);
        if (!rowEnd || row->offset < end)
            return unfit(index.file, fmt::format("The row of contig \"{}\" cannot be right.", row->name));
        previousEnds.push_back(end);
        end = *rowEnd;
    }
    if (end > index.text.size()) {
        DS_ASSIGN(const bool begins, beginsAsIndexed(index.text, *rows.front(), 0));
        const std::string what = fmt::format(
            "The FASTA is cut off, or its index is of another file: contig \"{}\" should have {} bases.",
            rows.back()->name, rows.back()->length);
        return begins ? fail(ErrorKind::Mismatch, what, index.file.string(),
                             "If the FASTA is whole, delete the index so that it is built again; else "
                             "restore the FASTA.")
                      : unfit(index.file, what);
    }
    const size_t step = std::max<size_t>(1, rows.size() / MostContigsChecked);
    for (size_t i = 0; i < rows.size(); ++i) {
        if (i % step != 0 && i + 1 != rows.size())
            continue;
        DS_ASSIGN(const bool begins, beginsAsIndexed(index.text, *rows[i], previousEnds[i]));
        DS_ASSIGN(const bool ends, endsAsIndexed(index.text, *rows[i]));
        DS_ASSIGN(const bool wide, isAsWideAsIndexed(index.text, *rows[i]));
        if (!begins || !ends || !wide)
            return unfit(index.file, fmt::format("The index is of another file: contig \"{}\" is not where "
                                                 "it says.",
                                                 rows[i]->name));
    }
    DS_ASSIGN(const std::string rest, index.text.read(end, static_cast<size_t>(LongestHeader)));
    if (std::any_of(rest.begin(), rest.end(), [](char c) { return c > ' '; }))
        return unfit(index.file, "The index ends before the FASTA does.");
    return {};
}

} // namespace

std::vector<std::string> fastaIndexSuffixes(Compression compression) {
    return compression == Compression::Bgzip ? std::vector<std::string>{".fai", ".gzi"}
                                             : std::vector<std::string>{".fai"};
}

Result<FastaIndex> openFastaIndex(const fs::path& fasta, const IndexFiles& index) {
    DS_ASSIGN(std::vector<FastaIndexRow> rows, readRows(index.front()));
    DS_ASSIGN(BlockText text, BlockText::open(fasta, index.size() > 1 ? index[1] : fs::path()));
    FastaIndex opened{index.front(), std::move(rows), std::move(text)};
    DS_TRY(checkContigs(opened));
    return opened;
}

Result<FastaIndex> findFastaIndex(const fs::path& fasta, Compression compression) {
    std::optional<FastaIndex> found;
    std::optional<Error> cutOff;
    const auto fits = [&](const IndexFiles& files) -> Result<void> {
        Result<FastaIndex> index = openFastaIndex(fasta, files);
        if (!index) {
            if (index.error().kind == ErrorKind::Mismatch)
                cutOff = index.error();
            return fail(index.error());
        }
        found.emplace(std::move(index).value());
        return {};
    };
    if (findIndex(fasta, fastaIndexSuffixes(compression), fits))
        return std::move(*found);
    if (cutOff)
        return fail(*cutOff);
    return fail(ErrorKind::NotFound, "The FASTA has no index yet.", fasta.string());
}

} // namespace diploscope
