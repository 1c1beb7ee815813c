// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/column_memory.h"
#include "engines/sequential/locus_network.h"

#include <algorithm>

namespace diploscope {

namespace {

/// Columns of one activation that are asked for, by cluster and position.
struct WantedColumns {
    struct Column {
        size_t cluster;
        int64_t position;
    };
    std::vector<Column> columns;

    /// Whose columns stand in the same order. \param clusters how many there are
    [[nodiscard]] Patch patch(size_t clusters) const {
        Patch patch;
        size_t cluster = 0;
        patch.addCluster();
        for (const Column& column : columns) {
            for (; cluster < column.cluster; ++cluster)
                patch.addCluster();
            patch.add({column.position, column.position + 1});
        }
        for (; cluster < clusters; ++cluster)
            patch.addCluster();
        return patch;
    }
};

WantedColumns allOf(const Patch& patch) {
    WantedColumns all;
    forEachColumn(patch, [&](size_t cluster, int64_t p, int64_t) { all.columns.push_back({cluster, p}); });
    return all;
}

/// What these columns read of the activation before, where clusters change that.
WantedColumns inputsOf(const WantedColumns& wanted, const SpatialOp& op, const Patch& changed) {
    WantedColumns inputs;
    size_t piece = 0;
    for (const WantedColumns::Column& column : wanted.columns) {
        int64_t p = op.firstInput(column.position);
        const int64_t end = p + (op.width - 1) * op.dilation + 1;
        if (!inputs.columns.empty() && inputs.columns.back().cluster == column.cluster)
            p = std::max(p, inputs.columns.back().position + 1);
        piece = std::max(piece, changed.firstPiece[column.cluster]);
        for (const size_t last = changed.firstPiece[column.cluster + 1]; p < end; ++p) {
            while (piece < last && p >= changed.pieces[piece].span.end)
                ++piece;
            if (piece == last)
                break;
            p = std::max(p, changed.pieces[piece].span.begin);
            if (p < end)
                inputs.columns.push_back({column.cluster, p});
        }
    }
    return inputs;
}

/// What is known of the wanted columns, and which are not.
struct Remembered {
    std::vector<bool> isKnown;       ///< [wanted]
    Eigen::MatrixXd values;          ///< [.. x wanted] of those that are known
    WantedColumns unknown;           ///< equal ones of several clusters once
    std::vector<Digest> unknownKeys; ///< [unknown]
    std::vector<size_t> columnOf;    ///< [wanted] into `unknown`, where it is not known
};

Remembered remember(const WantedColumns& wanted, size_t step, int64_t rows, const ColumnMemory& memory,
                    std::vector<ColumnMemory::Bases>& bases) {
    Remembered found;
    std::vector<Digest> keys;
    keys.reserve(wanted.columns.size());
    for (const WantedColumns::Column& column : wanted.columns)
        keys.push_back(bases[column.cluster].keyOf(step, column.position));
    found.values.resize(rows, static_cast<Eigen::Index>(keys.size()));
    found.isKnown = memory.find(keys, found.values);
    std::unordered_map<Digest, size_t, DigestHash> first;
    found.columnOf.resize(keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
        if (found.isKnown[i])
            continue;
        const auto [place, isNew] = first.emplace(keys[i], found.unknownKeys.size());
        found.columnOf[i] = place->second;
        if (isNew) {
            found.unknown.columns.push_back(wanted.columns[i]);
            found.unknownKeys.push_back(keys[i]);
        }
    }
    return found;
}

/// All that are wanted. \param computed the unknown ones
Eigen::MatrixXd valuesOf(Remembered remembered, const Eigen::MatrixXd& computed) {
    for (size_t i = 0; i < remembered.isKnown.size(); ++i)
        if (!remembered.isKnown[i])
            remembered.values.col(static_cast<Eigen::Index>(i)) =
                computed.col(static_cast<Eigen::Index>(remembered.columnOf[i]));
    return std::move(remembered.values);
}

/// Each column as a cluster of its own.
Patch apart(const WantedColumns& wanted, Eigen::MatrixXd values) {
    Patch patch;
    for (const WantedColumns::Column& column : wanted.columns) {
        patch.addCluster();
        patch.add({column.position, column.position + 1});
    }
    patch.addCluster();
    patch.columns = std::move(values);
    return patch;
}

} // namespace

Eigen::MatrixXd LocusNetwork::contributions(std::span<const EditCluster> clusters,
                                            ColumnMemory& memory) const {
    const std::vector<SpatialOp>& ops = m_network->stack.ops;
    const size_t last = ops.size() - 1;
    std::vector<ColumnMemory::Bases> bases;
    for (const EditCluster& cluster : clusters)
        bases.emplace_back(memory, m_reference, cluster);
    const std::vector<Patch> changed = changedBy(clusters);

    // From the end to the beginning: what is known behind a step needs nothing before it.
    const WantedColumns summands = allOf(changed[last]);
    Remembered atHead = remember(summands, ops.size(), m_network->head.hiddenSize(), memory, bases);
    std::vector<Remembered> remembered(ops.size());
    std::vector<WantedColumns> wanted(ops.size());
    wanted[last] = atHead.unknown;
    for (size_t step = last; step > 0; --step) {
        remembered[step] = remember(wanted[step], step, ops[step].out.channels, memory, bases);
        wanted[step - 1] = inputsOf(remembered[step].unknown, ops[step], changed[step - 1]);
    }

    Patch in = wanted[0].patch(clusters.size());
    evaluateBases(ops[0], clusters, in);
    for (size_t step = 1; step <= last; ++step) {
        Patch out = remembered[step].unknown.patch(clusters.size());
        evaluate(step, in, out);
        memory.keep(remembered[step].unknownKeys, out.columns);
        in = wanted[step].patch(clusters.size());
        in.columns = valuesOf(std::move(remembered[step]), out.columns);
    }
    const Eigen::MatrixXd added =
        m_network->head.contributions(apart(atHead.unknown, std::move(in.columns)), m_activations.back());
    memory.keep(atHead.unknownKeys, added);

    // By position, as the head adds them up itself.
    Eigen::MatrixXd total =
        Eigen::MatrixXd::Zero(m_network->head.hiddenSize(), static_cast<Eigen::Index>(clusters.size()));
    const Eigen::MatrixXd values = valuesOf(std::move(atHead), added);
    for (size_t i = 0; i < summands.columns.size(); ++i)
        total.col(static_cast<Eigen::Index>(summands.columns[i].cluster)) +=
            values.col(static_cast<Eigen::Index>(i));
    return total;
}

} // namespace diploscope
