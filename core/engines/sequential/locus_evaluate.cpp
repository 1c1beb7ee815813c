// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/locus_network.h"

#include "base/fixed_order.h"

#include <algorithm>

namespace diploscope {

namespace {
/// Columns that are gathered for one matrix product: enough to be fast, few enough to stay in the cache.
constexpr int64_t kGathered = 256;
} // namespace

void LocusNetwork::evaluate(size_t step, const Patch& in, Patch& out) const {
    const SpatialOp& op = m_network->stack.ops[step];
    const Matrix& before = m_activations[step - 1];
    out.columns.resize(op.out.channels, out.columnCount());
    switch (op.kind) {
    case SpatialOp::Kind::Conv:
        evaluateConv(op, before, in, out);
        break;
    case SpatialOp::Kind::MaxPool:
        evaluateMaxPool(op, before, in, out);
        break;
    case SpatialOp::Kind::AveragePool:
        evaluateAveragePool(op, before, m_activations[step], in, out);
        break;
    case SpatialOp::Kind::Pointwise:
        evaluatePointwise(before, in, out);
        break;
    case SpatialOp::Kind::OneHot:
    case SpatialOp::Kind::Bases:
        break; // first steps only: evaluateBases()
    }
    applyElementwise(op.post, out.columns);
}

void LocusNetwork::evaluateConv(const SpatialOp& op, const Matrix& before, const Patch& in,
                                Patch& out) const {
    const int64_t channels = op.in.channels;
    const int64_t total = out.columnCount();
    Matrix gathered(op.width * channels, std::min(total, kGathered));
    int64_t begin = 0; // output columns [begin, column) are gathered
    const auto multiply = [&](int64_t end) {
        out.columns.middleCols(begin, end - begin) = productOf(op.weights, gathered.leftCols(end - begin));
        begin = end;
    };
    size_t current = 0;
    ColumnReader reader(in, 0, before);
    forEachColumn(out, [&](size_t cluster, int64_t p, int64_t column) {
        if (cluster != current)
            reader = ColumnReader(in, current = cluster, before);
        if (column - begin == gathered.cols())
            multiply(column);
        double* target = gathered.col(column - begin).data();
        for (int64_t tap = 0; tap < op.width; ++tap, target += channels) {
            const int64_t position = op.firstInput(p) + tap * op.dilation;
            if (position < 0 || position >= op.in.positions)
                std::fill_n(target, channels, 0.0);
            else
                std::copy_n(reader.at(position), channels, target);
        }
    });
    if (begin < total)
        multiply(total);
    if (op.bias.size() > 0)
        out.columns.colwise() += op.bias;
}

void LocusNetwork::evaluateMaxPool(const SpatialOp& op, const Matrix& before, const Patch& in,
                                   Patch& out) const {
    size_t current = 0;
    ColumnReader reader(in, 0, before);
    forEachColumn(out, [&](size_t cluster, int64_t p, int64_t column) {
        if (cluster != current)
            reader = ColumnReader(in, current = cluster, before);
        auto target = out.columns.col(column);
        const int64_t first = op.firstInput(p);
        target = Eigen::Map<const Eigen::VectorXd>(reader.at(first), op.in.channels);
        for (int64_t i = 1; i < op.width; ++i)
            target = target.cwiseMax(Eigen::Map<const Eigen::VectorXd>(reader.at(first + i), op.in.channels));
    });
}

void LocusNetwork::evaluateAveragePool(const SpatialOp& op, const Matrix& before, const Matrix& after,
                                       const Patch& in, Patch& out) const {
    forEachColumn(out, [&](size_t, int64_t p, int64_t column) { out.columns.col(column) = after.col(p); });
    const double share = 1.0 / static_cast<double>(op.width);
    size_t current = 0;
    size_t piece = 0;
    forEachColumn(in, [&](size_t cluster, int64_t p, int64_t column) {
        if (cluster != current)
            piece = out.firstPiece[current = cluster];
        const Span windows = op.influence({p, p + 1});
        if (windows.empty())
            return;
        // Windows of one position are together in one piece, and pieces ascend with positions.
        while (windows.begin >= out.pieces[piece].span.end)
            ++piece;
        const Patch::Piece& target = out.pieces[piece];
        for (int64_t w = windows.begin; w < windows.end; ++w)
            out.columns.col(target.column + w - target.span.begin) +=
                share * (in.columns.col(column) - before.col(p));
    });
}

void LocusNetwork::evaluatePointwise(const Matrix& before, const Patch& in, Patch& out) const {
    size_t current = 0;
    ColumnReader reader(in, 0, before);
    forEachColumn(out, [&](size_t cluster, int64_t p, int64_t column) {
        if (cluster != current)
            reader = ColumnReader(in, current = cluster, before);
        std::copy_n(reader.at(p), before.rows(), out.columns.col(column).data());
    });
}

} // namespace diploscope
