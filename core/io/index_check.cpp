// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/index_check.h"

#include "base/input_file.h"
#include "io/bgzf_blocks.h"
#include "io/htslib_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Beyond the index of any genotypes: the largest of the field have some 20 MB.
constexpr size_t MostIndexBytes = size_t{128} << 20;

/// What tabix writes of its columns: `-p vcf`, `-p bed`, `-p gff`.
struct TabixColumns {
    int32_t preset, contig, start, end;
    const char* name;
};
TabixColumns tabixColumnsOf(IndexedLayout layout) {
    switch (layout) {
    case IndexedLayout::Bed:
        return {0x10000, 1, 2, 3, "BED"};
    case IndexedLayout::Gff:
        return {0, 1, 4, 5, "GTF or GFF3"};
    default:
        return {2, 1, 2, 0, "VCF"};
    }
}
constexpr size_t TabixHeader = 28; ///< preset, three columns, comment letter, lines to skip, length of names
constexpr size_t MostContigsSeen = 256; ///< of which the first record is looked at

/// The decompressed bytes of an index, number by number (little-endian, as the machine).
class Cursor {
public:
    explicit Cursor(std::string_view bytes) : m_left(bytes) {}

    template <class Number>
    bool take(Number& value) {
        if (m_left.size() < sizeof value)
            return false;
        std::memcpy(&value, m_left.data(), sizeof value);
        m_left.remove_prefix(sizeof value);
        return true;
    }
    bool take(size_t count, std::string_view& bytes) {
        if (m_left.size() < count)
            return false;
        bytes = m_left.substr(0, count);
        m_left.remove_prefix(count);
        return true;
    }
    /// A count of things of `size` bytes that are all there.
    bool takeCount(int32_t& count, size_t size) {
        return take(count) && count >= 0 && static_cast<size_t>(count) <= m_left.size() / size;
    }
    [[nodiscard]] size_t left() const { return m_left.size(); }

private:
    std::string_view m_left;
};

/// [begin, end) in virtual offsets.
struct Span {
    uint64_t begin = 0;
    uint64_t end = 0;
};

/// What an index holds, as far as it is needed here.
struct Outline {
    bool isTabix = false; ///< .tbi; else .csi
    int shift = 14;
    int levels = 5;
    std::vector<std::string> names; ///< of text's index
    std::vector<Span> contigs;
};

Failure broken(const std::string& what) {
    return fail(ErrorKind::BadInput, fmt::format("The index is damaged: {}.", what));
}
Failure ofAnother(const std::string& what) {
    return fail(ErrorKind::BadInput, fmt::format("The index is of another file: {}.", what));
}

Result<std::string> decompressed(const fs::path& index) {
    const BgzfPtr handle = openBgzf(index);
    if (!handle)
        return isOpeningRefused() ? cannotOpen(index) : broken("it cannot be opened");
    std::string bytes;
    for (;;) {
        const size_t before = bytes.size();
        bytes.resize(before + (size_t{1} << 18));
        const ssize_t got = bgzf_read(handle.get(), bytes.data() + before, bytes.size() - before);
        if (got < 0)
            return broken("it cannot be decompressed");
        bytes.resize(before + static_cast<size_t>(got));
        if (got == 0)
            return bytes;
        if (bytes.size() > MostIndexBytes)
            return broken("it is larger than that of any genotypes");
    }
}

/// Tabix's own header, which says what the columns of the text are and how contigs are called.
Result<void> readTabixHeader(std::string_view meta, IndexedLayout layout, Outline& outline) {
    Cursor cursor(meta);
    int32_t preset = 0, contigColumn = 0, startColumn = 0, endColumn = 0, comment = 0, skip = 0, bytes = 0;
    for (int32_t* number : {&preset, &contigColumn, &startColumn, &endColumn, &comment, &skip, &bytes})
        if (!cursor.take(*number))
            return broken("its header is too short");
    const TabixColumns columns = tabixColumnsOf(layout);
    const bool hasEnd = layout != IndexedLayout::Vcf; // of a VCF, REF and INFO tell it
    if (preset != columns.preset || contigColumn != columns.contig || startColumn != columns.start ||
        (hasEnd && endColumn != columns.end) || comment != '#')
        return fail(ErrorKind::BadInput, fmt::format("The index was not made for {}.", columns.name));
    std::string_view text;
    if (bytes < 0 || !cursor.take(static_cast<size_t>(bytes), text))
        return broken("the names of its contigs are cut off");
    std::unordered_set<std::string_view> seen;
    while (!text.empty()) {
        const size_t end = text.find('\0');
        const std::string_view name = text.substr(0, end);
        if (end == std::string_view::npos || name.empty() || !seen.insert(name).second)
            return broken("a contig's name is empty, endless or there twice");
        outline.names.emplace_back(name);
        text.remove_prefix(end + 1);
    }
    return {};
}

