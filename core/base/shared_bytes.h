// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace diploscope {

/// Bytes that copies share until one of them is changed: a value that costs nothing to copy. Copies may be
/// read, made and dropped on any thread; one object is changed by one thread at a time.
class SharedBytes {
public:
    void reserve(size_t count) { own().reserve(count); }
    void push_back(uint8_t byte) { own().push_back(byte); }
    void assign(size_t count, uint8_t byte) { own().assign(count, byte); }
    void set(size_t index, uint8_t byte) { own()[index] = byte; }

    [[nodiscard]] size_t size() const { return m_bytes ? m_bytes->size() : 0; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] uint8_t operator[](size_t index) const { return (*m_bytes)[index]; }
    [[nodiscard]] const uint8_t* begin() const { return m_bytes ? m_bytes->data() : nullptr; }
    [[nodiscard]] const uint8_t* end() const { return begin() + size(); }

    friend bool operator==(const SharedBytes& a, const SharedBytes& b) {
        return a.m_bytes == b.m_bytes || (a.size() == b.size() && (a.empty() || *a.m_bytes == *b.m_bytes));
    }

private:
    std::vector<uint8_t>& own() {
        if (!m_bytes)
            m_bytes = std::make_shared<std::vector<uint8_t>>();
        else if (m_bytes.use_count() > 1)
            m_bytes = std::make_shared<std::vector<uint8_t>>(*m_bytes);
        return *m_bytes;
    }

    std::shared_ptr<std::vector<uint8_t>> m_bytes; ///< null: none
};

} // namespace diploscope
