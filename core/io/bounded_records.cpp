// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/bounded_records.h"

#include "io/line_scanner.h"

#include <htslib/kstring.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

namespace diploscope {

namespace {

constexpr int AtEnd = -1;
constexpr int Damaged = -2;

/// What is decompressed already and not yet read.
size_t bytesAtHand(const BGZF* file) {
    return static_cast<size_t>(std::max(0, file->block_length - file->block_offset));
}

const char* placeOfThem(const BGZF* file) {
    return static_cast<const char*>(file->uncompressed_block) + file->block_offset;
}

/// The next `count` bytes, behind those of `line`. \return 0, or why not
int append(BGZF* file, size_t count, kstring_t& line) {
    if (line.l + count > LongestRecord)
        return RecordTooLong;
    if (ks_resize(&line, line.l + count + 1) != 0)
        return Damaged;
    const ssize_t got = bgzf_read(file, line.s + line.l, count);
    if (got < 0)
        return Damaged;
    line.l += static_cast<size_t>(got);
    return got == 0 ? AtEnd : 0;
}

/// As bgzf_getline(), with a limit. \return its length
int readLine(BGZF* file, kstring_t& line) {
    line.l = 0;
    for (bool ended = false; !ended;) {
        const size_t atHand = bytesAtHand(file);
        const void* const newline = atHand > 0 ? std::memchr(placeOfThem(file), '\n', atHand) : nullptr;
        const size_t count =
            newline != nullptr
                ? static_cast<size_t>(static_cast<const char*>(newline) - placeOfThem(file)) + 1
                : std::max<size_t>(1, atHand); // the first of a block decompresses the rest
        const int status = append(file, count, line);
        if (status == AtEnd && line.l > 0)
            break;
        if (status != 0)
            return status;
        ended = line.s[line.l - 1] == '\n';
        if (ended)
            --line.l;
    }
    if (line.l > 0 && line.s[line.l - 1] == '\r')
        --line.l;
    line.s[line.l] = '\0';
    return static_cast<int>(line.l);
}

template <class Number>
std::optional<Number> numberAt(std::string_view text) {
    Number number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// Where INFO says that the record ends, 1-based.
std::optional<hts_pos_t> endOf(std::string_view info) {
    constexpr std::string_view Key = "END=";
    if (info.starts_with(Key))
        return numberAt<hts_pos_t>(info.substr(Key.size()));
    const size_t at = info.find(";END="); // not CIEND=
    return at == std::string_view::npos ? std::nullopt
                                        : numberAt<hts_pos_t>(info.substr(at + 1 + Key.size()));
}

} // namespace

int readBoundedLine(BGZF* file, void* tabix, void* into, int* contig, hts_pos_t* begin, hts_pos_t* end) {
    kstring_t& line = *static_cast<kstring_t*>(into);
    const int length = readLine(file, line);
    if (length < 0)
        return length;
    enum Column { Contig, Position, Id, Ref, Alt, Quality, Filter, Info, ColumnCount };
    std::array<std::string_view, ColumnCount> columns;
    std::string_view rest(line.s, line.l);
    for (std::string_view& column : columns) {
        column = rest.substr(0, rest.find('\t'));
        rest.remove_prefix(std::min(rest.size(), column.size() + 1));
    }
    const std::optional<hts_pos_t> position = numberAt<hts_pos_t>(columns[Position]);
    if (!position)
        return Damaged;
    char& behindName = line.s[columns[Contig].size()];
    const char tab = std::exchange(behindName, '\0');
    *contig = tbx_name2id(static_cast<tbx_t*>(tabix), line.s);
    behindName = tab;
    if (*contig < 0)
        return Damaged;
    *begin = std::clamp<hts_pos_t>(*position, 1, HTS_POS_MAX) - 1;
    *end = *begin + std::max<hts_pos_t>(1, static_cast<hts_pos_t>(columns[Ref].size()));
    // As htslib has it, whose index was made by that.
    if (const auto told = endOf(columns[Info]); told && *told > *begin)
        *end = *told;
    return length;
}

int readBoundedRow(BGZF* file, void* tabix, void* into, int* contig, hts_pos_t* begin, hts_pos_t* end) {
    const auto* index = static_cast<const tbx_t*>(tabix);
    if ((index->conf.preset & ~TBX_UCSC) == TBX_VCF)
        return readBoundedLine(file, tabix, into, contig, begin, end);
    kstring_t& line = *static_cast<kstring_t*>(into);
    int length = 0;
    do
        length = readLine(file, line);
    while (length == 0 || (length > 0 && line.s[0] == static_cast<char>(index->conf.meta_char)));
    if (length < 0)
        return length;
    std::string_view name;
    std::optional<hts_pos_t> first, last;
    std::string_view rest(line.s, line.l);
    for (int column = 1; column <= std::max({index->conf.sc, index->conf.bc, index->conf.ec}); ++column) {
        const std::string_view field = rest.substr(0, rest.find('\t'));
        rest.remove_prefix(std::min(rest.size(), field.size() + 1));
        if (column == index->conf.sc)
            name = field;
        if (column == index->conf.bc)
            first = numberAt<hts_pos_t>(field);
        if (column == index->conf.ec)
            last = numberAt<hts_pos_t>(field);
    }
    if (!first || !last)
        return Damaged;
    *contig = tbx_name2id(static_cast<tbx_t*>(tabix), std::string(name).c_str());
    if (*contig < 0)
        return Damaged;
    const bool countsFromZero = (index->conf.preset & TBX_UCSC) != 0;
    *begin = std::clamp<hts_pos_t>(countsFromZero ? *first : *first - 1, 0, HTS_POS_MAX - 1);
    *end = std::clamp<hts_pos_t>(*last, *begin + 1, HTS_POS_MAX); // of no length: where it stands
    return length;
}

int readBoundedRecord(BGZF* file, void*, void* record, int* contig, hts_pos_t* begin, hts_pos_t* end) {
    // A record begins with the lengths of its two parts, in most files within one block.
    std::array<unsigned char, 8> bytes{};
    if (bytesAtHand(file) == 0 && bgzf_peek(file) == Damaged)
        return Damaged;
    if (bytesAtHand(file) >= bytes.size()) {
        std::memcpy(bytes.data(), placeOfThem(file), bytes.size());
    } else {
        const int64_t place = bgzf_tell(file);
        const ssize_t got = bgzf_read(file, bytes.data(), bytes.size());
        if (got < 0 || bgzf_seek(file, place, SEEK_SET) < 0)
            return Damaged;
    }
    size_t length = 0;
    for (const size_t part : {size_t{0}, size_t{4}})
        for (size_t i = 0; i < 4; ++i)
            length += size_t{bytes[part + i]} << (8 * i); // little-endian
    return length > LongestRecord ? RecordTooLong : bcf_readrec(file, nullptr, record, contig, begin, end);
}

} // namespace diploscope