/// The number of the first bin of the smallest windows; `level` 0 is the whole contig.
uint32_t firstBin(int level) {
    return ((uint32_t{1} << (3 * level)) - 1) / 7;
}

/// All of it where the spans leave no gap: every record is in one. A bin left out would hide its records.
Result<Span> joined(std::vector<Span>& spans) {
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    Span all;
    for (const Span& span : spans) {
        if (all.end != 0 && span.begin > all.end)
            return broken("it leaves records out");
        all = {all.end == 0 ? span.begin : all.begin, std::max(all.end, span.end)};
    }
    return all;
}

/// One contig's bins. The bin behind the last one is no place but two pairs of counts.
/// \param leaves gets the first place of each smallest window.
Result<Span> readBins(Cursor& cursor, const Outline& outline, uint64_t fileBytes,
                      std::vector<std::pair<uint32_t, uint64_t>>& leaves) {
    const uint32_t binCount = firstBin(outline.levels + 1);
    const size_t binBytes = outline.isTabix ? 8 : 16;
    std::vector<Span> spans;
    int32_t bins = 0;
    if (!cursor.takeCount(bins, binBytes))
        return broken("it has fewer bins than it says");
    std::unordered_set<uint32_t> seen;
    for (int32_t b = 0; b < bins; ++b) {
        uint32_t bin = 0;
        uint64_t lowest = 0;
        int32_t chunks = 0;
        if (!cursor.take(bin) || (!outline.isTabix && !cursor.take(lowest)) || !cursor.takeCount(chunks, 16))
            return broken("it has fewer chunks than it says");
        const bool isCounts = bin == binCount + 1;
        if ((bin >= binCount && !isCounts) || !seen.insert(bin).second || (isCounts && chunks != 2))
            return broken(fmt::format("bin {} cannot be", bin));
        if (!isCounts && (lowest >> 16) > fileBytes)
            return ofAnother("a place lies behind the end");
        for (int32_t c = 0; c < chunks; ++c) {
            uint64_t begin = 0, end = 0;
            if (!cursor.take(begin) || !cursor.take(end))
                return broken("it is cut off");
            if (isCounts)
                continue;
            if (begin > end || (end >> 16) > fileBytes)
                return ofAnother("a place lies behind the end");
            if (lowest > begin)
                return broken(fmt::format("bin {} begins behind its records", bin));
            spans.push_back({begin, end});
            if (bin >= firstBin(outline.levels))
                leaves.emplace_back(bin - firstBin(outline.levels), begin);
        }
    }
    return joined(spans);
}

/// Where the records that reach into each window begin; 0 where nothing is said.
Result<void> readLinear(Cursor& cursor, const Span& span,
                        const std::vector<std::pair<uint32_t, uint64_t>>& leaves) {
    int32_t windows = 0;
    if (!cursor.takeCount(windows, 8))
        return broken("it has fewer windows than it says");
    std::vector<uint64_t> begins(static_cast<size_t>(windows));
    uint64_t before = 0;
    for (uint64_t& begin : begins) {
        if (!cursor.take(begin) || begin > span.end || (begin != 0 && begin < before))
            return broken("a window begins before the one before it, or behind its contig's records");
        before = std::max(before, begin);
    }
    for (const auto& [window, begin] : leaves)
        if (window < begins.size() && begins[window] > begin)
            return broken(fmt::format("window {} begins behind its records", window));
    return {};
}

