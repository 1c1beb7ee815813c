// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// Bgzip files block by block, without htslib: the places that an index names are looked at before htslib
/// believes them. Inside core/io only.
namespace diploscope {

/// One file, read at offsets. Owns its descriptor; may be used from several threads.
class RawFile {
public:
    /// \error NotFound, Io
    [[nodiscard]] static Result<RawFile> open(const std::filesystem::path& file);
    RawFile(RawFile&& other) noexcept;
    RawFile& operator=(RawFile&&) = delete;
    ~RawFile();

    [[nodiscard]] int64_t size() const { return m_size; }
    /// At most `count` bytes from `offset`; fewer at the end of the file, none where it cannot be read.
    [[nodiscard]] std::string read(int64_t offset, size_t count) const;

private:
    explicit RawFile(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
    int64_t m_size = 0;
};

/// A bgzip block: `bytes` in the file, `text` once decompressed (at most 65,536 each).
struct BgzfBlock {
    int64_t bytes = 0;
    int64_t text = 0;
};
/// The block that begins at `offset`. \error BadInput when none does, or it is cut off.
[[nodiscard]] Result<BgzfBlock> readBgzfBlock(const RawFile& file, int64_t offset);

/// Nothing but empty blocks stands behind this place (`within`: bytes of text into the block).
[[nodiscard]] bool isEndOfText(const RawFile& file, int64_t offset, int64_t within);

/// Where a block begins, in the file and in its decompressed text.
struct BlockStart {
    int64_t offset = 0;
    int64_t text = 0;
};
/// The starts of `data`'s blocks from a `.gzi`, the first block's included, checked: every number against
/// the others, and the blocks themselves against `data` (each one in small files, some in large ones, where
/// BlockText checks the rest as it reads). \error BadInput: the index is broken or of another file
[[nodiscard]] Result<std::vector<BlockStart>> readBlockStarts(const std::filesystem::path& gzi,
                                                              const RawFile& data);

/// The decompressed text of a plain or bgzip file, read at offsets. One thread.
class BlockText {
public:
    /// \param gzi of a bgzip file; empty for plain text. \error NotFound, Io, BadInput
    [[nodiscard]] static Result<BlockText> open(const std::filesystem::path& file,
                                                const std::filesystem::path& gzi);
    /// Without an index: a bgzip file's blocks are found by going through them, 1 ms for 10 MB.
    /// \error NotFound, Io; BadInput where something else than a block stands in a bgzip file
    [[nodiscard]] static Result<BlockText> openWithoutIndex(const std::filesystem::path& file, bool isBgzip);
    BlockText(BlockText&&) noexcept;
    BlockText& operator=(BlockText&&) noexcept;
    ~BlockText();

    /// Bytes of text.
    [[nodiscard]] int64_t size() const;
    /// At most `count` bytes from `offset`; fewer at the end of the text.
    /// \error BadInput: damaged, or the `.gzi` is of another file
    [[nodiscard]] Result<std::string> read(int64_t offset, size_t count);

private:
    struct Impl;
    explicit BlockText(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace diploscope
