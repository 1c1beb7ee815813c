// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/fasta_faults.h"

#include "base/atomic_file.h"
#include "io/htslib_files.h"

#include <fmt/format.h>
#include <htslib/kstring.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using BgzfPtr = HtsPtr<BGZF, bgzf_close>;

/// One row of a `.fai`: byte offsets are of the decompressed text.
struct IndexRow {
    std::string name;
    int64_t length = 0;
    int64_t offset = 0;
    int64_t basesPerLine = 0;
    int64_t bytesPerLine = 0;

    [[nodiscard]] int64_t byteOf(int64_t base) const {
        return offset + base / basesPerLine * bytesPerLine + base % basesPerLine;
    }
};

Result<std::vector<IndexRow>> readIndexRows(const fs::path& index) {
    DS_ASSIGN(const std::string text, readWholeFile(index));
    std::vector<IndexRow> rows;
    int64_t lineNumber = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t lineEnd = std::min(text.find('\n', at), text.size());
        const std::string_view line(text.data() + at, lineEnd - at);
        at = lineEnd + 1;
        ++lineNumber;
        IndexRow row;
        const size_t nameEnd = line.find('\t');
        bool good = nameEnd != std::string_view::npos;
        const char* next = line.data() + nameEnd + 1;
        const char* const end = line.data() + line.size();
        for (int64_t* field : {&row.length, &row.offset, &row.basesPerLine, &row.bytesPerLine}) {
            if (!good)
                break;
            const auto [stop, error] = std::from_chars(next, end, *field);
            good = error == std::errc() && *field >= 0;
            next = stop < end ? stop + 1 : end;
        }
        if (!good || (row.length > 0 && (row.basesPerLine == 0 || row.bytesPerLine < row.basesPerLine)))
            return fail(ErrorKind::BadInput, "This is no row of a FASTA index.",
                        fmt::format("{}, line {}", index.string(), lineNumber),
                        "Delete the index; it is built again.");
        row.name = std::string(line.substr(0, nameEnd));
        rows.push_back(std::move(row));
    }
    return rows;
}

/// `count` bytes of decompressed text from `offset`; fewer at the end, none where it cannot be reached.
std::string readAt(BGZF* handle, int64_t offset, size_t count) {
    std::string bytes(count, '\0');
    if (bgzf_useek(handle, offset, SEEK_SET) != 0)
        return {};
    const ssize_t got = bgzf_read(handle, bytes.data(), count);
    bytes.resize(static_cast<size_t>(std::max<ssize_t>(got, 0)));
    return bytes;
}

bool beginsAsIndexed(BGZF* handle, const IndexRow& row) {
    constexpr int64_t LongestHeader = 8192;
    const int64_t from = std::max<int64_t>(0, row.offset - LongestHeader);
    std::string before = readAt(handle, from, static_cast<size_t>(row.offset - from));
    if (static_cast<int64_t>(before.size()) != row.offset - from || before.empty() || before.back() != '\n')
        return false;
    before.pop_back();
    const size_t lineStart = before.rfind('\n');
    const std::string header = lineStart == std::string::npos ? before : before.substr(lineStart + 1);
    if (!header.starts_with(">" + row.name))
        return false;
    const std::string rest = header.substr(1 + row.name.size());
    return rest.empty() || rest.front() == ' ' || rest.front() == '\t' || rest.front() == '\r';
}

bool endsAsIndexed(BGZF* handle, const IndexRow& row) {
    if (row.length == 0)
        return true;
    const std::string last = readAt(handle, row.byteOf(row.length - 1), 1);
    return !last.empty() && last.front() > ' ' && last.front() != '>';
}

} // namespace

Result<void> checkFastaStart(const fs::path& file) {
    const BgzfPtr handle(bgzf_open(file.c_str(), "r"));
    const int first = handle ? bgzf_getc(handle.get()) : -2;
    if (first == '>')
        return {};
    if (first == -1)
        return fail(ErrorKind::BadInput, "The file is empty once decompressed.", file.string(),
                    "Copy or make it again.");
    if (first < 0)
        return fail(ErrorKind::BadInput, "The file cannot be decompressed: it is damaged.", file.string(),
                    "Copy or download it again.");
    return fail(ErrorKind::BadInput,
                first == '@' ? "This looks like FASTQ, not FASTA."
                             : "This is not FASTA: it does not begin with \">\".",
                file.string(), "Name the reference genome's FASTA file.");
}

