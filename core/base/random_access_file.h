// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

namespace diploscope {

/// A file that is read at places, by any number of threads at a time. It is read and not mapped into memory:
/// of a mapped file that becomes shorter, or whose disk or server goes away, the next look ends the program
/// (SIGBUS); a read is answered. Owns its descriptor.
class RandomAccessFile {
public:
    /// \error as cannotOpen(); BadInput for what is no regular file
    [[nodiscard]] static Result<RandomAccessFile> open(const std::filesystem::path& file);
    RandomAccessFile(RandomAccessFile&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size) {}
    RandomAccessFile& operator=(RandomAccessFile&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        m_size = other.m_size;
        return *this;
    }
    ~RandomAccessFile();

    /// Bytes, when it was opened.
    [[nodiscard]] int64_t size() const { return m_size; }
    /// Fills `bytes` with what stands from `offset` on. \return false where that is not there, or cannot be
    /// read
    [[nodiscard]] bool read(int64_t offset, std::span<char> bytes) const;

private:
    RandomAccessFile(int descriptor, int64_t size) : m_descriptor(descriptor), m_size(size) {}

    int m_descriptor;
    int64_t m_size;
};

} // namespace diploscope