Result<Outline> readOutline(std::string_view bytes, IndexedLayout layout, uint64_t fileBytes) {
    const bool isText = layout != IndexedLayout::Bcf;
    Cursor cursor(bytes);
    std::string_view magic, meta;
    Outline outline;
    int32_t contigs = 0;
    if (!cursor.take(4, magic))
        return broken("it is too short");
    if (magic == std::string_view("TBI\1", 4)) {
        outline.isTabix = true;
        int32_t names = 0;
        Cursor ahead = cursor;
        if (!cursor.take(contigs) || !ahead.take(TabixHeader + 4, meta))
            return broken("its header is too short");
        std::memcpy(&names, meta.data() + TabixHeader, 4);
        if (names < 0 || !cursor.take(TabixHeader + static_cast<size_t>(names), meta))
            return broken("the names of its contigs are cut off");
    } else if (magic == std::string_view("CSI\1", 4)) {
        int32_t metaBytes = 0;
        if (!cursor.take(outline.shift) || !cursor.take(outline.levels) || !cursor.take(metaBytes) ||
            metaBytes < 0 || !cursor.take(static_cast<size_t>(metaBytes), meta) || !cursor.take(contigs))
            return broken("its header is cut off");
        // 2^31 bp in windows of 1 kb at least: beyond, a question makes more bins than memory holds.
        if (outline.shift < 10 || outline.shift > 30 || outline.levels < 0 || outline.levels > 9)
            return broken(fmt::format("windows of 2^{} bp in {} levels", outline.shift, outline.levels));
    } else {
        return fail(ErrorKind::BadInput, "It is neither a .tbi nor a .csi index.");
    }
    if (isText)
        DS_TRY(readTabixHeader(meta, layout, outline));
    else if (outline.isTabix)
        return fail(ErrorKind::BadInput, "The index is a .tbi, which BCF has not.");
    if (contigs < 0 || static_cast<size_t>(contigs) > cursor.left() / 4 ||
        (isText && static_cast<size_t>(contigs) != outline.names.size()))
        return broken(fmt::format("{} contigs cannot be", contigs));
    for (int32_t c = 0; c < contigs; ++c) {
        std::vector<std::pair<uint32_t, uint64_t>> leaves;
        DS_ASSIGN(const Span span, readBins(cursor, outline, fileBytes, leaves));
        if (outline.isTabix)
            DS_TRY(readLinear(cursor, span, leaves));
        outline.contigs.push_back(span);
    }
    if (cursor.left() != 0 && cursor.left() != 8) // the number of records without a place, or nothing
        return broken("there is more behind its end");
    return outline;
}

/// `count` bytes of text from a virtual offset.
std::string textAt(BGZF* handle, uint64_t place, size_t count) {
    std::string text(count, '\0');
    const ssize_t got = bgzf_seek(handle, static_cast<int64_t>(place), SEEK_SET) == 0
                            ? bgzf_read(handle, text.data(), count)
                            : -1;
    text.resize(static_cast<size_t>(std::max<ssize_t>(got, 0)));
    return text;
}

/// A record of contig number `contig` begins there.
bool beginsRecord(BGZF* handle, uint64_t place, size_t contig, const IndexedData& data,
                  const Outline& outline) {
    if (data.layout != IndexedLayout::Bcf)
        return textAt(handle, place, outline.names[contig].size() + 1) == outline.names[contig] + '\t';
    const std::string head = textAt(handle, place, 12); // two lengths, then the contig's number
    if (head.size() < 12)
        return false;
    int32_t number = 0;
    std::memcpy(&number, head.data() + 8, 4);
    return number >= 0 && static_cast<size_t>(number) == contig;
}

Result<void> checkPlaces(const Outline& outline, const IndexedData& data, const RawFile& raw) {
    const BgzfPtr handle = openBgzf(data.file);
    if (!handle)
        return cannotOpen(data.file);
    uint64_t end = 0;
    const size_t step = std::max<size_t>(1, outline.contigs.size() / MostContigsSeen);
    for (size_t c = 0; c < outline.contigs.size(); ++c) {
        const Span& span = outline.contigs[c];
        end = std::max(end, span.end);
        if (span.end == 0 || c % step != 0)
            continue;
        // Also keeps htslib from a seek into the middle of a block.
        const auto place = static_cast<int64_t>(span.begin >> 16);
        if (!readBgzfBlock(raw, place) || !beginsRecord(handle.get(), span.begin, c, data, outline))
            return ofAnother(fmt::format("no record of {} is where it says", data.layout != IndexedLayout::Bcf
                                                                                 ? outline.names[c]
                                                                                 : data.contigs[c]));
    }
    if (end == 0) // an index of no record: the header's end is not told
        return {};
    if (!isEndOfText(raw, static_cast<int64_t>(end >> 16), static_cast<int64_t>(end & 0xffff)))
        return ofAnother("it does not end where the records do");
    return {};
}

} // namespace

Result<void> checkIndex(const fs::path& index, const IndexedData& data) {
    const auto located = [&](Error error) {
        error.where = index.string();
        error.remedy = "Delete it, and it is built again.";
        return fail(std::move(error));
    };
    DS_ASSIGN(const RawFile raw, RawFile::open(data.file));
    const Result<std::string> bytes = decompressed(index);
    if (!bytes)
        return located(bytes.error());
    const Result<Outline> outline = readOutline(*bytes, data.layout, static_cast<uint64_t>(raw.size()));
    if (!outline)
        return located(outline.error());
    if (data.layout == IndexedLayout::Bcf && outline->contigs.size() > data.contigs.size())
        return located(ofAnother(fmt::format("it has {} contigs, the header {}", outline->contigs.size(),
                                             data.contigs.size()))
                           .error);
    if (const Result<void> places = checkPlaces(*outline, data, raw); !places)
        return located(places.error());
    return {};
}

} // namespace diploscope
