// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/bigwig_file.h"

#include "base/input_file.h"
#include "base/utf8.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr uint32_t BigWigMagic = 0x888FFC26;
constexpr uint32_t BigWigMagicSwapped = 0x26FC8F88;
constexpr uint32_t BigBedMagic = 0x8789F2EB;
constexpr uint32_t BigBedMagicSwapped = 0xEBF28987;
constexpr uint32_t ContigTreeMagic = 0x78CA8C91;
constexpr uint32_t ValueIndexMagic = 0x2468ACE0;
constexpr uint16_t NewestVersion = 4;
constexpr uint32_t LongestContigName = 1024;

constexpr size_t SectionHeadBytes = 24;
/// A section counts its values in 16 bits; the longest ones have a start and an end each.
constexpr size_t MostSectionBytes = SectionHeadBytes + 65'535 * 12;
/// zlib adds a few bytes to what it cannot make smaller.
constexpr uint64_t MostBlockBytes = MostSectionBytes + 4096;

/// A number of the file. \param at so that it lies within `bytes`
template <class Number>
Number storedNumber(std::span<const char> bytes, size_t at) {
    Number value{};
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

Failure damagedBigWig(const std::string& path, std::string_view what) {
    return fail(ErrorKind::BadInput, fmt::format("The bigWig is damaged or was cut off: {}.", what), path,
                "Copy or download it again.");
}

/// Goes through one of the file's trees, in its order: `enter` tells of an item of an inner node where its
/// child stands, or nothing; `take` gets the items of leaves. No two nodes of a sound file share a byte, so
/// all of them together are no longer than the file: a tree that leads in a circle is told by that.
template <class Enter, class Take>
Result<void> walkTree(const RandomAccessFile& file, const std::string& path, uint64_t root, size_t innerBytes,
                      size_t leafBytes, const Enter& enter, const Take& take) {
    int64_t bytesLeft = file.size();
    std::vector<uint64_t> nodes{root}; // the next one last
    std::vector<char> items;
    while (!nodes.empty()) {
        const uint64_t at = nodes.back();
        nodes.pop_back();
        std::array<char, 4> head{}; // whether it is a leaf, a byte of nothing, its items
        if (!file.read(static_cast<int64_t>(at), head))
            return damagedBigWig(path, "its index leads beyond its end");
        const bool isLeaf = head[0] != 0;
        const size_t itemBytes = isLeaf ? leafBytes : innerBytes;
        items.resize(storedNumber<uint16_t>(head, 2) * itemBytes);
        bytesLeft -= static_cast<int64_t>(head.size() + items.size());
        if (bytesLeft < 0)
            return damagedBigWig(path, "its index leads in a circle, or beyond its end");
        if (!file.read(static_cast<int64_t>(at + head.size()), items))
            return damagedBigWig(path, "its index leads beyond its end");
        const auto firstChild = static_cast<std::ptrdiff_t>(nodes.size());
        for (size_t i = 0; i < items.size(); i += itemBytes) {
            const std::span<const char> item(items.data() + i, itemBytes);
            if (isLeaf)
                DS_TRY(take(item));
            else if (const std::optional<uint64_t> child = enter(item))
                nodes.push_back(*child);
        }
        std::reverse(nodes.begin() + firstChild, nodes.end());
    }
    return {};
}

/// Of an item of the index of values: from (contig, place) to (contig, place).
bool mayHold(std::span<const char> item, const std::optional<BigWigFile::Stretch>& where) {
    if (!where)
        return true;
    const std::pair first(storedNumber<uint32_t>(item, 0), int64_t{storedNumber<uint32_t>(item, 4)});
    const std::pair last(storedNumber<uint32_t>(item, 8), int64_t{storedNumber<uint32_t>(item, 12)});
    return first < std::pair(where->contig, where->end) && last > std::pair(where->contig, where->start);
}

/// Hands over the values of one section. \param bytes as it is once decompressed
Result<void> takeSection(std::span<const char> bytes, const std::optional<BigWigFile::Stretch>& where,
                         const std::string& path, const BigWigFile::Sink& sink) {
    if (bytes.size() < SectionHeadBytes)
        return damagedBigWig(path, "a block ends before its values begin");
    BigWigValue value;
    value.contig = storedNumber<uint32_t>(bytes, 0);
    const int64_t begin = storedNumber<uint32_t>(bytes, 4);
    const int64_t step = storedNumber<uint32_t>(bytes, 12);
    const int64_t span = storedNumber<uint32_t>(bytes, 16);
    enum Type : char { Stretches = 1, VariableStep, FixedStep }; // as wiggle files have them
    const char type = bytes[20];
    const size_t itemBytes = type == Stretches ? 12 : type == VariableStep ? 8 : type == FixedStep ? 4 : 0;
    const size_t count = storedNumber<uint16_t>(bytes, 22);
    if (itemBytes == 0)
        return damagedBigWig(path, "a block is of no known type");
    if (count * itemBytes > bytes.size() - SectionHeadBytes)
        return damagedBigWig(path, "a block holds fewer values than it says");
    if (where && value.contig != where->contig)
        return {}; // a block of the index may be of several contigs
    for (size_t i = 0; i < count; ++i) {
        const size_t at = SectionHeadBytes + i * itemBytes;
        value.start =
            type == FixedStep ? begin + static_cast<int64_t>(i) * step : storedNumber<uint32_t>(bytes, at);
        value.end = type == Stretches ? int64_t{storedNumber<uint32_t>(bytes, at + 4)} : value.start + span;
        value.value = storedNumber<float>(bytes, at + itemBytes - sizeof(float));
        if (value.end <= value.start)
            return damagedBigWig(path, "a value is of no base");
        if (!where || (value.start < where->end && value.end > where->start))
            DS_TRY(sink(value));
    }
    return {};
}

} // namespace

