// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

/// What a reader made of a large file and keeps in the user's cache, so that the file need not be parsed
/// again: bytes that are taken only if they are whole, of this program's version and of the content asked
/// for. Inside core/io only.
namespace diploscope {

static_assert(std::endian::native == std::endian::little, "numbers are kept as this machine has them");

class KeptWriter {
public:
    template <class Number>
    void put(Number value) {
        static_assert(std::is_arithmetic_v<Number>);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void put(std::string_view text) {
        put(static_cast<uint32_t>(text.size()));
        m_bytes += text;
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Gives zeros and empty texts behind the end, and says at last whether that was reached as it should be.
class KeptReader {
public:
    explicit KeptReader(std::string_view bytes) : m_left(bytes) {}

    template <class Number>
    Number number() {
        static_assert(std::is_arithmetic_v<Number>);
        Number value{};
        const std::string_view bytes = raw(sizeof value);
        if (!bytes.empty())
            std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }
    std::string text() { return std::string(raw(number<uint32_t>())); }
    /// Of things of `size` bytes at least.
    size_t count(size_t size) {
        const size_t count = number<uint32_t>();
        m_isShort = m_isShort || count > m_left.size() / size;
        return m_isShort ? 0 : count;
    }
    [[nodiscard]] bool isAtEnd() const { return !m_isShort && m_left.empty(); }

private:
    std::string_view raw(size_t count) {
        m_isShort = m_isShort || count > m_left.size();
        if (m_isShort)
            return {};
        const std::string_view bytes = m_left.substr(0, count);
        m_left.remove_prefix(count);
        return bytes;
    }

    std::string_view m_left;
    bool m_isShort = false;
};

/// Kept things of one kind: a folder, the ending of their names, and how many of them stay.
struct KeptKind {
    std::filesystem::path folder;
    std::string_view ending; ///< ".genes"
    /// A line with the program's version and the kind's own number, which is raised by whoever changes what
    /// is read or how it is kept.
    std::string_view head;
    size_t most = 0;
};

/// What was kept of `source`, whole; its file is marked as used now.
[[nodiscard]] std::optional<std::string> takeKept(const KeptKind& kind, const Digest& source);
/// Keeps `body`, where that is possible, and removes those unused longest.
void putKept(const KeptKind& kind, const Digest& source, std::string_view body);

} // namespace diploscope
