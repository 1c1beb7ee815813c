// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/bgzf_blocks.h"

#include "base/input_file.h"
#include "io/htslib_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int64_t LargestBlock = 65'536;
constexpr size_t BlockHeader = 18; ///< gzip's header with one extra field, "BC": the block's length
/// Up to so many blocks all are looked at, of more only so many: a genome has 50,000.
constexpr size_t MostBlocksChecked = 1024;

template <class Number>
Number numberAt(const std::string& bytes, size_t at) {
    Number value{};
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

Failure unfit(const fs::path& gzi, const std::string& what) {
    return fail(ErrorKind::BadInput, what, gzi.string(),
                "It is of another file, or damaged: delete it, and it is built again.");
}

/// Numbers that contradict each other, whatever the data are.
Result<void> checkOrder(const std::vector<BlockStart>& starts, const RawFile& data, const fs::path& gzi) {
    for (size_t i = 1; i < starts.size(); ++i) {
        const BlockStart &before = starts[i - 1], &here = starts[i];
        const bool inOrder = here.offset > before.offset && here.text >= before.text;
        if (!inOrder || here.offset > data.size() || here.offset - before.offset > LargestBlock ||
            here.text - before.text > LargestBlock)
            return unfit(gzi, fmt::format("Entry {} of the index of blocks cannot be right.", i));
    }
    return {};
}

} // namespace

Result<RawFile> RawFile::open(const fs::path& file) {
    RawFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts {};
    if (opened.m_descriptor < 0 || fstat(opened.m_descriptor, &facts) != 0)
        return cannotOpen(file);
    opened.m_size = facts.st_size;
    return opened;
}

RawFile::RawFile(RawFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size) {}

RawFile::~RawFile() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::string RawFile::read(int64_t offset, size_t count) const {
    std::string bytes;
    if (offset < 0 || offset >= m_size)
        return bytes;
    bytes.resize(std::min(count, static_cast<size_t>(m_size - offset)));
    size_t got = 0;
    while (got < bytes.size()) {
        const ssize_t now = pread(m_descriptor, bytes.data() + got, bytes.size() - got,
                                  static_cast<off_t>(offset + static_cast<int64_t>(got)));
        if (now < 0 && errno == EINTR)
            continue;
        if (now <= 0)
            break;
        got += static_cast<size_t>(now);
    }
    bytes.resize(got);
    return bytes;
}

Result<BgzfBlock> readBgzfBlock(const RawFile& file, int64_t offset) {
    const std::string head = file.read(offset, BlockHeader);
    const bool isBlock = head.size() == BlockHeader && head.starts_with("\x1f\x8b\x08\x04") &&
                         head.compare(10, 6, std::string("\x06\0BC\x02\0", 6)) == 0;
    BgzfBlock block;
    std::string tail;
    if (isBlock) {
        block.bytes = int64_t{numberAt<uint16_t>(head, 16)} + 1;
        tail = file.read(offset + block.bytes - 4, 4);
    }
    if (tail.size() == 4)
        block.text = numberAt<uint32_t>(tail, 0);
    if (tail.size() != 4 || block.bytes < static_cast<int64_t>(BlockHeader) + 8 || block.text > LargestBlock)
        return fail(ErrorKind::BadInput, fmt::format("No bgzip block begins at byte {}.", offset));
    return block;
}

bool isEndOfText(const RawFile& file, int64_t offset, int64_t within) {
    while (offset < file.size()) {
        const Result<BgzfBlock> block = readBgzfBlock(file, offset);
        if (!block || block->text > within)
            return false;
        offset += block->bytes;
        within = 0;
    }
    return offset == file.size() && within == 0;
}

Result<std::vector<BlockStart>> readBlockStarts(const fs::path& gzi, const RawFile& data) {
    DS_ASSIGN(const RawFile index, RawFile::open(gzi));
    // A block is 26 bytes at least, so there cannot be more of them.
    const std::string head = index.read(0, 8);
    const auto count = head.size() == 8 ? numberAt<uint64_t>(head, 0) : ~uint64_t{0};
    if (count > static_cast<uint64_t>(data.size()) / 26 + 1 ||
        static_cast<uint64_t>(index.size()) != 8 + 16 * count)
        return unfit(gzi,
                     fmt::format("An index of blocks of {} bytes cannot be of this file.", index.size()));
    const std::string bytes = index.read(8, 16 * count);
    if (bytes.size() != 16 * count)
        return unfit(gzi, "The index of blocks cannot be read.");
    std::vector<BlockStart> starts{{0, 0}};
    for (size_t i = 0; i < count; ++i)
        starts.push_back({numberAt<int64_t>(bytes, 16 * i), numberAt<int64_t>(bytes, 16 * i + 8)});
    DS_TRY(checkOrder(starts, data, gzi));
    const size_t step = std::max<size_t>(1, starts.size() / MostBlocksChecked);
    for (size_t i = 0; i + 1 < starts.size(); i += step) {
        const Result<BgzfBlock> block = readBgzfBlock(data, starts[i].offset);
        if (!block || starts[i].offset + block->bytes != starts[i + 1].offset ||
            starts[i].text + block->text != starts[i + 1].text)
            return unfit(gzi, fmt::format("Entry {} of the index of blocks is of another file.", i));
    }
    // The index may end with the empty block or before it, but must not stop in the middle of the text.
    if (starts.back().offset < data.size()) {
        const Result<BgzfBlock> last = readBgzfBlock(data, starts.back().offset);
        if (!last || !isEndOfText(data, starts.back().offset, last->text))
            return unfit(gzi, "The index of blocks ends before the file does.");
    }
    return starts;
}