Result<BigWigFile> BigWigFile::open(const fs::path& file) {
    DS_TRY(checkRegularFile(file));
    DS_ASSIGN(RandomAccessFile opened, RandomAccessFile::open(file));
    BigWigFile bigWig(std::move(opened), file.string());
    DS_TRY(bigWig.readHeader());
    return bigWig;
}

Result<void> BigWigFile::readHeader() {
    const auto refuse = [this](std::string what, std::string remedy) {
        return fail(ErrorKind::BadInput, std::move(what), m_path, std::move(remedy));
    };
    std::array<char, 64> head{};
    if (m_file.size() < static_cast<int64_t>(head.size()) || !m_file.read(0, head))
        return damagedBigWig(m_path, "it is shorter than its header");
    const auto magic = storedNumber<uint32_t>(head, 0);
    if (magic == BigBedMagic || magic == BigBedMagicSwapped)
        return refuse("The file is a bigBed, which is not read.", "Make a BED of it: bigBedToBed FILE NEW");
    if (magic == BigWigMagicSwapped)
        return refuse("The bigWig was written by a machine with another order of bytes.",
                      "Write it anew on this one: bigWigToBedGraph, then bedGraphToBigWig.");
    if (magic != BigWigMagic)
        return refuse("The file is no bigWig.", "Check that this is the right file.");
    const auto version = storedNumber<uint16_t>(head, 4);
    if (version < 1 || version > NewestVersion)
        return refuse(fmt::format("The bigWig is of version {}; 1 to {} are read.", version, NewestVersion),
                      "Write it anew as one of these: bigWigToBedGraph, then bedGraphToBigWig.");
    m_isCompressed = storedNumber<uint32_t>(head, 52) != 0;

    m_index = storedNumber<uint64_t>(head, 24);
    std::array<char, 4> indexHead{};
    if (!m_file.read(static_cast<int64_t>(m_index), indexHead) ||
        storedNumber<uint32_t>(indexHead, 0) != ValueIndexMagic)
        return damagedBigWig(m_path, "its index is not where the header says");
    return readContigs(storedNumber<uint64_t>(head, 8));
}