Error describeFastaFault(const fs::path& file) {
    const auto fault = [&](int64_t line, const std::string& what, const std::string& remedy) {
        return Error{ErrorKind::BadInput, what, fmt::format("{}, line {}", file.string(), line), remedy};
    };
    const BgzfPtr handle(bgzf_open(file.c_str(), "r"));
    kstring_t text = KS_INITIALIZE;
    const std::unique_ptr<kstring_t, decltype(&ks_free)> textOwner(&text, &ks_free);
    std::set<std::string> names;
    size_t width = 0;      // of the contig's lines; 0 before its first
    int64_t shortLine = 0; // a line shorter than the others can only be the contig's last
    int64_t line = 0;
    int status = 0;
    while (handle && (status = bgzf_getline(handle.get(), '\n', &text)) >= 0) {
        ++line;
        std::string_view bases(text.s, text.l);
        if (bases.starts_with('>')) {
            const size_t nameEnd = bases.find_first_of(" \t\r", 1);
            const std::string name(
                bases.substr(1, nameEnd == std::string_view::npos ? nameEnd : nameEnd - 1));
            if (name.empty())
                return fault(line, "A contig without a name.", "Give it one after the \">\".");
            if (!names.insert(name).second)
                return fault(line, fmt::format("The contig \"{}\" occurs twice.", name), "Keep one of them.");
            width = 0;
            shortLine = 0;
            continue;
        }
        if (shortLine > 0 && !bases.empty())
            return fault(
                shortLine,
                "This line is not as long as its contig's other lines, so no base can be found by its place.",
                "Wrap the sequence anew, for example: samtools faidx needs equal lines; seqtk seq -l 60 "
                "FILE.");
        if (width == 0)
            width = bases.size();
        else if (bases.size() > width)
            return fault(
                line,
                "This line is longer than its contig's other lines, so no base can be found by its place.",
                "Wrap the sequence anew, for example: seqtk seq -l 60 FILE.");
        else if (bases.size() < width)
            shortLine = line;
    }
    if (status < -1)
        return fault(line + 1, "The compressed data is damaged from here on.",
                     "Copy or download the file again.");
    return {ErrorKind::BadInput, "The FASTA cannot be indexed.", file.string(),
            "Check it with: samtools faidx FILE; and that there is free space for the index."};
}

Result<void> checkFastaIndex(const fs::path& file, const std::vector<fs::path>& index) {
    DS_ASSIGN(std::vector<IndexRow> rows, readIndexRows(index.front()));
    const auto unfit = [&](const std::string& what) {
        return fail(
            ErrorKind::BadInput, what, file.string(),
            fmt::format("If the FASTA is whole, delete {} so that it is built again; else restore the FASTA.",
                        index.front().string()));
    };
    if (rows.empty())
        return unfit("The index lists no contig.");
    const BgzfPtr handle(bgzf_open(file.c_str(), "r"));
    if (!handle || (index.size() > 1 && bgzf_index_load(handle.get(), index[1].c_str(), nullptr) != 0))
        return unfit(fmt::format("The index {} cannot be read.", index.back().string()));
    const auto byOffset = [](const IndexRow& a, const IndexRow& b) { return a.offset < b.offset; };
    const auto [first, last] = std::minmax_element(rows.begin(), rows.end(), byOffset);
    for (const IndexRow& row : {*first, *last})
        if (!beginsAsIndexed(handle.get(), row))
            return unfit(
                fmt::format("The index is of another file: contig \"{}\" is not where it says.", row.name));
    if (!endsAsIndexed(handle.get(), *last))
        return unfit(fmt::format(
            "The FASTA is cut off, or its index is of another file: contig \"{}\" should have {} bases.",
            last->name, last->length));
    return {};
}

} // namespace diploscope
