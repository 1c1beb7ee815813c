// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/column_memory.h"

#include <algorithm>
#include <cstring>
#include <mutex>

namespace diploscope {

namespace {

constexpr int64_t kLargestHidden = 512;

} // namespace

ColumnMemory::ColumnMemory(const SpatialStack& stack, int64_t mostNumbers) : m_mostNumbers(mostNumbers) {
    Field field;
    for (const SpatialOp& op : stack.ops) {
        field.offset -= op.padLeft * field.stride;
        field.length += (op.width - 1) * op.dilation * field.stride;
        field.stride *= op.stride;
        m_fields.push_back(field);
    }
}

bool ColumnMemory::suits(const SpatialStack& stack, int64_t hiddenSize) {
    return stack.ops.size() > 1 && hiddenSize <= kLargestHidden &&
           std::none_of(stack.ops.begin(), stack.ops.end(),
                        [](const SpatialOp& op) { return op.kind == SpatialOp::Kind::AveragePool; });
}

ColumnMemory::Bases::Bases(const ColumnMemory& memory, std::string_view reference, const EditCluster& cluster)
    : m_memory(memory) {
    // No column that the cluster changes sees further than the widest field.
    const int64_t reach = memory.m_fields.back().length;
    const auto length = static_cast<int64_t>(reference.size());
    m_begin = std::max<int64_t>(0, cluster.begin - reach);
    const int64_t end = std::min(length, cluster.begin + static_cast<int64_t>(cluster.bases.size()) + reach);
    m_bases = reference.substr(static_cast<size_t>(m_begin), static_cast<size_t>(end - m_begin));
    m_bases.replace(static_cast<size_t>(cluster.begin - m_begin), cluster.bases.size(), cluster.bases);
}

Digest ColumnMemory::Bases::keyOf(size_t step, int64_t position) {
    const Field& field = m_memory.m_fields[std::min(step, m_memory.m_fields.size() - 1)];
    const int64_t first = position * field.stride + field.offset - m_begin;
    const auto size = static_cast<int64_t>(m_bases.size());
    const int64_t begin = std::clamp<int64_t>(first, 0, size);
    const int64_t end = std::clamp<int64_t>(first + field.length, begin, size);
    const int64_t place[2] = {static_cast<int64_t>(step), position};
    m_key.assign(reinterpret_cast<const char*>(place), sizeof place);
    m_key.append(m_bases, static_cast<size_t>(begin), static_cast<size_t>(end - begin));
    return digestOf(m_key);
}

std::vector<bool> ColumnMemory::find(std::span<const Digest> keys,
                                     Eigen::Ref<Eigen::MatrixXd> columns) const {
    std::vector<bool> isKnown(keys.size());
    const std::shared_lock lock(m_mutex);
    for (size_t i = 0; i < keys.size(); ++i)
        if (const auto known = m_columns.find(keys[i]); known != m_columns.end()) {
            columns.col(static_cast<Eigen::Index>(i)) = known->second;
            isKnown[i] = true;
        }
    return isKnown;
}

void ColumnMemory::keep(std::span<const Digest> keys, const Eigen::Ref<const Eigen::MatrixXd>& columns) {
    const std::unique_lock lock(m_mutex);
    for (size_t i = 0; i < keys.size(); ++i) {
        if (m_numbers > m_mostNumbers) {
            m_columns.clear();
            m_numbers = 0;
        }
        if (m_columns.emplace(keys[i], columns.col(static_cast<Eigen::Index>(i))).second)
            m_numbers += columns.rows();
    }
}

} // namespace diploscope
