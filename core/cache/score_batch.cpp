// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/score_batch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace diploscope {

ScoreChecksum::ScoreChecksum(const ScoreScope& scope)
    : m_bytes(scope.modelChecksum + '\0' + scope.output + '\0'), m_head(m_bytes.size()) {}

int64_t ScoreChecksum::operator()(const void* sequence, size_t size, int64_t bits) {
    m_bytes.resize(m_head);
    m_bytes.append(static_cast<const char*>(sequence), size);
    m_bytes.append(reinterpret_cast<const char*>(&bits), sizeof bits);
    const Digest digest = digestOf(m_bytes);
    int64_t value = 0;
    std::memcpy(&value, digest.data(), sizeof value);
    return value;
}

bool comesBefore(const Digest& a, const Digest& b) {
    using Halves = std::array<uint64_t, 2>;
    const auto x = std::bit_cast<Halves>(a);
    const auto y = std::bit_cast<Halves>(b);
    return x[0] < y[0] || (x[0] == y[0] && x[1] < y[1]);
}

std::vector<BatchEntry> packBatch(const ScoreScope& scope, std::span<const Digest> sequences,
                                  std::span<const double> scores) {
    ScoreChecksum checksum(scope);
    std::vector<BatchEntry> entries(sequences.size());
    for (size_t i = 0; i < sequences.size(); ++i) {
        const auto bits = std::bit_cast<int64_t>(scores[i]);
        entries[i] = {sequences[i], bits, checksum(sequences[i].data(), sequences[i].size(), bits)};
    }
    std::stable_sort(entries.begin(), entries.end(), [](const BatchEntry& a, const BatchEntry& b) {
        return comesBefore(a.sequence, b.sequence);
    });
    size_t kept = 0;
    for (size_t i = 0; i < entries.size(); ++i)
        if (i + 1 == entries.size() || entries[i].sequence != entries[i + 1].sequence)
            entries[kept++] = entries[i];
    entries.resize(kept);
    return entries;
}

bool readBlock(const void* bytes, int64_t size, int64_t count, std::vector<BatchEntry>& entries) {
    if (count < 1 || size % int64_t{sizeof(BatchEntry)} != 0 || size / int64_t{sizeof(BatchEntry)} != count)
        return false;
    entries.resize(static_cast<size_t>(count));
    std::memcpy(entries.data(), bytes, static_cast<size_t>(size)); // SQLite's bytes lie at odd addresses
    return true;
}

LookUp::LookUp(std::span<const Digest> asked) : scores(asked.size()) {
    m_asked.reserve(asked.size());
    for (size_t i = 0; i < asked.size(); ++i)
        m_asked.emplace_back(asked[i], i);
    std::sort(m_asked.begin(), m_asked.end(),
              [](const auto& a, const auto& b) { return comesBefore(a.first, b.first); });
}

void LookUp::take(size_t place, const StoredScore& score) {
    for (size_t i = place; i < m_asked.size() && m_asked[i].first == m_asked[place].first; ++i)
        scores[m_asked[i].second] = score;
}

void LookUp::meet(size_t place, const BatchEntry& entry, int64_t batch, bool checked,
                  ScoreChecksum& checksum) {
    if (!checksum.fits(entry)) {
        stale.push_back({batch, entry.sequence});
        return;
    }
    const std::optional<StoredScore>& known = scores[m_asked[place].second];
    if (known)
        stale.push_back({std::min(known->batch, batch), entry.sequence});
    if (!known || known->batch < batch)
        take(place, {std::bit_cast<double>(entry.bits), checked, batch});
}

void LookUp::search(std::span<const BatchEntry> entries, int64_t batch, bool checked,
                    ScoreChecksum& checksum) {
    // The fewer are looked for among the more, each behind the one before.
    if (m_asked.size() < entries.size()) {
        auto from = entries.begin();
        for (size_t place = 0; place < m_asked.size() && from != entries.end(); ++place) {
            const Digest& wanted = m_asked[place].first;
            if (place > 0 && wanted == m_asked[place - 1].first)
                continue;
            from =
                std::lower_bound(from, entries.end(), wanted, [](const BatchEntry& entry, const Digest& key) {
                    return comesBefore(entry.sequence, key);
                });
            if (from != entries.end() && from->sequence == wanted)
                meet(place, *from, batch, checked, checksum);
        }
        return;
    }
    auto from = m_asked.begin();
    for (const BatchEntry& entry : entries) {
        from =
            std::lower_bound(from, m_asked.end(), entry.sequence, [](const auto& asked, const Digest& key) {
                return comesBefore(asked.first, key);
            });
        if (from == m_asked.end())
            return;
        if (from->first == entry.sequence)
            meet(static_cast<size_t>(from - m_asked.begin()), entry, batch, checked, checksum);
    }
}

std::vector<size_t> LookUp::missing() const {
    std::vector<size_t> places;
    for (size_t i = 0; i < m_asked.size(); ++i)
        if (!scores[m_asked[i].second] && (i == 0 || m_asked[i].first != m_asked[i - 1].first))
            places.push_back(i);
    return places;
}

} // namespace diploscope
