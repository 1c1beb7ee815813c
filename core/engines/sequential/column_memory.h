// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/digest_hash.h"
#include "engines/sequential/edit_cluster.h"
#include "engines/sequential/spatial_stack.h"

#include <Eigen/Core>

#include <cstdint>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// What was computed of a locus, by what it is computed of: a position of a layer, and the bases that it
/// sees. People whose edits lie so close that no two share a whole cluster still share most of these. Holds
/// at most some 64 MiB, and forgets all of it beyond. Any thread.
class ColumnMemory {
public:
    static constexpr int64_t MostNumbers = int64_t{8} << 20; ///< 64 MiB

    explicit ColumnMemory(const SpatialStack& stack, int64_t mostNumbers = MostNumbers);

    /// Whether it pays, and gives the same digits, for a network: one without average pools, whose edits are
    /// added to the reference's sums, and whose first dense layer is small.
    [[nodiscard]] static bool suits(const SpatialStack& stack, int64_t hiddenSize);

    /// The bases that one cluster's columns see.
    class Bases {
    public:
        Bases(const ColumnMemory& memory, std::string_view reference, const EditCluster& cluster);
        /// Of a position behind a step of the stack. \param step the number of steps: what it adds to the
        /// first dense layer
        [[nodiscard]] Digest keyOf(size_t step, int64_t position);

    private:
        const ColumnMemory& m_memory;
        int64_t m_begin = 0; ///< of `m_bases` in the input
        std::string m_bases;
        std::string m_key;
    };

    /// \param columns [.. x keys] takes those that are known \return [keys] which ones
    [[nodiscard]] std::vector<bool> find(std::span<const Digest> keys,
                                         Eigen::Ref<Eigen::MatrixXd> columns) const;
    /// \param columns of the keys, in their order
    void keep(std::span<const Digest> keys, const Eigen::Ref<const Eigen::MatrixXd>& columns);

private:
    /// The bases [position * stride + offset, ... + length) that a position behind a step sees.
    struct Field {
        int64_t stride = 1, offset = 0, length = 1;
    };
    std::vector<Field> m_fields; ///< [steps]
    mutable std::shared_mutex m_mutex;
    std::unordered_map<Digest, Eigen::VectorXd, DigestHash> m_columns;
    int64_t m_mostNumbers;
    int64_t m_numbers = 0; ///< of all columns
};

} // namespace diploscope
