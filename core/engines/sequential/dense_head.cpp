// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/sequential/dense_head.h"

#include "base/fixed_order.h"

#include <algorithm>

namespace diploscope {

namespace {
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
}

Result<DenseHead> DenseHead::build(const NetworkSpec& network, size_t firstLayer, int64_t channels,
                                   int64_t positions, const WeightSource& weights) {
    DenseHead head;
    head.m_channels = channels;
    head.m_positions = positions;
    head.m_hiddenSize = channels * positions;
    head.m_outputs = network.outputs();

    size_t next = firstLayer;
    if (next < network.layers.size())
        if (const auto* flatten = std::get_if<FlattenLayer>(&network.layers[next].kind)) {
            head.m_order = flatten->order;
            ++next;
        }

    // Constants between the flattening and the first linear layer are part of that layer's bias.
    std::vector<double> constants;
    size_t linearAt = next;
    for (; linearAt < network.layers.size(); ++linearAt) {
        const LayerKind& kind = network.layers[linearAt].kind;
        if (const auto* append = std::get_if<AppendLayer>(&kind))
            constants.insert(constants.end(), append->values.begin(), append->values.end());
        else if (!std::holds_alternative<DropoutLayer>(kind) && !std::holds_alternative<FlattenLayer>(kind))
            break;
    }
    if (const auto* linear = linearAt < network.layers.size()
                                 ? std::get_if<LinearLayer>(&network.layers[linearAt].kind)
                                 : nullptr) {
        const int64_t flat = channels * positions;
        const int64_t all = flat + static_cast<int64_t>(constants.size());
        DS_ASSIGN(const NamedTensor tensor, weights({linear->name + ".weight", {linear->out, all}}));
        const Eigen::Map<const RowMajor> given(tensor.values.data(), linear->out, all);
        head.m_first.resize(linear->out, flat);
        // Some rows at a time: each column's part of them is a line of the cache, and each row is read on.
        constexpr int64_t kRows = 8;
        for (int64_t row = 0; row < linear->out; row += kRows) {
            const int64_t rows = std::min(kRows, linear->out - row);
            for (int64_t c = 0; c < channels; ++c)
                for (int64_t p = 0; p < positions; ++p)
                    head.m_first.col(p * channels + c).segment(row, rows) =
                        given.col(head.featureOf(c, p)).segment(row, rows);
        }
        head.m_firstBias.setZero(linear->out);
        if (linear->bias) {
            DS_ASSIGN(head.m_firstBias, vectorOf(linear->name + ".bias", linear->out, weights));
        }
        for (size_t i = 0; i < constants.size(); ++i)
            head.m_firstBias += constants[i] * given.col(flat + static_cast<int64_t>(i));
        head.m_hiddenSize = linear->out;
        next = linearAt + 1;
    }

    for (; next < network.layers.size(); ++next) {
        const Layer& layer = network.layers[next];
        if (const auto* linear = std::get_if<LinearLayer>(&layer.kind)) {
            DS_ASSIGN(const NamedTensor tensor,
                      weights({linear->name + ".weight", {linear->out, layer.in.channels}}));
            Linear step;
            step.weights = Eigen::Map<const RowMajor>(tensor.values.data(), linear->out, layer.in.channels);
            if (linear->bias) {
                DS_ASSIGN(step.bias, vectorOf(linear->name + ".bias", linear->out, weights));
            }
            head.m_steps.emplace_back(std::move(step));
        } else if (const auto* append = std::get_if<AppendLayer>(&layer.kind)) {
            head.m_steps.emplace_back(Append{Eigen::Map<const Eigen::VectorXd>(
                append->values.data(), static_cast<int64_t>(append->values.size()))});
        } else if (const auto* activation = std::get_if<ActivationLayer>(&layer.kind)) {
            head.m_steps.emplace_back(Elementwise(activation->kind));
        } else if (const auto* norm = std::get_if<BatchNormLayer>(&layer.kind)) {
            DS_ASSIGN(ChannelAffine affine, affineOf(*norm, layer.in.channels, weights));
            head.m_steps.emplace_back(Elementwise(std::move(affine)));
        }
    }
    return head;
}

int64_t DenseHead::featureOf(int64_t channel, int64_t position) const {
    return m_order == FlattenOrder::Channel ? channel * m_positions + position
                                            : position * m_channels + channel;
}

Eigen::VectorXd DenseHead::hiddenOf(const Eigen::MatrixXd& activation) const {
    if (m_first.size() > 0)
        return m_firstBias +
               productOf(m_first, Eigen::Map<const Eigen::VectorXd>(activation.data(), activation.size()));
    Eigen::VectorXd hidden(m_hiddenSize);
    for (int64_t p = 0; p < m_positions; ++p)
        for (int64_t c = 0; c < m_channels; ++c)
            hidden(featureOf(c, p)) = activation(c, p);
    return hidden;
}

Eigen::MatrixXd DenseHead::contributions(const Patch& patch, const Eigen::MatrixXd& reference) const {
    struct Change {
        int64_t position;
        int64_t column;
        int64_t cluster;
    };
    std::vector<Change> changes;
    changes.reserve(static_cast<size_t>(patch.columnCount()));
    for (size_t cluster = 0; cluster < patch.clusters(); ++cluster)
        for (size_t i = patch.firstPiece[cluster]; i < patch.firstPiece[cluster + 1]; ++i) {
            const Patch::Piece& piece = patch.pieces[i];
            for (int64_t p = piece.span.begin; p < piece.span.end; ++p)
                changes.push_back({p, piece.column + p - piece.span.begin, static_cast<int64_t>(cluster)});
        }
    Eigen::MatrixXd total = Eigen::MatrixXd::Zero(m_hiddenSize, static_cast<int64_t>(patch.clusters()));
    if (m_first.size() == 0) {
        for (const Change& change : changes)
            for (int64_t c = 0; c < m_channels; ++c)
                total(featureOf(c, change.position), change.cluster) =
                    patch.columns(c, change.column) - reference(c, change.position);
        return total;
    }
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.position < b.position; });
    Eigen::MatrixXd deltas;
    for (size_t begin = 0; begin < changes.size();) {
        const int64_t position = changes[begin].position;
        size_t end = begin;
        while (end < changes.size() && changes[end].position == position)
            ++end;
        const auto count = static_cast<int64_t>(end - begin);
        deltas.resize(m_channels, count);
        for (int64_t i = 0; i < count; ++i)
            deltas.col(i) =
                patch.columns.col(changes[begin + static_cast<size_t>(i)].column) - reference.col(position);
        const Eigen::MatrixXd products =
            productOf(m_first.middleCols(position * m_channels, m_channels), deltas);
        for (int64_t i = 0; i < count; ++i)
            total.col(changes[begin + static_cast<size_t>(i)].cluster) += products.col(i);
        begin = end;
    }
    return total;
}

Eigen::MatrixXd DenseHead::finish(Eigen::MatrixXd hidden) const {
    for (const Step& step : m_steps) {
        if (const auto* linear = std::get_if<Linear>(&step)) {
            Eigen::MatrixXd next = productOf(linear->weights, hidden);
            if (linear->bias.size() > 0)
                next.colwise() += linear->bias;
            hidden = std::move(next);
        } else if (const auto* append = std::get_if<Append>(&step)) {
            const int64_t before = hidden.rows();
            hidden.conservativeResize(before + append->values.size(), Eigen::NoChange);
            hidden.bottomRows(append->values.size()).colwise() = append->values;
        } else {
            applyElementwise({std::get<Elementwise>(step)}, hidden);
        }
    }
    return hidden;
}

} // namespace diploscope
