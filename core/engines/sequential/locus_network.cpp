// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/locus_network.h"

#include "base/parallel.h"

#include <algorithm>

namespace diploscope {

namespace {

/// Positions of a layer that one thread computes at a time for the reference.
constexpr int64_t kTile = 256;

/// A patch of one cluster without changes, so that evaluation reads the reference alone.
Patch unchanged() {
    Patch patch;
    patch.addCluster();
    patch.addCluster();
    return patch;
}

Patch wholeTile(Span span) {
    Patch patch;
    patch.addCluster();
    patch.add(span);
    patch.addCluster();
    return patch;
}

/// The reference's base codes under a cluster's first-step outputs, with the cluster's bases laid over.
class ClusterCodes {
public:
    ClusterCodes(const SpatialOp& op, const std::vector<uint8_t>& reference, const EditCluster& cluster,
                 Span outputs) {
        m_stride = op.stride;
        m_begin = outputs.begin * op.stride;
        const int64_t end = (outputs.end - 1) * op.stride + op.dilation * (op.width - 1) + 1;
        m_codes.assign(reference.begin() + m_begin, reference.begin() + end);
        const int64_t shift = cluster.begin + op.padLeft - m_begin;
        for (int64_t i = 0; i < static_cast<int64_t>(cluster.bases.size()); ++i)
            if (shift + i >= 0 && shift + i < end - m_begin)
                m_codes[static_cast<size_t>(shift + i)] = baseCode(cluster.bases[static_cast<size_t>(i)]);
    }
    const uint8_t* under(int64_t output) const { return m_codes.data() + (output * m_stride - m_begin); }

private:
    int64_t m_stride = 1;
    int64_t m_begin = 0;
    std::vector<uint8_t> m_codes;
};

Span hullOf(const Patch& patch, size_t cluster) {
    const size_t first = patch.firstPiece[cluster];
    const size_t last = patch.firstPiece[cluster + 1];
    return first == last ? Span{} : Span{patch.pieces[first].span.begin, patch.pieces[last - 1].span.end};
}

bool isRectifier(const Elementwise& step) {
    const auto* kind = std::get_if<ActivationKind>(&step);
    return kind != nullptr && *kind == ActivationKind::Relu;
}

void evaluateBase(const SpatialOp& op, const uint8_t* codes, double* column) {
    if (op.bases) {
        op.bases->evaluate(codes, column);
        return;
    }
    std::fill_n(column, 4, 0.0);
    if (*codes != kNoBase)
        column[*codes] = 1;
}

} // namespace

Result<PackedNetwork> PackedNetwork::build(const NetworkSpec& network, const WeightSource& weights) {
    DS_ASSIGN(SpatialStack stack, SpatialStack::build(network, weights));
    const LayerShape& last = stack.ops.back().out;
    DS_ASSIGN(DenseHead head,
              DenseHead::build(network, stack.headLayer, last.channels, last.positions, weights));
    return PackedNetwork{std::move(stack), std::move(head)};
}

LocusNetwork::LocusNetwork(std::shared_ptr<const PackedNetwork> network, std::string reference,
                           int64_t keepBytes)
    : m_network(std::move(network))
    , m_reference(std::move(reference))
    , m_activations(m_network->stack.ops.size()) {
    const std::vector<SpatialOp>& ops = m_network->stack.ops;
    const SpatialOp& first = ops.front();
    m_pooledFromBases = ops.size() > 1 && ops[1].kind == SpatialOp::Kind::AveragePool &&
                        first.out.size() * int64_t{sizeof(double)} > keepBytes;
    const int64_t reach = (first.out.positions - 1) * first.stride + first.dilation * (first.width - 1) + 1;
    m_codes.assign(
        static_cast<size_t>(std::max(reach, first.padLeft + static_cast<int64_t>(m_reference.size()))),
        kNoBase);
    std::transform(m_reference.begin(), m_reference.end(), m_codes.begin() + first.padLeft, baseCode);
}

const uint8_t* LocusNetwork::referenceCodes(int64_t output) const {
    return m_codes.data() + output * m_network->stack.ops.front().stride;
}

Result<void> LocusNetwork::computeReference(int threads, const RunContext& context) {
    const std::vector<SpatialOp>& ops = m_network->stack.ops;
    for (size_t step = 0; step < ops.size(); ++step) {
        const SpatialOp& op = ops[step];
        if (step == 0 && m_pooledFromBases)
            continue;
        Matrix& activation = m_activations[step];
        activation.resize(op.out.channels, op.out.positions);
        if (op.kind == SpatialOp::Kind::AveragePool) {
            DS_TRY(step == 1 && m_pooledFromBases ? poolBases(threads, context)
                                                  : pool(step, threads, context));
            continue;
        }
        parallelFor((op.out.positions + kTile - 1) / kTile, threads, [&](int64_t tile) {
            if (context.cancelled())
                return;
            const Span span{tile * kTile, std::min(op.out.positions, (tile + 1) * kTile)};
            Eigen::Ref<Matrix> target = activation.middleCols(span.begin, span.length());
            if (step > 0) {
                Patch out = wholeTile(span);
                evaluate(step, unchanged(), out);
                target = out.columns;
                return;
            }
            for (int64_t p = span.begin; p < span.end; ++p)
                evaluateBase(op, referenceCodes(p), activation.col(p).data());
            applyElementwise(op.post, target);
        });
        DS_TRY(context.checkpoint());
    }
    m_hidden = m_network->head.hiddenOf(m_activations.back());
    return {};
}

Result<void> LocusNetwork::pool(size_t step, int threads, const RunContext& context) {
    const SpatialOp& op = m_network->stack.ops[step];
    parallelFor(op.out.positions, threads, [&](int64_t p) {
        m_activations[step].col(p) =
            m_activations[step - 1].middleCols(op.firstInput(p), op.width).rowwise().sum() /
            static_cast<double>(op.width);
    });
    return context.checkpoint();
}

Result<void> LocusNetwork::poolBases(int threads, const RunContext& context) {
    const SpatialOp& op = m_network->stack.ops[0];
    const SpatialOp& pool = m_network->stack.ops[1];
    Matrix& pooled = m_activations[1];
    const bool isRectified = op.bases && op.post.size() == 1 && isRectifier(op.post.front());
    parallelFor(pool.out.positions, threads, [&](int64_t window) {
        if (context.cancelled())
            return;
        if (isRectified) {
            op.bases->sumOfRectified(referenceCodes(pool.firstInput(window)), op.stride, pool.width,
                                     pooled.col(window).data());
            pooled.col(window) /= static_cast<double>(pool.width);
            return;
        }
        Matrix column(op.out.channels, 1);
        Eigen::VectorXd sum = Eigen::VectorXd::Zero(op.out.channels);
        for (int64_t p = pool.firstInput(window); p < pool.firstInput(window) + pool.width; ++p) {
            evaluateBase(op, referenceCodes(p), column.data());
            applyElementwise(op.post, column);
            sum += column;
        }
        pooled.col(window) = sum / static_cast<double>(pool.width);
    });
    return context.checkpoint();
}

std::vector<Patch> LocusNetwork::changedBy(std::span<const EditCluster> clusters) const {
    Patch bases;
    for (const EditCluster& cluster : clusters) {
        bases.addCluster();
        for (const Span& span : cluster.changed)
            bases.add(span);
    }
    bases.addCluster();
    std::vector<Patch> changed;
    for (const SpatialOp& op : m_network->stack.ops)
        changed.push_back(Patch::after(op, changed.empty() ? bases : changed.back()));
    return changed;
}

Eigen::MatrixXd LocusNetwork::contributions(std::span<const EditCluster> clusters) const {
    const std::vector<SpatialOp>& ops = m_network->stack.ops;
    std::vector<Patch> changed = changedBy(clusters);
    Patch patch = std::move(changed[0]);
    size_t next = 1;
    if (m_pooledFromBases) {
        Patch& pooled = changed[1];
        evaluateBasesAndPool(clusters, patch, pooled);
        patch = std::move(pooled);
        next = 2;
    } else {
        evaluateBases(ops[0], clusters, patch);
    }
    for (; next < ops.size(); ++next) {
        evaluate(next, patch, changed[next]);
        patch = std::move(changed[next]);
    }
    return m_network->head.contributions(patch, m_activations.back());
}

int64_t LocusNetwork::workingNumbers(const EditCluster& cluster) const {
    const std::vector<SpatialOp>& ops = m_network->stack.ops;
    Span span{cluster.changed.front().begin, cluster.changed.back().end};
    int64_t most = m_network->head.hiddenSize();
    for (size_t i = 0; i < ops.size(); ++i) {
        span = ops[i].influence(span);
        if (i > 0 || !m_pooledFromBases)
            most = std::max(most, span.length() * ops[i].out.channels);
    }
    return most;
}

int64_t LocusNetwork::storedBytes() const {
    int64_t numbers = m_hidden.size();
    for (const Matrix& activation : m_activations)
        numbers += activation.size();
    return numbers * int64_t{sizeof(double)} + static_cast<int64_t>(m_codes.size() + m_reference.size());
}

void LocusNetwork::evaluateBases(const SpatialOp& op, std::span<const EditCluster> clusters,
                                 Patch& out) const {
    out.columns.resize(op.out.channels, out.columnCount());
    for (size_t cluster = 0; cluster < clusters.size(); ++cluster) {
        const Span hull = hullOf(out, cluster);
        if (hull.empty())
            continue;
        const ClusterCodes codes(op, m_codes, clusters[cluster], hull);
        for (size_t i = out.firstPiece[cluster]; i < out.firstPiece[cluster + 1]; ++i)
            for (int64_t p = out.pieces[i].span.begin; p < out.pieces[i].span.end; ++p)
                evaluateBase(op, codes.under(p),
                             out.columns.col(out.pieces[i].column + p - out.pieces[i].span.begin).data());
    }
    applyElementwise(op.post, out.columns);
}

void LocusNetwork::evaluateBasesAndPool(std::span<const EditCluster> clusters, const Patch& convolved,
                                        Patch& out) const {
    const SpatialOp& op = m_network->stack.ops[0];
    const SpatialOp& pool = m_network->stack.ops[1];
    out.columns.resize(op.out.channels, out.columnCount());
    forEachColumn(
        out, [&](size_t, int64_t p, int64_t column) { out.columns.col(column) = m_activations[1].col(p); });
    Matrix newAndOld(op.out.channels, 2);
    const double share = 1.0 / static_cast<double>(pool.width);
    for (size_t cluster = 0; cluster < clusters.size(); ++cluster) {
        const Span hull = hullOf(convolved, cluster);
        if (hull.empty())
            continue;
        const ClusterCodes codes(op, m_codes, clusters[cluster], hull);
        size_t piece = out.firstPiece[cluster];
        for (size_t i = convolved.firstPiece[cluster]; i < convolved.firstPiece[cluster + 1]; ++i)
            for (int64_t p = convolved.pieces[i].span.begin; p < convolved.pieces[i].span.end; ++p) {
                const Span windows = pool.influence({p, p + 1});
                if (windows.empty())
                    continue;
                evaluateBase(op, codes.under(p), newAndOld.col(0).data());
                evaluateBase(op, referenceCodes(p), newAndOld.col(1).data());
                applyElementwise(op.post, newAndOld);
                // Windows of one position are together in one piece, and pieces ascend with positions.
                while (windows.begin >= out.pieces[piece].span.end)
                    ++piece;
                const Patch::Piece& target = out.pieces[piece];
                for (int64_t w = windows.begin; w < windows.end; ++w)
                    out.columns.col(target.column + w - target.span.begin) +=
                        share * (newAndOld.col(0) - newAndOld.col(1));
            }
    }
}

} // namespace diploscope