Result<void> BigWigFile::readContigs(uint64_t at) {
    std::array<char, 32> head{};
    if (!m_file.read(static_cast<int64_t>(at), head) || storedNumber<uint32_t>(head, 0) != ContigTreeMagic)
        return damagedBigWig(m_path, "its contigs are not where the header says");
    const auto nameBytes = storedNumber<uint32_t>(head, 8);
    if (nameBytes < 1 || nameBytes > LongestContigName || storedNumber<uint32_t>(head, 12) != 8)
        return damagedBigWig(m_path, "its list of contigs has another shape than in any bigWig");
    const auto child = [nameBytes](std::span<const char> item) {
        return std::optional(storedNumber<uint64_t>(item, nameBytes));
    };
    const auto take = [&](std::span<const char> item) -> Result<void> {
        const std::string_view name(item.data(), nameBytes);
        m_contigs.push_back({validUtf8(name.substr(0, name.find('\0'))),
                             storedNumber<uint32_t>(item, nameBytes),
                             storedNumber<uint32_t>(item, nameBytes + 4)});
        return {};
    };
    DS_TRY(walkTree(m_file, m_path, at + head.size(), nameBytes + 8, nameBytes + 8, child, take));
    if (m_contigs.size() != storedNumber<uint64_t>(head, 16))
        return damagedBigWig(m_path, "it lists fewer or more contigs than it says");
    return {};
}

Result<void> BigWigFile::read(const std::optional<Stretch>& where, const Sink& sink,
                              const RunContext& context) const {
    constexpr size_t indexHeadBytes = 48;
    int64_t bytesLeft = m_file.size(); // blocks share none either
    std::vector<char> block;
    std::vector<char> section(m_isCompressed ? MostSectionBytes : 0);
    const auto child = [&where](std::span<const char> item) {
        return mayHold(item, where) ? std::optional(storedNumber<uint64_t>(item, 16)) : std::nullopt;
    };
    const auto take = [&](std::span<const char> item) -> Result<void> {
        if (!mayHold(item, where))
            return {};
        DS_TRY(context.checkpoint());
        const auto bytes = storedNumber<uint64_t>(item, 24);
        if (bytes > MostBlockBytes)
            return damagedBigWig(m_path, "a block is longer than any");
        bytesLeft -= static_cast<int64_t>(bytes);
        if (bytesLeft < 0)
            return damagedBigWig(m_path, "its blocks are longer than itself");
        block.resize(bytes);
        if (!m_file.read(static_cast<int64_t>(storedNumber<uint64_t>(item, 16)), block))
            return damagedBigWig(m_path, "its index leads beyond its end");
        if (!m_isCompressed)
            return takeSection(block, where, m_path, sink);
        uLongf length = section.size();
        if (uncompress(reinterpret_cast<Bytef*>(section.data()), &length,
                       reinterpret_cast<const Bytef*>(block.data()), block.size()) != Z_OK)
            return damagedBigWig(m_path, "a block cannot be decompressed");
        return takeSection({section.data(), length}, where, m_path, sink);
    };
    return walkTree(m_file, m_path, m_index + indexHeadBytes, 24, 32, child, take);
}

bool beginsAsBigWig(const fs::path& file) {
    std::array<char, 4> head{};
    if (!checkRegularFile(file))
        return false;
    const Result<RandomAccessFile> opened = RandomAccessFile::open(file);
    if (!opened || !opened->read(0, head))
        return false;
    const auto magic = storedNumber<uint32_t>(head, 0);
    return magic == BigWigMagic || magic == BigWigMagicSwapped || magic == BigBedMagic ||
           magic == BigBedMagicSwapped;
}

} // namespace diploscope
