// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/sequential/spatial_stack.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace diploscope {

/// The columns of one activation that edits change, for a batch of clusters of edits that are computed
/// together.
struct Patch {
    struct Piece {
        Span span;
        int64_t column = 0; ///< of its first position in `columns`
    };
    std::vector<Piece> pieces;      ///< by cluster, then position; those of one cluster lie apart
    std::vector<size_t> firstPiece; ///< [clusters + 1] into `pieces`
    Eigen::MatrixXd columns;        ///< [channels x all positions]: the new values

    [[nodiscard]] size_t clusters() const { return firstPiece.size() - 1; }
    [[nodiscard]] int64_t columnCount() const {
        return pieces.empty() ? 0 : pieces.back().column + pieces.back().span.length();
    }
    /// The pieces of the output that the pieces of `in` reach through `op`. Without values.
    [[nodiscard]] static Patch after(const SpatialOp& op, const Patch& in);
    /// Begins the next cluster's pieces.
    void addCluster() { firstPiece.push_back(pieces.size()); }
    /// Adds a span behind those of the newest cluster, joining it to the last where they touch.
    void add(Span span);
};

/// Input columns as one cluster sees them: new where it changes them, else the reference's. Positions are
/// asked for in about ascending order. Borrows both.
class ColumnReader {
public:
    ColumnReader(const Patch& patch, size_t cluster, const Eigen::MatrixXd& reference)
        : m_patch(&patch)
        , m_reference(&reference)
        , m_first(patch.firstPiece[cluster])
        , m_last(patch.firstPiece[cluster + 1])
        , m_cursor(m_first) {}

    /// [channels] of one position.
    [[nodiscard]] const double* at(int64_t position) {
        const std::vector<Patch::Piece>& pieces = m_patch->pieces;
        while (m_cursor > m_first && position < pieces[m_cursor - 1].span.end)
            --m_cursor;
        while (m_cursor < m_last && position >= pieces[m_cursor].span.end)
            ++m_cursor;
        if (m_cursor < m_last && position >= pieces[m_cursor].span.begin)
            return m_patch->columns.col(pieces[m_cursor].column + position - pieces[m_cursor].span.begin)
                .data();
        return m_reference->col(position).data();
    }

private:
    const Patch* m_patch;
    const Eigen::MatrixXd* m_reference;
    size_t m_first;
    size_t m_last;
    size_t m_cursor; ///< the first piece that may hold the position asked for next
};

/// Calls `visit(cluster, position, column)` for every column of `patch`, in order.
template <class Visit>
void forEachColumn(const Patch& patch, Visit&& visit) {
    for (size_t cluster = 0; cluster < patch.clusters(); ++cluster)
        for (size_t i = patch.firstPiece[cluster]; i < patch.firstPiece[cluster + 1]; ++i)
            for (int64_t p = patch.pieces[i].span.begin; p < patch.pieces[i].span.end; ++p)
                visit(cluster, p, patch.pieces[i].column + p - patch.pieces[i].span.begin);
}

} // namespace diploscope
