// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>

namespace diploscope {

/// Keeps what was used last, up to a total weight. One thread at a time.
template <class Key, class Value, class Hash = std::hash<Key>>
class LruCache {
public:
    explicit LruCache(int64_t capacity) : m_capacity(capacity) {}

    /// Null when it is not there. Good until the next insert().
    [[nodiscard]] const Value* find(const Key& key) {
        const auto found = m_index.find(key);
        if (found == m_index.end())
            return nullptr;
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return &found->second->value;
    }
    /// A key that is not there yet. What is heavier than the whole cache is not kept.
    void insert(Key key, Value value, int64_t weight) {
        if (weight > m_capacity)
            return;
        m_weight += weight;
        m_entries.push_front({std::move(key), std::move(value), weight});
        m_index.emplace(m_entries.front().key, m_entries.begin());
        while (m_weight > m_capacity) {
            m_weight -= m_entries.back().weight;
            m_index.erase(m_entries.back().key);
            m_entries.pop_back();
        }
    }
    [[nodiscard]] size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        Key key;
        Value value;
        int64_t weight;
    };
    int64_t m_capacity;
    int64_t m_weight = 0;
    std::list<Entry> m_entries; ///< used last first
    std::unordered_map<Key, typename std::list<Entry>::iterator, Hash> m_index;
};

} // namespace diploscope