struct BlockText::Impl {
    RawFile raw;
    fs::path path;
    fs::path gzi;
    std::vector<BlockStart> starts; ///< empty for plain text
    BgzfPtr handle;
    int64_t size = 0;

    Result<std::string> readBlocks(int64_t offset, size_t count);
};

BlockText::BlockText(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
BlockText::BlockText(BlockText&&) noexcept = default;
BlockText& BlockText::operator=(BlockText&&) noexcept = default;
BlockText::~BlockText() = default;

Result<BlockText> BlockText::open(const fs::path& file, const fs::path& gzi) {
    DS_ASSIGN(RawFile raw, RawFile::open(file));
    auto impl = std::make_unique<Impl>(Impl{std::move(raw), file, gzi, {}, {}, 0});
    impl->size = impl->raw.size();
    if (!gzi.empty()) {
        DS_ASSIGN(impl->starts, readBlockStarts(gzi, impl->raw));
        const BlockStart& last = impl->starts.back();
        const Result<BgzfBlock> block = readBgzfBlock(impl->raw, last.offset);
        impl->size = last.text + (block ? block->text : 0);
        impl->handle = openBgzf(file);
        if (!impl->handle)
            return cannotOpen(file);
    }
    return BlockText(std::move(impl));
}

Result<BlockText> BlockText::openWithoutIndex(const fs::path& file, bool isBgzip) {
    DS_ASSIGN(RawFile raw, RawFile::open(file));
    auto impl = std::make_unique<Impl>(Impl{std::move(raw), file, {}, {}, {}, 0});
    impl->size = impl->raw.size();
    if (isBgzip) {
        BlockStart here;
        while (here.offset < impl->raw.size()) {
            DS_ASSIGN(const BgzfBlock block, readBgzfBlock(impl->raw, here.offset));
            impl->starts.push_back(here);
            here.offset += block.bytes;
            here.text += block.text;
        }
        impl->size = here.text;
        impl->handle = openBgzf(file);
        if (!impl->handle)
            return cannotOpen(file);
    }
    return BlockText(std::move(impl));
}

int64_t BlockText::size() const {
    return m_impl->size;
}

Result<std::string> BlockText::Impl::readBlocks(int64_t offset, size_t count) {
    const auto next = std::upper_bound(starts.begin(), starts.end(), offset,
                                       [](int64_t at, const BlockStart& start) { return at < start.text; });
    const BlockStart& here = *std::prev(next);
    const Result<BgzfBlock> block = readBgzfBlock(raw, here.offset);
    const int64_t within = offset - here.text;
    if (!block || within > block->text ||
        (next != starts.end() &&
         (here.offset + block->bytes != next->offset || here.text + block->text != next->text)))
        return unfit(gzi, fmt::format("The block at byte {} is not as the index says.", here.offset));
    std::string bytes(count, '\0');
    // A virtual offset, so that htslib needs no index of its own.
    ssize_t got = -1;
    if (bgzf_seek(handle.get(), (here.offset << 16) | within, SEEK_SET) == 0)
        got = bgzf_read(handle.get(), bytes.data(), count);
    if (got < 0)
        return fail(ErrorKind::BadInput, "The compressed data are damaged.", path.string(),
                    "Copy or download the file again.");
    bytes.resize(static_cast<size_t>(got));
    return bytes;
}

Result<std::string> BlockText::read(int64_t offset, size_t count) {
    Impl& self = *m_impl;
    if (offset < 0 || offset >= self.size)
        return std::string();
    count = std::min(count, static_cast<size_t>(self.size - offset));
    return self.starts.empty() ? self.raw.read(offset, count) : self.readBlocks(offset, count);
}

} // namespace diploscope
